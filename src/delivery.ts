import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { PlatformName } from './chat/message.ts';
import { type Reply, split, type Target, textOf } from './chat/reply.ts';
import { fitForGroup } from './chat/words.ts';
import * as outbox from './ledger/outbox.ts';
import type { Group, Member } from './ledger/people.ts';
import type { Seal } from './ledger/seal.ts';
import type { Metrics } from './metrics.ts';
import type { Outcome, Platform } from './platforms/platform.ts';
import type { Look, Notice } from './pushes/push.ts';

export interface Delivery {
  /** Decides how a notice reaches whom it is for, and cuts it to what one push can carry there. */
  address(push: string, notice: Notice, look: Look): outbox.NewLetter[];
  /** Sends what may leave now, until nothing may. */
  deliver(look: Look): Promise<void>;
}

export interface DeliveryParts {
  platforms: Record<PlatformName, Platform>;
  seal: Seal;
  log: Logger;
  metrics: Metrics;
  /** The push address of a sample group whose platform is a stand-in. */
  sampleAddress(group: Group): string | undefined;
}

type Way = { target: Target; groupId: number | null; personId: number | null; reply: Reply };

/** The way from a notice to a chat: whom it reaches by which account, and what becomes of each attempt. */
export function createDelivery({ platforms, seal, log, metrics, sampleAddress }: DeliveryParts): Delivery {
  const platformOf = (name: string): Platform => platforms[name === 'wecom' ? 'wecom' : 'dingtalk'];

  function groupTarget(group: Group, look: Look): Target {
    const address =
      group.sealedAddress === null
        ? look.plan.sample
          ? sampleAddress(group)
          : undefined
        : seal.open(group.sealedAddress);
    return {
      to: 'group',
      platform: nameOf(group.platform),
      chatId: group.chatId,
      ...(address === undefined ? {} : { address }),
      ...(group.sealedSecret === null ? {} : { secret: seal.open(group.sealedSecret) }),
    };
  }

  const toGroup = (group: Group, reply: Reply, look: Look): Way => ({
    target: groupTarget(group, look),
    groupId: group.id,
    personId: null,
    reply,
  });

  /** One to one where the platform allows, by the account the person used last; else the way the push named. */
  function toPerson(member: Member, notice: Notice, look: Look): Way | undefined {
    const accounts = member.accounts.map(({ platform, account }) => ({
      to: 'person' as const,
      platform: nameOf(platform),
      account,
    }));
    const target = accounts.find((each) => platformOf(each.platform).reaches(each));
    if (target) return { target, groupId: null, personId: member.id, reply: notice.reply };
    const group = look.groups.find((each) => each.id === notice.instead?.groupId);
    if (!group || !notice.instead) return undefined;
    const mention = member.accounts.flatMap((each) =>
      each.platform === group.platform ? [each.account] : [],
    );
    return { ...toGroup(group, { ...notice.instead.reply, mention }, look), personId: member.id };
  }

  function wayOf(notice: Notice, look: Look): Way | undefined {
    const office = look.groups.find((group) => group.audience === 'office');
    const { settings } = look.plan;
    if (settings.trial_until !== null && look.today <= settings.trial_until) {
      return office && toGroup(office, marked('【试运行】', notice.reply), look);
    }
    if ('personId' in notice.to) {
      const { personId } = notice.to;
      const member = look.members.find((each) => each.id === personId);
      return member && toPerson(member, notice, look);
    }
    const { groupId } = notice.to;
    const group = look.groups.find((each) => each.id === groupId);
    if (!group || group.pausedAt !== null) return undefined;
    if (group.audience === 'office') return toGroup(group, notice.reply, look);
    if (settings.authorisation === null)
      return office && toGroup(office, marked('【待发】', notice.reply), look);
    if (!fitForGroup(textOf(notice.reply)))
      return office && toGroup(office, marked('【未发】', notice.reply), look);
    return toGroup(group, notice.reply, look);
  }

  function address(push: string, notice: Notice, look: Look): outbox.NewLetter[] {
    const way = wayOf(notice, look);
    const base = {
      planId: look.plan.id,
      push,
      tasks: notice.tasks,
      marks: notice.marks,
      once: notice.once ?? false,
      quiet: true,
      dueAt: notice.dueAt,
      expiresAt: notice.expiresAt,
    };
    if (!way || !platformOf(way.target.platform).reaches(way.target)) {
      return [unreachable(base, notice)];
    }
    const platform = platformOf(way.target.platform);
    return split(way.reply, platform.room(way.target)).map((reply, index) => {
      const key = index === 0 ? notice.key : `${notice.key}#${index + 1}`;
      return {
        ...base,
        key,
        uuid: randomUUID(),
        platform: way.target.platform,
        groupId: way.groupId,
        personId: way.personId,
        account: way.target.to === 'person' ? way.target.account : null,
        robot: platform.robot(way.target),
        reply,
      };
    });
  }

  async function deliver(look: Look): Promise<void> {
    const { db, now } = look;
    const targetOf = (letter: outbox.Letter): Target | undefined => {
      if (letter.account !== null) {
        return { to: 'person', platform: nameOf(letter.platform), account: letter.account };
      }
      const group = look.groups.find((each) => each.id === letter.groupId);
      return group && groupTarget(group, look);
    };
    const repeats = (letter: outbox.Letter) => {
      const target = targetOf(letter);
      return target !== undefined && platformOf(letter.platform).repeats(target);
    };
    await outbox.reap(db, now);
    await outbox.resolve(db, repeats, now);
    const quiet = mayPush(look);
    for (;;) {
      const claimed = await outbox.claim(db, now, { quiet });
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((letter) => send(letter, targetOf(letter), look)));
    }
  }

  async function send(letter: outbox.Letter, target: Target | undefined, look: Look): Promise<void> {
    const { db, now } = look;
    if (target === undefined) return outbox.dead(db, letter, '会话已不在台账中', now);
    const reply = letter.reply as Reply;
    const outcome = await platformOf(letter.platform).send(
      target,
      { uuid: letter.uuid, reply: letter.again ? marked('〔补发〕', reply) : reply },
      now,
    );
    metrics.delivered(letter.platform, outcome.is);
    if (outcome.is !== 'sent')
      log.warn({ letter: letter.id, push: letter.push, ...outcome }, 'a letter was not sent');
    await settle(letter, outcome, look);
  }

  async function settle(letter: outbox.Letter, outcome: Outcome, { db, now }: Look): Promise<void> {
    if (outcome.is === 'sent') return outbox.sent(db, letter, now);
    if (outcome.is === 'unknown') return outbox.unknown(db, letter, outcome.why);
    if (outcome.is === 'later') {
      return outbox.later(db, letter, outcome.why, now, {
        due: outcome.at,
        ...(outcome.pause ? { pauseUntil: outcome.at } : {}),
      });
    }
    await outbox.dead(db, letter, outcome.why, now);
    if (outcome.gone) await outbox.disable(db, letter, outcome.why, now);
  }

  return { address, deliver };
}

const nameOf = (platform: string): PlatformName => (platform === 'wecom' ? 'wecom' : 'dingtalk');

/** Nobody can be reached this way: recorded as dead, so that the office's digest can say 未能送达. */
function unreachable(
  base: Omit<
    outbox.NewLetter,
    'key' | 'uuid' | 'platform' | 'groupId' | 'personId' | 'account' | 'robot' | 'reply'
  >,
  notice: Notice,
): outbox.NewLetter {
  return {
    ...base,
    key: notice.key,
    uuid: randomUUID(),
    platform: 'none',
    groupId: 'groupId' in notice.to ? notice.to.groupId : null,
    personId: 'personId' in notice.to ? notice.to.personId : null,
    account: null,
    robot: '',
    reply: notice.reply,
    unreachable: true,
  };
}

const marked = (mark: string, reply: Reply): Reply =>
  reply.title === undefined
    ? { ...reply, lines: [mark + (reply.lines[0] ?? ''), ...reply.lines.slice(1)] }
    : { ...reply, title: mark + reply.title };

/** Pushes leave 08:30–17:30 (a setting of the plan) on working days. */
export function mayPush({ plan, calendar, today, minute }: Look): boolean {
  const [from, to] = plan.settings.quiet.map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return calendar.isWorkday(today) && minute >= (from ?? 510) && minute < (to ?? 1050);
}
