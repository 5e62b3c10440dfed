import { instead } from '../chat/instead.ts';
import type { Reply } from '../chat/reply.ts';
import type { Day } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { chatsMet } from '../ledger/inbox/met.ts';
import { type Group, groupsOf, membersOf } from '../ledger/people.ts';
import type { Plan } from '../ledger/plan.ts';
import { groupsFor, type Look, type Notice } from '../pushes/push.ts';

/** As much of a look as ways depend on. */
export type Here = Pick<Look, 'plan' | 'groups' | 'members' | 'met' | 'today'>;
export type Linking = Pick<Look, 'link'>;

/** Who and what there is to reach at this moment. */
export async function hereIn(db: Db, plan: Plan, today: Day): Promise<Here> {
  const [groups, members] = [await groupsOf(db, plan.id), await membersOf(db, plan.id)];
  return { plan, groups, members, met: await chatsMet(db), today };
}

export const officeOf = (look: Here): Group | undefined => groupsFor(look, 'office')[0];

/** In the office's group, where nobody else reads it: for whom it would be. */
export function onTrial({ to, reply }: Notice, { groups, members }: Here): Reply {
  const name =
    'personId' in to
      ? members.find((each) => each.id === to.personId)?.address
      : groups.find((each) => each.id === to.groupId)?.name;
  return instead(`【试运行·发${name ?? ''}】`, reply);
}
