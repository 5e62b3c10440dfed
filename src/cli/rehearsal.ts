import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { createBot } from '../bot.ts';
import type { PlatformName } from '../chat/message.ts';
import { type Target, textOf } from '../chat/reply.ts';
import { readConfig } from '../config.ts';
import { createDelivery } from '../delivery.ts';
import { addDays, dayOf, instantOf } from '../ledger/days.ts';
import type { Store } from '../ledger/db.ts';
import { type Group, groupsOf, type Member, membersOf } from '../ledger/people.ts';
import { type Plan, plansOf } from '../ledger/plan.ts';
import { letters, plans } from '../ledger/schema.ts';
import { createMetrics } from '../metrics.ts';
import { createPlatforms } from '../platforms/index.ts';
import type { Platform } from '../platforms/platform.ts';
import { pushes } from '../pushes/index.ts';
import { momentOf } from '../pushes/push.ts';
import { tick } from '../tick.ts';
import { createStillClock } from '../time.ts';
import { createWays } from '../ways/ways.ts';

/** One message of the year, as its reader would see it. */
export interface Spoken {
  /** With the offset of the plan's time zone. */
  at: string;
  push: string;
  platform: PlatformName;
  to: { group: string } | { person: string };
  tasks: string[];
  text: string;
}

/** `none`: a year in which nobody reports. `sample`: whoever is reminded says the same day how it stands. */
export type Replies = 'none' | 'sample';

interface Post {
  platform: PlatformName;
  target: Target;
  uuid: string;
  text: string;
}

/** Who reads them, by the names of the year's first day. */
interface Readers {
  groups: Group[];
  members: Member[];
}

const REPLIES_AT = '10:00';
/** The fourth quarter's bulletin and the year's account fall into the next January. */
const AND_AFTER = 31;

/**
 * Lives a whole year on this ledger, which is a scratch copy, by the looks, the ways and the outbox of every day; only
 * the platforms are of paper: they take everything at once. Tells each message as it would have left.
 */
export async function* rehearse(store: Store, year: number, replies: Replies): AsyncGenerator<Spoken> {
  await endTrials(store);
  const [plan] = await plansOf(store.db);
  if (!plan) return;
  const at = (day: string, time: string) => instantOf(day, time, plan.timeZone);
  const clock = createStillClock(at(`${year}-01-01`, '00:00'));
  const log = pino({ level: 'silent' });
  const posts: Post[] = [];
  const platforms = papers(posts);
  const ways = createWays({
    platforms,
    seal: { open: () => '', close: () => '' },
    sampleAddress: (_, plan) => (plan.sample ? '' : undefined),
  });
  const botNames = { wecom: '督办', dingtalk: '督办' };
  const parts = { store, known: new Map(), ways, log, botNames, draws: false };
  const delivery = createDelivery({ ways, clock, log, metrics: createMetrics() });
  const bot = createBot({ store, clock, log, botNames: ['督办'], ways, patience: 60_000 });
  const readers = { groups: await groupsOf(store.db, plan.id), members: await membersOf(store.db, plan.id) };
  const goTo = (day: string, time: string) => clock.move(at(day, time).getTime() - clock.now().getTime());
  const times = [...new Set(pushes.flatMap((push) => push.times(plan)))].toSorted();
  const last = addDays(`${year}-12-31`, AND_AFTER);
  const still = new AbortController().signal;

  for (let day = `${year}-01-01`; day <= last; day = addDays(day, 1)) {
    const said: Spoken[] = [];
    for (const time of times) {
      const before = clock.now();
      goTo(day, time);
      const moment = momentOf(plan, clock.now());
      const isDue = pushes.some(
        (push) => push.times(plan).includes(time) && push.slots(moment, before).length > 0,
      );
      if (!isDue) continue;
      await (await tick({ ...parts, delivery }, clock.now(), still)).over;
      said.push(...(await told(store, plan, readers, posts.splice(0), clock.now())));
    }
    yield* said;
    if (replies === 'none') continue;
    goTo(day, REPLIES_AT);
    for (const message of answers(said, readers.members, day)) await bot.handle(message);
  }
}

/** Platforms that reach everybody and take everything. */
function papers(posts: Post[]): Record<PlatformName, Platform> {
  const real = createPlatforms(readConfig({ SECRET_KEY: 'a rehearsal seals nothing' }), fetch);
  const paper = (platform: PlatformName): Platform => ({
    ...real[platform],
    reaches: () => true,
    robot: () => platform,
    budget: () => ({ minute: Number.POSITIVE_INFINITY }),
    send: async (target, { uuid, reply, enclosure }) => {
      const words = enclosure
        ? `${enclosure.kind === 'picture' ? '〔图片〕' : '〔文件〕'}${enclosure.name}`
        : textOf(reply);
      posts.push({ platform, target, uuid, text: words });
      return { is: 'sent' };
    },
  });
  return { wecom: paper('wecom'), dingtalk: paper('dingtalk') };
}

/** Told is the year as it is meant: what a trial keeps from the groups is just what the office wants to see. */
async function endTrials({ db }: Store): Promise<void> {
  await db.update(plans).set({ settings: sql`${plans.settings} || '{"trial_until": null}'::jsonb` });
}

/** What was posted, with what the outbox knows of it; letters that left together are told as the one they were. */
async function told(
  store: Store,
  plan: Plan,
  { groups, members }: Readers,
  posts: Post[],
  now: Date,
): Promise<Spoken[]> {
  if (posts.length === 0) return [];
  const sent = await store.db
    .select()
    .from(letters)
    .where(and(eq(letters.planId, plan.id), eq(letters.triedAt, now), isNotNull(letters.endedAt)))
    .orderBy(asc(letters.id));
  const nameOf = (target: Target): Spoken['to'] =>
    target.to === 'group'
      ? { group: groups.find((group) => group.chatId === target.chatId)?.code ?? target.chatId }
      : { person: holderOf(members, target)?.name ?? target.account };
  return posts.flatMap(({ platform, target, uuid, text }) => {
    const parcel = sent.filter((letter) => letter.uuid === uuid);
    const [head] = parcel;
    if (!head) return [];
    const tasks = [...new Set(parcel.flatMap((letter) => letter.tasks))];
    return [{ at: stamp(now, plan), push: head.push, platform, to: nameOf(target), tasks, text }];
  });
}

const holderOf = (members: Member[], target: { platform: string; account: string }) =>
  members.find(({ accounts }) =>
    accounts.some((each) => each.platform === target.platform && each.account === target.account),
  );

/** Whoever was reminded one to one says of each task how it stands. */
function answers(said: Spoken[], members: Member[], day: string) {
  return said.flatMap(({ to, platform, tasks, push }) => {
    const person =
      'person' in to && push === 'personal' ? members.find(({ name }) => name === to.person) : undefined;
    const account = person?.accounts.find((each) => each.platform === platform)?.account;
    if (!person?.roles.includes('chief') || account === undefined) return [];
    return tasks.map((code) => ({
      ...{ platform, bot: 'robot', id: `${day}-${code}`, sender: account, proof: '' },
      chat: { kind: 'single' as const },
      text: `${code} 正在推进,按计划办理`,
    }));
  });
}

/** `2026-04-13T08:42:00+08:00`. */
function stamp(now: Date, { timeZone }: Plan): string {
  const day = dayOf(now, timeZone);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(now);
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${day}T${time}${name === 'GMT' ? '+00:00' : (name ?? '').replace('GMT', '')}`;
}
