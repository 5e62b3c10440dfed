import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import postgres from 'postgres';
import type { Line } from '../../crash/history.ts';
import { createRandom, type Random } from '../../crash/random.ts';
import { createLine } from '../../setup/line.ts';
import { createServerForTests } from '../../setup/server.ts';
import { type Bot, clock, createBot, isReady } from './bot.ts';
import { check, type Finding } from './checker.ts';
import { createLived, type Lived } from './lived.ts';
import { deliver, type Poured, pour } from './pour.ts';
import { count, type Result } from './result.ts';
import type { Place, Trouble } from './troubles.ts';

/** Milliseconds that a trouble lasts, at least and at most. */
const LASTS = [700, 2_500] as const;
/** Milliseconds in which the bot is to be itself again, with no hand put to it. */
const BACK = 5_000;
/** Connections that the bot keeps. */
const LANES = 8;
/** And those that it may just be asking aside with. */
const ASIDE = 1;

interface World extends Place {
  bot: Bot;
  lived: Lived;
  poured: Poured[];
}

/** Each trouble so many times, to one bot on a PostgreSQL of its own, which is talked to all the time. */
export async function* sufferTroubles(
  build: string,
  chosen: Trouble[],
  rounds: number,
  seed: number,
): AsyncGenerator<Result> {
  const server = await createServerForTests({ durable: true });
  const root = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await root`create role duban login`;
  await root`create database duban owner duban`;
  const url = new URL(server.url('duban'));
  const admin = postgres(url.href, { max: 3, onnotice: () => {} });
  url.username = 'duban';
  const line = await createLine(url.href);
  const dataDir = await mkdtemp(join(tmpdir(), 'duban-faults-'));
  const bot = await createBot(build, { DATABASE_URL: line.url, DATA_DIR: dataDir });
  const lived = createLived();
  try {
    await bot.start();
    const world: World = { line, server, admin, bot, lived, poured: [], random: createRandom(seed) };
    for (const trouble of chosen) yield await suffer(world, trouble, rounds, seed);
  } finally {
    lived.end();
    await bot.kill();
    await line.close();
    await Promise.allSettled([admin.end({ timeout: 1 }), root.end({ timeout: 1 })]);
    await server.remove();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function suffer(world: World, trouble: Trouble, rounds: number, seed: number): Promise<Result> {
  const findings: Finding[] = [];
  const before = world.poured.length;
  let slowest = 0;
  for (let round = 1; round <= rounds; round++) {
    const { back, found } = await once(world, trouble, `${seed} ${trouble.name} ${round}`);
    findings.push(...found);
    slowest = Math.max(slowest, back);
  }
  const own = world.poured.slice(before);
  const said = new Set(own.map(({ update }) => update.id));
  const all = check(world.poured, await readLines(world.admin));
  // What is wrong with a message of an earlier trouble was told with that one.
  findings.push(...all.filter(({ where }) => [...said].some((id) => where.startsWith(id))));
  return { ...count(trouble.name, rounds, own, findings), back: slowest };
}

/** Once in trouble and out of it again: what was found, and how long it took until a message was recorded. */
async function once(
  world: World,
  trouble: Trouble,
  name: string,
): Promise<{ back: number; found: Finding[] }> {
  const { bot, lived, random } = world;
  const found: Finding[] = [];
  const note = (what: string) => found.push({ what, where: name });
  const pouring = pour({ address: bot.address, clock, lived }, name, trouble.senders, random);
  await orGone(bot, pouring.receipts(1 + random.below(6)));
  const end = await trouble.begin(world);
  const [, seen] = await Promise.all([after(between(random, ...LASTS)), colour(bot)]);
  if (trouble.ready !== 'either' && seen !== trouble.ready) note(`readyz ${seen} in the middle of it`);
  await end();
  const ended = lived.now();
  await orGone(bot, pouring.receipts(1));
  const back = lived.now() - ended;
  if (back > BACK) note(`back only after ${back} ms`);
  if (!(await soon(lived, () => isReady(bot)))) note('readyz red after it');
  const poured = await pouring.finish();
  for (const one of poured) {
    // Whoever was told that it wasn't recorded may send it again, and a platform may too.
    if (!one.told.some(({ text }) => text.includes('已记录【'))) {
      await deliver({ address: bot.address, clock, lived }, one);
    }
  }
  world.poured.push(...poured);
  if (!(await soon(lived, () => isTidy(world.admin)))) note('connections are left over');
  return { back, found };
}

/** What /readyz says in the midst of a trouble: not at its first moment, and twice, because it may be asked in between. */
async function colour(bot: Bot): Promise<'red' | 'green'> {
  await after(LASTS[0] / 2);
  return (await isReady(bot)) ? 'green' : 'red';
}

const orGone = <T>(bot: Bot, work: Promise<T>): Promise<T> => Promise.race([work, bot.failure]);

async function soon(lived: Lived, holds: () => Promise<boolean>): Promise<boolean> {
  const until = lived.now() + BACK;
  while (lived.now() < until) {
    if (await holds()) return true;
    await after(50);
  }
  return false;
}

/** As many connections as it keeps, and on none of them anything begun. */
async function isTidy(admin: postgres.Sql): Promise<boolean> {
  const rows = await admin<{ state: string }[]>`
    select state from pg_stat_activity where usename = 'duban' and application_name like 'duban %'`;
  return rows.length <= LANES + ASIDE && rows.every(({ state }) => state === 'idle');
}

const between = (random: Random, least: number, most: number): number => least + random.below(most - least);

/** Every figure that stands in the ledger, in its order. */
async function readLines(admin: postgres.Sql): Promise<Line[]> {
  const rows = await admin<{ message_id: string | null; detail: { indicator: string; value: number } }[]>`
    select message_id, detail from entries order by chain, seq`;
  return rows.map(({ message_id: messageId, detail: { indicator, value } }) => ({
    messageId,
    indicator: String(indicator),
    value: Number(value),
  }));
}
