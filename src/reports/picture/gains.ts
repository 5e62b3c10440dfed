import { standardWord } from '../../chat/telling.ts';
import { figureWord } from '../../chat/words.ts';
import { type Achieved, addedTo } from '../achieved.ts';
import type { Figures } from '../figures.ts';
import { sinceWord } from '../titles.ts';
import { card, heading, soft, tone } from './card.ts';
import { type Box, column, fitting, row, widthOf, words } from './draw.ts';

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

const COLUMN = 308;
const EDGE = 24;
const UNIT = 30;
const BESIDE = 8;

/** A figure stands whole, and its unit with it: without 万 it would be another one. */
const sizeOf = ({ figure, unit }: Achieved): number =>
  fitting(figureWord(amount(figure)), 64, COLUMN - EDGE - BESIDE - widthOf(unit, UNIT));

/** Three to a row, all of a row in one size. */
const inRows = (told: Achieved[]): Box[] =>
  [0, 3].flatMap((from) => {
    const some = told.slice(from, from + 3);
    const size = Math.min(...some.map(sizeOf));
    return some.length === 0 ? [] : [row({}, ...some.map((each) => gain(each, size)))];
  });

const amount = (figure: Achieved['figure']): number => (figure.kind === 'number' ? figure.value : 0);

function gain(each: Achieved, size: number): Box {
  const added = addedTo(each);
  return column(
    { width: COLUMN, padding: `10px ${EDGE}px 18px 0` },
    row(
      { alignItems: 'baseline' },
      words(figureWord(amount(each.figure)), {
        fontSize: size,
        fontWeight: 700,
        color: tone.progress,
        flexShrink: 0,
      }),
      words(each.unit, { fontSize: UNIT, color: soft, marginLeft: BESIDE, flexShrink: 0 }),
    ),
    words(`${each.task} ${each.label}`, { fontSize: 31 }),
    words(standardWord({ ...each.indicator, unit: each.unit }), {
      fontSize: 28,
      color: soft,
      marginTop: 4,
    }),
    ...(added > 0 ? [words(`本季度+${figureWord(added)}`, { fontSize: 28, color: soft })] : []),
  );
}
