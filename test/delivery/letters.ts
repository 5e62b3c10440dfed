import { asc } from 'drizzle-orm';
import type { Reply } from '../../src/chat/reply.ts';
import { instantOf } from '../../src/ledger/days.ts';
import { type Letter, put } from '../../src/ledger/outbox.ts';
import { type Group, groupsOf } from '../../src/ledger/people.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { letters } from '../../src/ledger/schema.ts';
import type { Arrival } from '../../src/platforms/sandbox/double.ts';
import { chatRobot } from '../../src/platforms/wecom/link.ts';
import type { Door, LivingHouse } from '../setup/house.ts';

/** A WeCom userid or DingTalk staffId, or the code of a group of the sample plan. */
export type To = { wecom: string } | { dingtalk: string } | { group: string };

interface More {
  once?: boolean;
  quiet?: boolean;
  /** How late it may still go: a day and a time of Shanghai; ten hours without it. */
  until?: [string, string];
  reply?: Reply;
}

/** A letter that is due now, put as a push puts it. The text is also its key. */
export async function write(living: LivingHouse, to: To, text: string, more: More = {}): Promise<void> {
  const { store, clock, door } = living;
  const now = clock.now();
  const [plan] = await plansOf(store.db);
  if (!plan) throw new Error('there is no plan');
  const group =
    'group' in to ? (await groupsOf(store.db, plan.id)).find(({ code }) => code === to.group) : undefined;
  const platform = group?.platform ?? ('wecom' in to ? 'wecom' : 'dingtalk');
  const letter = {
    planId: plan.id,
    key: text,
    push: 'test',
    platform,
    groupId: group?.id ?? null,
    personId: null,
    account: 'wecom' in to ? to.wecom : 'dingtalk' in to ? to.dingtalk : null,
    robot: robotOf(door, platform, group ?? to),
    reply: more.reply ?? { title: text, lines: ['【4.3.2】'], footer: '【无需回复】' },
    tasks: [],
    marks: [],
    once: more.once ?? false,
    quiet: more.quiet ?? true,
    dueAt: now,
    expiresAt: more.until
      ? instantOf(...more.until, plan.timeZone)
      : new Date(now.getTime() + 10 * 60 * 60_000),
  };
  await put(store.db, [letter], now);
}

/** As far as a letter's budget goes: over WeCom's connection each chat has its own. */
function robotOf(door: Door, platform: string, to: To | Group): string {
  const code = 'code' in to ? to.code : 'app';
  if (door === 'hook' || platform === 'dingtalk') return `${platform}:${code}`;
  const account = 'wecom' in to ? to.wecom : '';
  return chatRobot(
    'chatId' in to
      ? { to: 'group', platform: 'wecom', chatId: to.chatId }
      : { to: 'person', platform: 'wecom', account },
  );
}

/** The rows of letters written here, in the order in which they were put. */
export async function rowsOf(living: LivingHouse): Promise<Letter[]> {
  const rows = await living.store.db.select().from(letters).orderBy(asc(letters.id));
  return rows.filter((row) => row.push === 'test');
}

/** Every message of the product's that came to a double, whatever became of it. */
export const arrivals = ({ wecom, dingtalk }: LivingHouse): Arrival[] =>
  [...wecom.sent, ...dingtalk.sent].toSorted((one, other) => one.at.getTime() - other.at.getTime());

/** The most that came within any 60 seconds. */
export function mostInAMinute(sent: Arrival[]): number {
  const counts = sent.map(
    ({ at }) => sent.filter((each) => each.at >= at && each.at.getTime() < at.getTime() + 60_000).length,
  );
  return Math.max(0, ...counts);
}

/** So many minutes later, the house looks. */
export async function pass(living: LivingHouse, minutes: number): Promise<void> {
  living.clock.move(minutes * 60_000);
  await living.look();
}

/** Minutes pass, one look in each. */
export async function passMinutes(living: LivingHouse, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) await pass(living, 1);
}
