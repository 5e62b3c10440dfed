import { standardWord } from '../../chat/telling.ts';
import { dayWord, lightWord } from '../../chat/words.ts';
import { freshWord } from '../bulletinText.ts';
import type { Achieved, Figures, Laggard, Tally } from '../figures.ts';
import { titleOf } from '../titles.ts';
import { formal } from '../word/marks.ts';
import { type Box, box, column, draw, row, WIDTH, words } from './draw.ts';

/** So much fits a phone's screen or two; the rest stands in the document. */
const MOST_LAGGARDS = 12;
const MOST_ACHIEVED = 6;

const ink = '#1c232d';
const soft = '#5d6673';
const rule = '#e3e0da';
const paper = '#f7f4ef';
const seal = '#a2241d';
const gold = '#f0d9b0';

const tone = {
  closed: '#256b3a',
  progress: '#3f6fa3',
  behind: '#b97a08',
  listed: '#a2241d',
} as const;

/** The bulletin as one picture for a phone. `figures` are those of the version that its readers may see. */
export const bulletinPicture = (figures: Figures, org: string): Promise<Buffer> =>
  draw(
    column(
      { width: WIDTH, backgroundColor: paper, color: ink, fontFamily: 'Noto Sans SC', fontSize: 30 },
      head(figures, org),
      column(
        { padding: '36px 44px 44px', gap: 30 },
        headline(figures.whole),
        categories(figures),
        ...achieved(figures),
        ...laggards(figures),
        foot(figures),
      ),
    ),
  );

const head = (figures: Figures, org: string): Box =>
  column(
    { backgroundColor: seal, color: '#fff', padding: '52px 56px 46px', borderBottom: `8px solid ${gold}` },
    words(org, { fontSize: 32, letterSpacing: 4, color: gold }),
    words(titleOf(figures), { fontSize: 62, fontWeight: 700, marginTop: 12, lineHeight: 1.25 }, 2),
    words(`数据截至${dayWord(figures.asOf)}24:00`, { fontSize: 30, marginTop: 16, color: '#f6e4e2' }),
  );

const card = (...children: Box[]): Box =>
  column(
    { backgroundColor: '#fff', border: `2px solid ${rule}`, borderRadius: 18, padding: '32px 36px' },
    ...children,
  );

const heading = (text: string, aside = ''): Box =>
  row(
    { alignItems: 'center', justifyContent: 'space-between', marginBottom: 22 },
    row(
      { alignItems: 'center' },
      box({ width: 10, height: 36, backgroundColor: seal, borderRadius: 3, marginRight: 18 }),
      words(text, { fontSize: 38, fontWeight: 700 }),
    ),
    words(aside, { fontSize: 26, color: soft }),
  );

function headline(whole: Tally): Box {
  const parts = [
    { name: '已销号', count: whole.closed, color: tone.closed },
    { name: '正常推进', count: whole.progress, color: tone.progress },
    { name: '滞后', count: whole.behind, color: tone.behind },
    { name: '挂牌督办', count: whole.listed, color: tone.listed },
  ];
  return card(
    heading(`${whole.all}项任务`, formal(lateWord(whole))),
    row(
      { justifyContent: 'space-between' },
      ...parts.map(({ name, count, color }) =>
        column(
          { width: '25%', alignItems: 'center' },
          words(String(count), { fontSize: 104, fontWeight: 700, color, lineHeight: 1.1 }),
          words(name, { fontSize: 30, color: soft, marginTop: 4 }),
          words(changeWord(count, beforeOf(whole, name)), { fontSize: 24, color: soft, height: 36 }),
        ),
      ),
    ),
    row(
      { height: 22, borderRadius: 11, overflow: 'hidden', marginTop: 18, backgroundColor: rule },
      ...parts
        .filter(({ count }) => count > 0)
        .map(({ count, color }) =>
          box({
            width: `${(100 * count) / whole.all}%`,
            backgroundColor: color,
            borderRight: '3px solid #fff',
          }),
        ),
    ),
  );
}

/** Each task stands once in the four: of which of them some are overdue is said beside. */
const lateWord = ({ overdue, listedOverdue = 0 }: Tally): string =>
  [
    ...(overdue > 0 ? [`滞后中逾期${overdue}项`] : []),
    ...(listedOverdue > 0 ? [`挂牌中逾期${listedOverdue}项`] : []),
  ].join(',');

function beforeOf({ before }: Tally, name: string): number | null {
  if (before === null) return null;
  const counts: Record<string, number> = {
    已销号: before.closed,
    正常推进: before.progress,
    滞后: before.behind,
    挂牌督办: before.listed,
  };
  return counts[name] ?? null;
}

function changeWord(count: number, before: number | null): string {
  if (before === null) return '';
  if (count === before) return '与上季度持平';
  return `较上季度${count > before ? '+' : '−'}${Math.abs(count - before)}`;
}

function categories({ categories: all, whole }: Figures): Box {
  const overall = whole.completion === null ? [] : [`总体${whole.completion}%`];
  const hasBefore = all.some(({ before }) => before !== null && before.completion !== null);
  return card(
    heading(
      `${numeral(all.length)}类完成度`,
      [...overall, ...(hasBefore ? ['竖线为上季度'] : [])].join(' · '),
    ),
    ...all.map((category) => {
      const { completion, before } = category;
      return row(
        { alignItems: 'center', height: 66 },
        words(`${category.code} ${category.title}`, { width: 206, fontSize: 32 }),
        row(
          { flexGrow: 1, height: 26, position: 'relative', backgroundColor: '#ece9e3', borderRadius: 6 },
          box({
            width: `${completion ?? 0}%`,
            backgroundColor: tone.progress,
            borderRadius: 6,
          }),
          ...(before === null || before.completion === null ? [] : [mark(before.completion)]),
        ),
        words(completion === null ? '—' : `${completion}%`, {
          width: 112,
          fontSize: 34,
          fontWeight: 700,
          textAlign: 'right',
          justifyContent: 'flex-end',
        }),
        words(`销号${category.closed}/${category.all}`, {
          width: 166,
          fontSize: 28,
          color: soft,
          textAlign: 'right',
          justifyContent: 'flex-end',
        }),
      );
    }),
  );
}

const mark = (completion: number): Box =>
  box({
    position: 'absolute',
    left: `${Math.min(completion, 99)}%`,
    top: -8,
    width: 5,
    height: 42,
    backgroundColor: ink,
    borderRadius: 2,
  });

const numeral = (count: number): string => '零一二三四五六七八九十'[count] ?? String(count);

/** What the public gains first, then the rest in the plan's order; only what there is something to tell of. */
function achieved({ achieved: all }: Figures): Box[] {
  const told = all
    .filter(
      ({ monitored, figure, indicator }) => !monitored && indicator.kind !== 'ratio' && amount(figure) > 0,
    )
    .toSorted((one, other) => Number(other.level === 'open') - Number(one.level === 'open'))
    .slice(0, MOST_ACHIEVED);
  if (told.length === 0) return [];
  return [card(heading('工作成效', '今年以来累计'), ...inRows(told))];
}

/** Three to a row. */
const inRows = (told: Achieved[]): Box[] =>
  [0, 3].flatMap((from) => {
    const some = told.slice(from, from + 3);
    return some.length === 0 ? [] : [row({}, ...some.map(gain))];
  });

const amount = (figure: Achieved['figure']): number => (figure.kind === 'number' ? figure.value : 0);

function gain(each: Achieved): Box {
  const added = each.before === null ? 0 : amount(each.figure) - amount(each.before);
  const indicator = { ...each.indicator, id: 0, code: each.code, label: each.label, unit: each.unit };
  return column(
    { width: 308, padding: '10px 12px 18px 0' },
    row(
      { alignItems: 'baseline' },
      words(String(amount(each.figure)), { fontSize: 64, fontWeight: 700, color: tone.progress }),
      words(each.unit, { fontSize: 30, color: soft, marginLeft: 8 }),
    ),
    words(`${each.task} ${each.label}`, { fontSize: 31 }),
    words(standardWord({ ...indicator, class: 'chase', level: null, denominatorOf: null }), {
      fontSize: 25,
      color: soft,
      marginTop: 4,
    }),
    ...(added > 0 ? [words(`本季度+${added}`, { fontSize: 25, color: soft })] : []),
  );
}

function laggards({ laggards: all, apart }: Figures): Box[] {
  const hidden = (apart.behind ?? 0) + (apart.listed ?? 0);
  const fresh = apart.fresh ?? 0;
  if (all.length + hidden + fresh === 0) return [];
  const shown = all.slice(0, MOST_LAGGARDS);
  const rest = [
    ...(all.length > shown.length ? [`另有${all.length - shown.length}项见附件`] : []),
    ...(fresh > 0 ? [freshWord(fresh)] : []),
    ...(hidden > 0 ? [`另有${hidden}项由整改办单独报告`] : []),
  ];
  return [
    card(
      heading('挂牌、逾期和滞后事项', `${all.length + hidden + fresh}项`),
      ...shown.map(line),
      ...(rest.length === 0
        ? []
        : [words(formal(`${rest.join(';')}。`), { fontSize: 27, color: soft, marginTop: 18 })]),
    ),
  ];
}

function line(task: Laggard, index: number): Box {
  const { word, color } = statusOf(task);
  return row(
    {
      alignItems: 'center',
      padding: '16px 0',
      ...(index === 0 ? {} : { borderTop: `2px solid ${rule}` }),
    },
    row(
      { width: 252, flexShrink: 0 },
      words(word, {
        fontSize: 25,
        fontWeight: 700,
        color: '#fff',
        backgroundColor: color,
        borderRadius: 8,
        padding: '4px 14px',
      }),
    ),
    words(task.code, { fontSize: 30, fontWeight: 700, width: 96, flexShrink: 0 }),
    column(
      { flexGrow: 1, flexShrink: 1, width: 560 },
      words(task.title, { fontSize: 31, lineHeight: 1.35 }, 2),
      words(placeOf(task), { fontSize: 26, color: soft, marginTop: 2 }),
    ),
  );
}

/** A listed task is told by its listing; that it is overdue too, stands beside its section. */
function placeOf({ section, standing, light, overdueBy, term }: Laggard): string {
  return [
    section ?? '待明确',
    ...(standing === 'listed' && light === 'red' && overdueBy > 0 ? [`逾期${overdueBy}个工作日`] : []),
    ...(term === null ? [] : [`办结时限${dayWord(term)}`]),
  ].join(' · ');
}

function statusOf({ standing, light, overdueBy }: Laggard): { word: string; color: string } {
  if (standing === 'listed') return { word: '挂牌督办', color: tone.listed };
  const word = lightWord(light, overdueBy)
    .replace(/[【】]/g, '')
    .replace('个工作日', '工作日');
  return { word, color: light === 'red' ? '#b3211a' : tone.behind };
}

const foot = ({ title }: Figures): Box =>
  column({ alignItems: 'center', color: soft, fontSize: 25 }, words(`${title} · 数字取自整改台账`, {}));
