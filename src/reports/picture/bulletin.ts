import { dayWord } from '../../chat/words.ts';
import type { Figures } from '../figures.ts';
import type { Tally } from '../standings.ts';
import { categoriesWord, titleOf } from '../titles.ts';
import { formal } from '../word/marks.ts';
import { card, gold, heading, ink, paper, rule, seal, soft, tone } from './card.ts';
import { type Box, box, column, draw, fitting, row, WIDTH, widthOf, words } from './draw.ts';
import { achieved } from './gains.ts';
import { laggards } from './laggards.ts';

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

/** A quarter of a card's width, less what keeps one number from the next. */
const QUARTER = 210;

function headline(whole: Tally): Box {
  const parts = [
    { name: '已销号', count: whole.closed, color: tone.closed },
    { name: '正常推进', count: whole.progress, color: tone.progress },
    { name: '滞后', count: whole.behind, color: tone.behind },
    { name: '挂牌督办', count: whole.listed, color: tone.listed },
  ];
  const size = Math.min(...parts.map(({ count }) => fitting(String(count), 104, QUARTER)));
  return card(
    heading(`${whole.all}项任务`, formal(lateWord(whole))),
    row(
      { justifyContent: 'space-between' },
      ...parts.map(({ name, count, color }) =>
        column(
          { width: '25%', alignItems: 'center' },
          words(String(count), { fontSize: size, fontWeight: 700, color, lineHeight: 1.1 }),
          words(name, { fontSize: 30, color: soft, marginTop: 4 }),
          words(changeWord(count, beforeOf(whole, name)), { fontSize: 28, color: soft, height: 40 }),
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

/** A category's name takes no more of the line; a longer one stands on two. */
const MOST_NAME = 350;
const nameOf = ({ code, title }: { code: string; title: string }): string => `${code} ${title}`;

function categories({ categories: all, whole }: Figures): Box {
  const overall = whole.completion === null ? [] : [`总体${whole.completion}%`];
  const names = Math.min(Math.max(190, ...all.map((each) => widthOf(nameOf(each), 32))) + 16, MOST_NAME);
  const fits = (each: Tally & { code: string; title: string }) => widthOf(nameOf(each), 32) + 16 <= names;
  const hasBefore = all.some(({ before }) => before !== null && before.completion !== null);
  return card(
    heading(
      `${categoriesWord(all.length)}完成度`,
      [...overall, ...(hasBefore ? ['竖线为上季度'] : [])].join(' · '),
    ),
    ...all.map((category) => {
      const { completion, before } = category;
      return row(
        { alignItems: 'center', height: 66 },
        words(nameOf(category), { width: names, fontSize: fits(category) ? 32 : 27, lineHeight: 1.15 }, 2),
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

const foot = ({ title }: Figures): Box =>
  column(
    { alignItems: 'center', color: soft, fontSize: 28 },
    words(title, { textAlign: 'center' }, 2),
    words('数字取自整改台账', {}),
  );
