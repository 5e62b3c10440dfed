import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import postgres from 'postgres';
import { say, type Words } from '../../crash/hooks.ts';
import { createRandom } from '../../crash/random.ts';
import type { Server } from '../../setup/server.ts';
import { type Bot, clock, createBot, verify } from './bot.ts';
import type { Finding } from './checker.ts';
import type { Result } from './result.ts';

/** How many processes start at once on an empty database. */
const RACERS = 6;
const PATIENCE = 30_000;
const ATTEMPTS = 20;
/** Milliseconds that a first start takes. */
const USUAL = 3_000;

/** Bots, folders and databases of one kind of start, all of which are gone at its end. */
interface Place {
  build: string;
  server(): Promise<Server>;
  seed: number;
  /** Puts a database into a folder, where making one would take too long. */
  prepared?: (dataDir: string) => Promise<void>;
}

type Start = (place: Place, rounds: number) => Promise<Result>;

export const starts: Record<string, Start> = {
  'two openers': openTwice,
  'migration race': race,
  'first start killed (PostgreSQL)': (place, rounds) => dieYoung(place, rounds, 'postgres'),
  'first start killed (PGlite)': (place, rounds) => dieYoung(place, rounds, 'pglite'),
};

/** Two at once on one folder: one comes up, the other says why not, and takes over where the first one was killed. */
async function openTwice({ build, seed, prepared }: Place, rounds: number): Promise<Result> {
  const { note, findings, counts } = notes('two openers', ['up', 'refused', 'recorded']);
  const dataDir = await newFolder();
  await prepared?.(dataDir);
  for (let round = 1; round <= rounds; round++) {
    const bots = [
      await createBot(build, { DATA_DIR: dataDir }),
      await createBot(build, { DATA_DIR: dataDir }),
    ];
    const ends = await Promise.allSettled(bots.map((bot) => bot.start()));
    for (const end of ends) {
      if (end.status === 'fulfilled') counts.up++;
      else if (/数据目录 .+正由.+使用,同一目录不能同时打开两次/.test(String(end.reason))) counts.refused++;
      else note(`ended otherwise: ${String(end.reason)}`);
    }
    const [first] = bots.filter((_, index) => ends[index]?.status === 'fulfilled');
    if (counts.up !== round || !first) note(`${counts.up} came up in ${round} rounds`);
    else if (await records(first, `${seed} openers ${round}`)) counts.recorded++;
    for (const bot of bots) await bot.kill();
  }
  const last = await createBot(build, { DATA_DIR: dataDir });
  await last.start();
  const total = await totalOf(last, `${seed} openers`);
  if (total !== counts.recorded) note(`recorded ${counts.recorded}, there are ${total}`);
  await last.kill();
  await rm(dataDir, { recursive: true, force: true });
  return { name: 'two openers', rounds, counts, findings };
}

/** All come up, the ledger is made once, and a message that comes to each of them has one effect. */
async function race({ build, server, seed }: Place, rounds: number): Promise<Result> {
  const { note, findings, counts } = notes('migration race', ['processes', 'up', 'migrated', 'recorded']);
  for (let round = 1; round <= rounds; round++) {
    const { url, admin, drop } = await newDatabase(await server(), `race_${round}`);
    const dataDir = await newFolder();
    const bots: Bot[] = [];
    for (let one = 0; one < RACERS; one++) {
      bots.push(await createBot(build, { DATABASE_URL: url, DATA_DIR: join(dataDir, `${one}`) }));
    }
    counts.processes += RACERS;
    const ends = await Promise.allSettled(bots.map((bot) => bot.start()));
    for (const end of ends) {
      if (end.status === 'fulfilled') counts.up++;
      else note(`did not come up: ${String(end.reason)}`);
    }
    const [made] = await admin<{ all: number; once: number; plans: number }[]>`
      select count(*)::int as all, count(distinct hash)::int as once, (select count(*)::int from plans) as plans
      from drizzle.__drizzle_migrations`;
    if (!made || made.all !== made.once || made.plans !== 1)
      note(`made more than once: ${JSON.stringify(made)}`);
    else counts.migrated++;
    let id = '';
    const told = await until((attempt) => {
      id = `${seed} race ${round} ${attempt}`;
      return Promise.all(bots.map((bot) => tell(bot, id)));
    });
    const effects = await admin`select from entries where message_id = ${id}`;
    if (new Set(told).size === 1 && effects.length === 1) counts.recorded++;
    else note(`${effects.length} effects, told ${told.join(' / ')}`);
    for (const bot of bots) await bot.kill();
    await drop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { name: 'migration race', rounds, counts, findings };
}

/** Every second first start on PGlite ends when its database begins to look made, and whoever makes it ends too. */
const DYING = { NODE_OPTIONS: `--require ${join(import.meta.dirname, 'dieMaking.cjs')}` };

/** Killed at any moment between nothing and up; the next start comes up whole. */
async function dieYoung(
  { build, server, seed }: Place,
  rounds: number,
  kind: 'postgres' | 'pglite',
): Promise<Result> {
  const name = `first start killed (${kind === 'postgres' ? 'PostgreSQL' : 'PGlite'})`;
  const { note, findings, counts } = notes(name, ['with nothing made', 'half way', 'made', 'came up whole']);
  const random = createRandom(seed);
  let whole = USUAL;
  // Of many the first one lives, to see how long a first start takes.
  for (let round = rounds > 1 ? 0 : 1; round <= rounds; round++) {
    const dataDir = await newFolder();
    const database = kind === 'postgres' ? await newDatabase(await server(), `young_${round}`) : undefined;
    const environment = { DATA_DIR: dataDir, ...(database ? { DATABASE_URL: database.url } : {}) };
    const bot = await createBot(build, environment);
    const began = performance.now();
    if (round === 0) {
      await bot.start();
      whole = performance.now() - began;
    } else {
      if (kind === 'pglite' && round % 2 === 1) {
        const doomed = await createBot(build, { ...environment, ...DYING });
        await doomed.start().then(
          () => note('outlived the making of its database'),
          () => {},
        );
        await doomed.kill();
      } else await Promise.all([bot.start(), after(random.below(whole)).then(() => bot.kill())]);
      const there = database ? await madeIn(database.admin) : await readdir(dataDir);
      counts[there.length === 0 ? 'with nothing made' : there.includes('pglite') ? 'made' : 'half way']++;
      const fault = await comesUp(bot, build, environment, `${seed} young ${round}`);
      if (fault === undefined) counts['came up whole']++;
      else note(fault);
    }
    await bot.kill();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { name, rounds, counts, findings };
}

/** What is wrong with a start after one that was killed; undefined where nothing is. */
async function comesUp(
  bot: Bot,
  build: string,
  environment: Record<string, string>,
  id: string,
): Promise<string | undefined> {
  try {
    await bot.start();
  } catch (error) {
    return `${id} did not come up: ${String(error)}`;
  }
  const checked = (await records(bot, id)) && (await totalOf(bot, id)) === 1;
  const chains = await verify(build, environment);
  return checked && chains.exit === 0 ? undefined : `${id}: total right ${checked}, verify ${chains.said}`;
}

/** `pglite` stands for a database with our tables in it. */
async function madeIn(admin: postgres.Sql): Promise<string[]> {
  const [found] = await admin<{ schema: string | null; plans: string | null }[]>`
    select to_regnamespace('drizzle')::text as schema, to_regclass('plans')::text as plans`;
  return found?.plans ? ['pglite'] : found?.schema ? ['schema'] : [];
}

function notes<Name extends string>(where: string, names: Name[]) {
  const findings: Finding[] = [];
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  return { findings, counts, note: (what: string) => findings.push({ what, where }) };
}

const newFolder = () => mkdtemp(join(tmpdir(), 'duban-faults-'));

async function newDatabase(server: Server, name: string) {
  const root = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await root`create database ${root(name)} template template0`;
  const url = server.url(name);
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const drop = async () => {
    await admin.end();
    await root`drop database ${root(name)} with (force)`;
    await root.end();
  };
  return { url, admin, drop };
}

const words = (id: string, text: string): Words => ({ platform: 'wecom', sender: 'sec_anquan', id, text });

async function tell({ address }: Bot, id: string, text = '4.3.2 演练+1'): Promise<string> {
  const heard = await say(address, words(id, text), clock.now(), PATIENCE);
  return heard.is === 'answered' ? heard.text : heard.is;
}

/** A busy machine may let the bot take too long for a message, and then it says so: it is sent anew. */
async function until(told: (attempt: string) => Promise<string[]>): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const texts = await told(`${attempt}`);
    if (attempt === ATTEMPTS || texts.every((text) => !text.includes('未记录'))) return texts;
  }
}

async function records(bot: Bot, id: string): Promise<boolean> {
  const [text] = await until(async (attempt) => [await tell(bot, `${id} ${attempt}`)]);
  return text?.includes('已记录【4.3.2】') ?? false;
}

/** What is shown of the figure that `tell` adds to. */
async function totalOf(bot: Bot, id: string): Promise<number> {
  const [text = ''] = await until(async (attempt) => [await tell(bot, `${id} total ${attempt}`, '查 4.3.2')]);
  return Number(/演练(\d+)次/.exec(text)?.[1]);
}
