import { mondayOf } from '../../ledger/days.ts';
import { type Posted, putInGroups } from '../../ledger/views/told.ts';
import type { Look, Notice } from '../push.ts';

/** Under such keys a section's group is written to unasked, be it in the place of a chief whom nothing reaches one to one. */
const READ = ['digest:', 'held:', 'asked:', 'monthly-call:', 'follow-up:'];

/** The posts of this week: read anew by each push, because those of a morning put theirs one after the other. */
export const postsThisWeek = (look: Look): Promise<Posted[]> => putInGroups(look, READ, mondayOf(look.today));

/**
 * A section's group has one post a day, that of the first push to have one: all of them say on the next working day what
 * they didn't say. What `mayWait` tells can't goes all the same.
 */
export async function oneADay(
  look: Look,
  notices: Notice[],
  mayWait: (notice: Notice) => boolean = () => true,
): Promise<Notice[]> {
  const placed = notices.map((notice) => ({ notice, group: sectionGroupOf(look, notice) }));
  if (placed.every(({ group }) => group === undefined)) return notices;
  const posts = await postsThisWeek(look);
  const today = posts.filter(({ day, isTold }) => isTold && day === look.today);
  const written = new Set(today.map(({ groupId }) => groupId));
  return placed.flatMap(({ notice, group }) => {
    if (group === undefined) return [notice];
    if (written.has(group) && mayWait(notice)) return [];
    written.add(group);
    return [notice];
  });
}

function sectionGroupOf({ groups, reach }: Look, { to }: Notice): number | undefined {
  if ('groupId' in to)
    return groups.find(({ id, audience }) => id === to.groupId && audience === 'section')?.id;
  const place = to.orSection ? reach(to.personId) : null;
  return place?.place === 'section' ? place.group.id : undefined;
}
