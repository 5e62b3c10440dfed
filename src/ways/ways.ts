import { proposed, withheld } from '../chat/instead.ts';
import { chatKey, type PlatformName } from '../chat/message.ts';
import { pushName } from '../chat/pushNames.ts';
import { type Reply, split, type Target, textOf } from '../chat/reply.ts';
import { fitForGroup, spokenAt } from '../chat/words.ts';
import type { Chat, NewLetter } from '../ledger/outbox.ts';
import { accountsIn, type Group, type Plan } from '../ledger/people.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Seal } from '../ledger/seal.ts';
import type { Slot } from '../ledger/slots.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Notice, Reach } from '../pushes/push.ts';
import { type Here, isOnTrial, type Linking, officeOf, onTrial, personTarget } from './here.ts';
import { unpacked } from './unpacked.ts';

/** Whom a text reaches by which account, and where it goes instead. */
export interface Ways {
  reach(look: Here, personId: number): Reach | null;
  /** A notice as letters: on the way it takes now, in parts of what one push can carry there. */
  address(push: string, notice: Notice, slot: Slot, look: Here & Linking): NewLetter[];
  /** Where a letter goes; undefined once its group is no longer in the ledger. */
  target(letter: Chat, look: Here): Target | undefined;
}

export interface WaysParts {
  platforms: Record<PlatformName, Platform>;
  seal: Seal;
  /** The push address of a group that has none of its own, where its platform is a stand-in. */
  sampleAddress(group: Group, plan: Plan): string | undefined;
}

interface Way {
  target: Target;
  groupId: number | null;
  reply: Reply;
  /** Rests on nothing yet: it waits, and the office reads what it is and what to say. */
  draft?: true;
}

/** These go out on their own signature; every other post to a group rests on the plan's authorisation. */
const SIGNED = ['order', 'bulletin'];

const nameOf = (platform: string): PlatformName => (platform === 'wecom' ? 'wecom' : 'dingtalk');

export function createWays({ platforms, seal, sampleAddress }: WaysParts): Ways {
  function groupTarget(group: Group, { plan, met }: Here): Target {
    const { platform, chatId, sealedAddress, sealedSecret } = group;
    const address = sealedAddress === null ? sampleAddress(group, plan) : seal.open(sealedAddress);
    return {
      to: 'group',
      ...{ platform, chatId },
      met: met.has(chatKey({ platform, chat: { kind: 'group', id: chatId }, sender: '' })),
      ...(address === undefined ? {} : { address }),
      ...(sealedSecret === null ? {} : { secret: seal.open(sealedSecret) }),
    };
  }

  const reaches = (target: Target) => platforms[target.platform].reaches(target);
  const isLive = (group: Group, look: Here) => group.gone === null && reaches(groupTarget(group, look));

  function reach(look: Here, personId: number): Reach | null {
    const office = officeOf(look);
    if (isOnTrial(look)) return office ? { place: 'office', group: office } : null;
    const member = look.members.find((each) => each.id === personId);
    const [target] = member
      ? member.accounts.map((each) => personTarget(each.platform, each.account, look)).filter(reaches)
      : [];
    if (target) return { place: 'single', platform: target.platform, account: target.account };
    if (!member || !has(member, 'chief')) return null;
    const group = look.groups.find(
      (each) => each.audience === 'section' && each.sectionId === member.sectionId && isLive(each, look),
    );
    return group ? { place: 'section', group } : null;
  }

  function wayOf(push: string, notice: Notice, look: Here): Way | undefined {
    const office = officeOf(look);
    if ('personId' in notice.to) {
      const { personId, orSection = false } = notice.to;
      const way = reach(look, personId);
      if (way?.place === 'office') return toGroup(way.group, onTrial(notice, look), look);
      if (way?.place === 'section' && orSection) {
        const mention = accountsIn(way.group, look.members, [personId]);
        return posted(push, { ...notice, reply: { ...notice.reply, mention } }, way.group, look);
      }
      if (way?.place !== 'single') return undefined;
      const target = personTarget(way.platform, way.account, look);
      return { target, groupId: null, reply: notice.reply };
    }
    const { groupId } = notice.to;
    const group = look.groups.find((each) => each.id === groupId);
    if (!group || group.id === office?.id) return toGroup(group, notice.reply, look);
    if (isOnTrial(look)) return toGroup(office, onTrial(notice, look), look);
    return posted(push, notice, group, look);
  }

  function toGroup(group: Group | undefined, reply: Reply, look: Here): Way | undefined {
    return group && isLive(group, look)
      ? { target: groupTarget(group, look), groupId: group.id, reply }
      : undefined;
  }

  /** A post to a group: with words that no group reads the office has it; without an authorisation it waits. */
  function posted(push: string, { reply, tells }: Notice, group: Group, look: Here): Way | undefined {
    if (!fitForGroup(textOf(reply))) return toGroup(officeOf(look), withheld(group.name, reply), look);
    const way = toGroup(group, reply, look);
    const rests = tells || SIGNED.includes(push) || look.plan.settings.authorisation?.scope.includes(push);
    return way && !rests ? { ...way, draft: true } : way;
  }

  function address(push: string, notice: Notice, slot: Slot, look: Here & Linking): NewLetter[] {
    const way = wayOf(push, notice, look);
    const letters = lettersOf(push, notice, slot, look, way);
    const office = officeOf(look);
    if (!way?.draft || !office) return letters;
    const asked = asking(push, notice, way.groupId, slot, look);
    return [...letters, ...lettersOf(push, asked, slot, look, wayOf(push, asked, look))];
  }

  /** The draft as the office reads it, and what to say for it to leave or not. */
  function asking(
    push: string,
    notice: Notice,
    groupId: number | null,
    { expiresAt }: Slot,
    look: Here,
  ): Notice {
    const { name = '' } = look.groups.find(({ id }) => id === groupId) ?? {};
    const until = spokenAt(expiresAt, look.plan.timeZone);
    const reply = proposed(name, pushName(push), notice.reply, until);
    const to = { groupId: officeOf(look)?.id ?? 0 };
    return { key: `draft:${notice.key}`, to, reply, tasks: notice.tasks, marks: [] };
  }

  function lettersOf(
    push: string,
    notice: Notice,
    slot: Slot,
    look: Here & Linking,
    way: Way | undefined,
  ): NewLetter[] {
    const { tasks, marks, once = false, answers = false, key } = notice;
    const personId = 'personId' in notice.to ? notice.to.personId : null;
    const base = { planId: look.plan.id, push, tasks, marks, once, quiet: !answers, ...slot };
    if (!way) {
      const groupId = 'groupId' in notice.to ? notice.to.groupId : null;
      const nowhere = { platform: 'none', robot: '', account: null, groupId, personId };
      return [{ ...base, ...nowhere, key, reply: notice.reply, unreachable: '没有可用的会话' }];
    }
    const { target, groupId } = way;
    const platform = platforms[target.platform];
    const whom = groupId === null ? { personId: personId ?? 0 } : { groupId };
    const { words, apart } = unpacked(way, look, (kind) => platform.carries(target, kind), whom);
    const parts = [...split(words, platform.room(target)), ...apart];
    return parts.map((part, index) => ({
      ...base,
      key: index === 0 ? key : `${key}#${index + 1}`,
      platform: target.platform,
      robot: platform.robot(target),
      account: target.to === 'person' ? target.account : null,
      personId: target.to === 'person' ? personId : null,
      groupId,
      reply: part,
      ...(way.draft ? { draft: true } : {}),
    }));
  }

  function target({ account, platform, groupId }: Chat, look: Here): Target | undefined {
    if (account !== null) return personTarget(nameOf(platform), account, look);
    const group = look.groups.find((each) => each.id === groupId);
    return group && groupTarget(group, look);
  }

  return { reach, address, target };
}
