import { withheld } from '../chat/instead.ts';
import { type Reply, textOf } from '../chat/reply.ts';
import { fitForGroup } from '../chat/words.ts';
import { accountsIn, type Group } from '../ledger/people.ts';
import { isOnTrial } from '../ledger/plan.ts';
import { has } from '../ledger/rules/audience.ts';
import { inPlace } from '../ledger/views/told.ts';
import type { Notice, Reach } from '../pushes/push.ts';
import { type Here, officeOf, onTrial } from './here.ts';
import { isLive, type Route, type Routes } from './routes.ts';

/** How a notice is read: where, and in which words. */
export interface Way extends Route {
  groupId: number | null;
  reply: Reply;
  /** What counts as told by it, where that is not what the notice says. */
  marks?: string[];
  /** The office has it in the place of whom it is for, who may have it another day. */
  inPlace?: true;
  /** Rests on nothing yet: it waits, and the office reads what it is and what to say. */
  draft?: true;
}

/** These go out on their own signature; every other post to a group rests on the plan's authorisation. */
const SIGNED = ['order', 'bulletin'];

/** What answers whoever has just asked is no push: it reaches them during the trial too. */
export function reachOf(routes: Routes, look: Here, personId: number, answers = false): Reach | null {
  const office = officeOf(look);
  if (isOnTrial(look.plan, look.today) && !answers) return office ? { place: 'office', group: office } : null;
  const member = look.members.find((each) => each.id === personId);
  const account = member?.accounts.find((each) => isLive(routes.toPerson(each.platform, each.account, look)));
  if (account) return { place: 'single', platform: account.platform, account: account.account };
  if (!member || !has(member, 'chief')) return null;
  const group = look.groups.find(
    (each) =>
      each.audience === 'section' && each.sectionId === member.sectionId && liveRoute(routes, each, look),
  );
  return group ? { place: 'section', group } : null;
}

/** Undefined where nothing reaches whom it is for. */
export function wayOf(routes: Routes, push: string, notice: Notice, look: Here): Way | undefined {
  if ('personId' in notice.to) return wayToPerson(routes, push, notice, notice.to, look);
  const { groupId } = notice.to;
  const office = officeOf(look);
  const group = look.groups.find((each) => each.id === groupId);
  if (!group || group.id === office?.id) return wayToGroup(routes, group, notice.reply, look);
  if (isOnTrial(look.plan, look.today))
    return inPlaceOf(notice, wayToGroup(routes, office, onTrial(notice, look), look));
  return posted(routes, push, notice, group, look);
}

function wayToPerson(
  routes: Routes,
  push: string,
  notice: Notice,
  { personId, orSection }: Extract<Notice['to'], { personId: number }>,
  look: Here,
): Way | undefined {
  const reach = reachOf(routes, look, personId, notice.answers);
  if (reach?.place === 'office')
    return inPlaceOf(notice, wayToGroup(routes, reach.group, onTrial(notice, look), look));
  if (reach?.place === 'section' && orSection) {
    const mention = accountsIn(reach.group, look.members, [personId]);
    return posted(routes, push, { ...notice, reply: { ...notice.reply, mention } }, reach.group, look);
  }
  if (reach?.place !== 'single') return undefined;
  return { ...routes.toPerson(reach.platform, reach.account, look), groupId: null, reply: notice.reply };
}

/** Whom it is for hasn't been told by it. */
const inPlaceOf = ({ marks }: Notice, way: Way | undefined): Way | undefined =>
  way && { ...way, marks: marks.map(inPlace), inPlace: true };

function wayToGroup(routes: Routes, group: Group | undefined, reply: Reply, look: Here): Way | undefined {
  const route = group && liveRoute(routes, group, look);
  return route && { ...route, groupId: group.id, reply };
}

/** Undefined for a group that its platform has called gone, or that nothing reaches. */
function liveRoute(routes: Routes, group: Group, look: Here): Route | undefined {
  if (group.gone !== null) return undefined;
  const route = routes.toGroup(group, look);
  return isLive(route) ? route : undefined;
}

/** A post to a group: with words that no group reads the office has it; without an authorisation it waits. */
function posted(
  routes: Routes,
  push: string,
  { reply, tells }: Notice,
  group: Group,
  look: Here,
): Way | undefined {
  if (!fitForGroup(textOf(reply))) {
    return wayToGroup(routes, officeOf(look), withheld(group.name, reply), look);
  }
  const way = wayToGroup(routes, group, reply, look);
  const rests = tells || SIGNED.includes(push) || look.plan.settings.authorisation?.scope.includes(push);
  return way && !rests ? { ...way, draft: true } : way;
}
