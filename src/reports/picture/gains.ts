import { standardWord } from '../../chat/telling.ts';
import { figureWord } from '../../chat/words.ts';
import { type Achieved, addedTo } from '../achieved.ts';
import type { Figures } from '../figures.ts';
import { sinceWord } from '../titles.ts';
import { card, heading, soft, tone } from './card.ts';
import { type Box, column, row, words } from './draw.ts';

const MOST_ACHIEVED = 6;

/** What the public gains first, then the rest in the plan's order; only what there is something to tell of. */
export function achieved(figures: Figures): Box[] {
  const told = figures.achieved
    .filter(
      ({ monitored, figure, indicator }) => !monitored && indicator.kind !== 'ratio' && amount(figure) > 0,
    )
    .toSorted((one, other) => Number(other.level === 'open') - Number(one.level === 'open'))
    .slice(0, MOST_ACHIEVED);
  if (told.length === 0) return [];
  return [card(heading('工作成效', `${sinceWord(figures)}累计`), ...inRows(told))];
}

/** Three to a row. */
const inRows = (told: Achieved[]): Box[] =>
  [0, 3].flatMap((from) => {
    const some = told.slice(from, from + 3);
    return some.length === 0 ? [] : [row({}, ...some.map(gain))];
  });

const amount = (figure: Achieved['figure']): number => (figure.kind === 'number' ? figure.value : 0);

function gain(each: Achieved): Box {
  const added = addedTo(each);
  return column(
    { width: 308, padding: '10px 12px 18px 0' },
    row(
      { alignItems: 'baseline' },
      words(figureWord(amount(each.figure)), { fontSize: 64, fontWeight: 700, color: tone.progress }),
      words(each.unit, { fontSize: 30, color: soft, marginLeft: 8 }),
    ),
    words(`${each.task} ${each.label}`, { fontSize: 31 }),
    words(standardWord({ ...each.indicator, unit: each.unit }), {
      fontSize: 25,
      color: soft,
      marginTop: 4,
    }),
    ...(added > 0 ? [words(`本季度+${figureWord(added)}`, { fontSize: 25, color: soft })] : []),
  );
}
