import type { Calendar } from '../calendar.ts';
import type { Day } from '../days.ts';
import type { PlanSettings } from '../terms.ts';

/** When a bulletin leaves. */
export const RELEASE_AT = '09:12';

/** Working days from the draft's own on which an unsigned one is called to mind. */
export const UNSIGNED = 7;

/** Whether bulletins leave by the plan's standing authorisation; else each wants the secretary's signature. */
export const isAutomatic = ({ bulletin, authorisation }: PlanSettings): boolean =>
  bulletin.release === 'auto' && authorisation?.scope.includes('bulletin') === true;

/** The day itself, or the first one after the plan's trial, during which a bulletin would be released to nobody. */
export const afterTrial = (calendar: Calendar, day: Day, { trial_until: last }: PlanSettings): Day =>
  last !== null && day <= last ? calendar.workdayFrom(last, 1) : day;

/** The day on which one leaves by itself: sections have the draft's day to look at their rows. */
export const releaseDay = (calendar: Calendar, frozenOn: Day): Day => calendar.workdayFrom(frozenOn, 1);

/** Working days over its deadline from which a task stands before the leaders: the chief first, then the leader. */
const NAMED_FROM = 3;

/** The last deadline whose task may be named by what is drafted on this day and leaves at the earliest. */
export const heardUntil = (calendar: Calendar, frozenOn: Day): Day =>
  calendar.workdayFrom(releaseDay(calendar, frozenOn), -NAMED_FROM);
