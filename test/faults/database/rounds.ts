import { setTimeout as after } from 'node:timers/promises';
import type { Line } from '../../crash/history.ts';
import type { Random } from '../../crash/random.ts';
import { type Bot, clock, isReady } from './bot.ts';
import { check, type Finding, isRecorded } from './checker.ts';
import type { Lived } from './lived.ts';
import { deliver, type Pour, type Poured, pour } from './pour.ts';
import { count, type Result } from './result.ts';

/** Milliseconds that a trouble lasts at least, and so many more at most. */
const LASTS = 700;
const LONGER = 1_800;
/** Milliseconds in which the bot is to be itself again, with no hand put to it. */
const BACK = 5_000;
/** And after which it is given up. */
const GONE = 30_000;

export interface Trouble {
  name: string;
  /** What /readyz says meanwhile, where that is certain. */
  ready: 'red' | 'green' | 'either';
  /** Messages under way at once. */
  senders: number;
  /** Begins the trouble; what it gives ends it. */
  begin(): Promise<() => Promise<void>>;
}

/** A bot that is talked to all the time. */
export interface World {
  bot: Bot;
  random: Random;
  lived: Lived;
  /** Everything that it has been told so far. */
  poured: Poured[];
  /** Whether the bot has left nothing behind in the database. */
  isTidy(): Promise<boolean>;
  /** Every figure in the ledger, in its order. */
  lines(): Promise<Line[]>;
}

/** So many times in trouble and out of it again; then everything that was said is held against the whole ledger. */
export async function suffer(world: World, trouble: Trouble, rounds: number, seed: number): Promise<Result> {
  const findings: Finding[] = [];
  const before = world.poured.length;
  let back = 0;
  for (let round = 1; round <= rounds; round++) {
    const once = await getThrough(world, trouble, `${seed} ${trouble.name} ${round}`);
    findings.push(...once.found);
    back = Math.max(back, once.back);
  }
  const own = world.poured.slice(before);
  const of = `${seed} ${trouble.name} `;
  // What is wrong with a message of an earlier trouble was told with that one.
  findings.push(...check(world.poured, await world.lines()).filter(({ where }) => where.startsWith(of)));
  return { ...count(trouble.name, rounds, own, findings), back };
}

/** What was found, and how long it took after the trouble until a message was recorded. */
async function getThrough(
  world: World,
  trouble: Trouble,
  name: string,
): Promise<{ back: number; found: Finding[] }> {
  const { bot, lived, random } = world;
  const found: Finding[] = [];
  const note = (what: string) => found.push({ what, where: name });
  const sender = { address: bot.address, clock, lived };
  const pouring = pour(sender, name, trouble.senders, random);
  await Promise.race([pouring.receipts(1 + random.below(6)), bot.failure]);
  const end = await trouble.begin();
  const [, seen] = await Promise.all([after(LASTS + random.below(LONGER)), colour(bot)]);
  if (trouble.ready !== 'either' && seen !== trouble.ready) note(`readyz ${seen} in the middle of it`);
  await end();
  const back = await comeBack(world, pouring);
  if (back > BACK) note(`recorded nothing for ${back} ms after it`);
  if (!(await soon(lived, () => isReady(bot)))) note('readyz red after it');
  const poured = await pouring.finish();
  // Whoever was told that it wasn't recorded may send it again, and a platform may too.
  for (const one of poured) if (!isRecorded(one)) await deliver(sender, one);
  world.poured.push(...poured);
  if (!(await soon(lived, world.isTidy))) note('left something behind in the database');
  return { back, found };
}

/** What /readyz says, and not at the trouble's first moment. */
async function colour(bot: Bot): Promise<'red' | 'green'> {
  await after(LASTS / 2);
  return (await isReady(bot)) ? 'green' : 'red';
}

/** Milliseconds until a message is recorded again. */
async function comeBack({ bot, lived }: World, pouring: Pour): Promise<number> {
  const since = lived.now();
  await Promise.race([pouring.receipts(1), bot.failure, after(GONE, undefined, { ref: false })]);
  return lived.now() - since;
}

async function soon(lived: Lived, holds: () => Promise<boolean>): Promise<boolean> {
  const until = lived.now() + BACK;
  while (lived.now() < until) {
    if (await holds()) return true;
    await after(50);
  }
  return false;
}
