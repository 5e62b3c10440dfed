import { dayWord, lightWord } from '../../chat/words.ts';
import { freshWord } from '../bulletinText.ts';
import type { Figures } from '../figures.ts';
import type { Laggard } from '../standings.ts';
import { formal } from '../word/marks.ts';
import { card, heading, rule, soft, tone } from './card.ts';
import { type Box, column, row, widthOf, words } from './draw.ts';

/** So much fits a phone's screen or two; the rest stands in the document. */
const MOST_LAGGARDS = 12;
const CODE = 30;

export function laggards({ laggards: all, apart }: Figures): Box[] {
  const hidden = (apart.behind ?? 0) + (apart.listed ?? 0);
  const fresh = apart.fresh ?? 0;
  if (all.length + hidden + fresh === 0) return [];
  const shown = all.slice(0, MOST_LAGGARDS);
  const codes = Math.max(...shown.map(({ code }) => widthOf(code, CODE))) + 24;
  const rest = [
    ...(all.length > shown.length ? [`另有${all.length - shown.length}项见附件`] : []),
    ...(fresh > 0 ? [freshWord(fresh)] : []),
    ...(hidden > 0 ? [`另有${hidden}项由整改办单独报告`] : []),
  ];
  return [
    card(
      heading('挂牌、逾期和滞后事项', `${all.length + hidden + fresh}项`),
      ...shown.map((task, index) => line(task, index, codes)),
      ...(rest.length === 0
        ? []
        : [words(formal(`${rest.join(';')}。`), { fontSize: 28, color: soft, marginTop: 18 })]),
    ),
  ];
}

function line(task: Laggard, index: number, codes: number): Box {
  const { word, color } = statusOf(task);
  return row(
    {
      alignItems: 'center',
      padding: '16px 0',
      ...(index === 0 ? {} : { borderTop: `2px solid ${rule}` }),
    },
    row(
      { width: 284, flexShrink: 0 },
      words(word, {
        fontSize: 28,
        fontWeight: 700,
        color: '#fff',
        backgroundColor: color,
        borderRadius: 8,
        padding: '4px 14px',
      }),
    ),
    words(task.code, { fontSize: CODE, fontWeight: 700, width: codes, flexShrink: 0 }),
    column(
      { flexGrow: 1, flexShrink: 1, width: 560 },
      words(task.title, { fontSize: 31, lineHeight: 1.35 }, 2),
      words(placeOf(task), { fontSize: 28, color: soft, marginTop: 2 }, 2),
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
