import { codesWord, dayWord } from '../chat/words.ts';
import { lookedBackAt } from '../ledger/acts/lookback.ts';
import { addDays, type Day } from '../ledger/days.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import { lookbackOfYear } from '../ledger/rules/occasions.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { told } from '../ledger/views/told.ts';
import { AFTERWARDS, everyWorkday, slotsOn } from './push/moment.ts';
import { toOffice } from './push/office.ts';
import type { Look, Push } from './push.ts';

/** Days after a close-out. */
const AFTER = 60;
const NAMED = 5;

/** What was closed is looked back at: sixty days later, and once more before the plan's end. */
export const lookback: Push = {
  name: 'lookback',
  times: () => [AFTERWARDS],
  slots: slotsOn({ at: AFTERWARDS, falls: everyWorkday }),
  isDue: async (db, { plan }) => (await lookedBackAt(db, plan)).size > 0,
  scan: async (look) => {
    const due = await look.once(lookbacksDue);
    if (due.length === 0) return [];
    const marks = due.flatMap((each) => each.marks);
    const codes = due.map(({ code }) => code);
    return toOffice(look, 'lookback', {
      key: `lookback:${look.today}`,
      title: marks.some(isOfYear) ? '【收官回头看】全部已销号事项' : `【回头看】销号满${AFTER}天`,
      lines: [
        ...due
          .slice(0, NAMED)
          .map(
            (task) =>
              `【${task.code}】${task.title}(${task.section ?? '待明确'}),${dayWord(task.closedOn)}销号。`,
          ),
        ...(due.length > NAMED ? [`另有:${codesWord(codes.slice(NAMED))}`] : []),
        '请复查后登记:「回头看 编号 巩固」或「回头看 编号 反弹 说明」;本科室的事项由机关纪委复查。',
      ],
      tasks: codes,
      marks,
    });
  },
};

const OF_YEAR = 'lookback12:';
const isOfYear = (mark: string): boolean => mark.startsWith(OF_YEAR);

/** Which of the two is due for a closed task: from its day on, so that a day on which nobody looked loses nothing. */
function marksOf(look: Look, { code, closedOn }: Seen, lookedAt: Day): string[] {
  if (closedOn === null) return [];
  const day = lookbackOfYear(look);
  return [
    ...(closedOn < day && day <= look.today ? [`${OF_YEAR}${code}:${closedOn}`] : []),
    ...(addDays(closedOn, AFTER) <= look.today && lookedAt < closedOn
      ? [`lookback${AFTER}:${code}:${closedOn}`]
      : []),
  ];
}

/** Closed tasks whose look-back is due, and what of it was not told yet. */
export async function lookbacksDue(look: Look): Promise<(Seen & { marks: string[] })[]> {
  const { tasks } = await look.survey();
  const closed = tasks.filter(({ state, level }) => state === 'closed' && mayShow(level, 'office'));
  if (closed.length === 0) return [];
  const looked = await lookedBackAt(look.db, look.plan);
  const due = closed.map((task) => ({ ...task, marks: marksOf(look, task, looked.get(task.id) ?? '') }));
  const known = await told(
    look,
    due.flatMap(({ marks }) => marks),
  );
  return due
    .map((task) => ({ ...task, marks: task.marks.filter((mark) => !known.has(mark)) }))
    .filter(({ marks }) => marks.length > 0);
}
