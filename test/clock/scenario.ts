import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../../src/ledger/db.ts';
import { letters, slots } from '../../src/ledger/schema.ts';
import { createRandom, type Random } from '../crash/random.ts';
import { type Post, processOn } from './process.ts';
import { at, daysFrom, dueOn } from './year.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'] as const;

/** Times of the day at which something becomes due, and a few at which nothing does. */
const times = ['00:03', '07:10', '08:42', '09:12', '11:40', '15:12', '16:12', '16:42', '17:29', '21:05'];

export interface Found {
  seed: number;
  zone: string;
  processes: number;
  looks: number;
  posts: number;
  /** Letters that came to a chat more than once. */
  doubled: string[];
  /** Slots within whose window a process looked, and that the ledger doesn't know as looked at. */
  missed: string[];
}

/**
 * Some days of the sample plan, lived by one to three processes on one PostgreSQL: each is away for a minute to three
 * days now and then, and its clock is set back by eight hours or ahead by two. What a process sees is its own clock.
 */
export async function live(stores: readonly Store[], seed: number): Promise<Found> {
  const random = createRandom(seed);
  const zone = random.pick(zones);
  process.env.TZ = zone;
  const posts: Post[] = [];
  const first = daysFrom('2026-01-05', 350)[random.below(350)] ?? '';
  const days = daysFrom(first, 2 + random.below(3));
  const processes = stores.slice(0, 1 + random.below(3)).map((store) => ({
    ...processOn(store, posts),
    ...troubles(random, at(first, '00:00'), days.length),
  }));
  const [store] = stores;
  if (!store) throw new Error('no store');
  await store.db.execute(
    sql`truncate letters, slots, robots, lights, bulletins, facts restart identity cascade`,
  );

  const seen: number[] = [];
  /** What the clocks showed when anybody looked for the first time: what was due by then nobody was there to say. */
  let start = 0;
  const lookAt = async (moment: number, all: typeof processes) => {
    const looks = all
      .filter(({ isAway }) => !isAway(moment))
      .map(({ look, ahead }) => ({ look, shown: moment + ahead(moment) }));
    if (seen.length === 0) start = Math.max(...looks.map(({ shown }) => shown));
    seen.push(...looks.map(({ shown }) => shown));
    await Promise.all(looks.map(({ look, shown }) => look(new Date(shown))));
  };
  for (const day of days) {
    for (const time of times) await lookAt(at(day, time) + random.below(4) * MINUTE, processes);
  }
  const looked = await store.db.select().from(slots).where(eq(slots.state, 'looked'));
  const rows = await store.db
    .select({ uuid: letters.uuid, key: letters.key, attempt: letters.attempt })
    .from(letters)
    .where(and(eq(letters.state, 'sent')));
  const known = new Set(looked.map(({ push, dueAt }) => `${push} ${dueAt.getTime()}`));
  const expected = dueOn(daysFrom(daysFrom(first, 1)[0] ?? '', days.length + 1)).filter(
    ({ from, until }) => from > start && seen.some((shown) => shown >= from && shown < until),
  );
  return {
    ...{ seed, zone, processes: processes.length, looks: seen.length, posts: posts.length },
    doubled: doubles(posts, rows),
    missed: expected
      .filter(({ push, from }) => !known.has(`${push} ${from}`))
      .map(({ push, day }) => `${push} ${day}`),
  };
}

/** One post that came twice, one letter that was tried twice although everything arrives, one text told twice in a chat. */
function doubles(posts: Post[], rows: { uuid: string; key: string; attempt: number }[]): string[] {
  const counted = (keys: string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);
  return [
    ...counted(posts.map(({ uuid }) => uuid)),
    ...counted(posts.map(({ chat, text }) => `${chat} ${text}`)),
    ...rows.filter(({ attempt }) => attempt > 1).map(({ key }) => key),
  ];
}

/** When a process is away, and how far its clock is from the true time. */
function troubles(random: Random, start: number, days: number) {
  const span = days * 24 * HOUR;
  const lengths = [MINUTE, 5 * MINUTE, HOUR, 5 * HOUR, 24 * HOUR, 72 * HOUR] as const;
  const away = Array.from({ length: random.below(4) }, () => {
    const from = start + random.below(span);
    return { from, to: from + random.pick(lengths) };
  });
  const steps = Array.from({ length: random.below(3) }, () => {
    const from = start + random.below(span);
    return {
      from,
      to: from + (1 + random.below(30)) * HOUR,
      by: random.chance(1 / 2) ? -8 * HOUR : 2 * HOUR,
    };
  });
  return {
    isAway: (moment: number) => away.some(({ from, to }) => moment >= from && moment < to),
    ahead: (moment: number) => steps.find(({ from, to }) => moment >= from && moment < to)?.by ?? 0,
  };
}
