import { mondayOf } from '../../ledger/days.ts';
import type { Group } from '../../ledger/people.ts';
import { toldInGroups } from '../../ledger/views/told.ts';
import type { Look } from '../push.ts';

/** What a section's group reads, be it in the place of a chief whom nothing reaches one to one. */
const READ = ['digest', 'follow-up', 'monthly-call'];

const toldThisWeek = (look: Look) => toldInGroups(look, READ, mondayOf(look.today));

/** The days of this week on which a section's group was written to, one for each message. */
export const daysWritten = async (look: Look, { id }: Group): Promise<string[]> =>
  (await look.once(toldThisWeek)).filter(({ groupId }) => groupId === id).map(({ day }) => day);

/** The sections' groups that have had something today. */
export async function writtenToday(look: Look): Promise<Set<number>> {
  const told = await look.once(toldThisWeek);
  return new Set(told.filter(({ day }) => day === look.today).map(({ groupId }) => groupId));
}
