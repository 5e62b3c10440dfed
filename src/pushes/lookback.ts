import { codesWord, dayWord } from '../chat/words.ts';
import { lookedBackAt } from '../ledger/acts/lookback.ts';
import { addDays } from '../ledger/days.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import { isLookbackOfYear } from '../ledger/rules/occasions.ts';
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
    const isYear = isLookbackOfYear(look, look.today);
    const codes = due.map(({ code }) => code);
    return toOffice(look, 'lookback', {
      key: `lookback:${look.today}`,
      title: isYear ? '【收官回头看】全部已销号事项' : `【回头看】销号满${AFTER}天`,
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
      marks: due.map((task) => markOf(task, isYear)),
    });
  },
};

const markOf = ({ code, closedOn }: Seen, isYear: boolean) =>
  `lookback${isYear ? 12 : AFTER}:${code}:${closedOn}`;

/** Closed tasks whose look-back is due, was not told of yet and doesn't stand in the ledger. */
export async function lookbacksDue(look: Look): Promise<Seen[]> {
  const { tasks } = await look.survey();
  const isYear = isLookbackOfYear(look, look.today);
  const ripe = tasks.filter(
    ({ state, closedOn, level }) =>
      state === 'closed' &&
      closedOn !== null &&
      mayShow(level, 'office') &&
      (isYear || addDays(closedOn, AFTER) <= look.today),
  );
  if (ripe.length === 0) return [];
  const known = await told(
    look,
    ripe.map((task) => markOf(task, isYear)),
  );
  const looked = await lookedBackAt(look.db, look.plan);
  return ripe.filter(
    (task) =>
      !known.has(markOf(task, isYear)) && (isYear || (looked.get(task.id) ?? '') < (task.closedOn ?? '')),
  );
}
