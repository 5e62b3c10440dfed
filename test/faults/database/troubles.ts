import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import postgres from 'postgres';
import type * as history from '../../crash/history.ts';
import { createRandom, type Random } from '../../crash/random.ts';
import { createLine, type Line } from '../../setup/line.ts';
import type { Server } from '../../setup/server.ts';
import { createBot } from './bot.ts';
import { createLived } from './lived.ts';
import type { Result } from './result.ts';
import { suffer, type Trouble } from './rounds.ts';

/** Where troubles are made. */
interface Place {
  line: Line;
  server: Server;
  /** The bot's database, past the line, as its administrator. */
  admin: postgres.Sql;
  random: Random;
}

interface Kind extends Omit<Trouble, 'begin'> {
  begin(place: Place): Promise<() => Promise<void>>;
}

const SENDERS = 6;
/** Connections that the bot keeps, and the one that it may just be asking aside with. */
const LANES = 8;
const ASIDE = 1;
/** More messages than connections. */
const RUSH = 3 * LANES;

const heal = async ({ line }: Place): Promise<void> => {
  line.commits = 'pass';
  line.delay = 0;
  line.release();
  line.thaw();
  await line.accept();
};

/** What design 5 and 8 promise something for. */
const kinds: Kind[] = [
  { name: 'down', ready: 'red', senders: SENDERS, begin: goDown },
  { name: 'slow', ready: 'either', senders: SENDERS, begin: slowDown },
  { name: 'half-open', ready: 'red', senders: SENDERS, begin: fallSilent },
  { name: 'forgotten connections', ready: 'green', senders: SENDERS, begin: forget },
  { name: 'connections cut', ready: 'either', senders: SENDERS, begin: cut },
  { name: 'answer of COMMIT lost', ready: 'green', senders: SENDERS, begin: loseCommits },
  { name: '… and nobody to ask', ready: 'red', senders: SENDERS, begin: loseCommitsAndRefuse },
  { name: 'pool exhausted', ready: 'green', senders: RUSH, begin: holdRows },
  { name: 'no connection left', ready: 'red', senders: SENDERS, begin: takeConnections },
  { name: 'read only', ready: 'either', senders: SENDERS, begin: forbidWriting },
];

async function goDown(place: Place): Promise<() => Promise<void>> {
  const how = place.random.pick(['refuses', 'in order', 'crashing'] as const);
  if (how !== 'refuses') {
    await place.server.stop(how);
    return () => place.server.start();
  }
  place.line.refuse();
  place.line.cut();
  return () => heal(place);
}

async function slowDown(place: Place): Promise<() => Promise<void>> {
  place.line.delay = 20 + place.random.below(500);
  return () => heal(place);
}

async function fallSilent(place: Place): Promise<() => Promise<void>> {
  const way = place.random.pick(['both', 'to the server', 'to the client'] as const);
  place.line.freeze(...(way === 'both' ? [] : [way]));
  return () => heal(place);
}

async function forget(place: Place): Promise<() => Promise<void>> {
  place.line.forget();
  return () => heal(place);
}

async function cut(place: Place): Promise<() => Promise<void>> {
  let over = false;
  const cutting = (async () => {
    while (!over) {
      place.line.cut();
      await after(place.random.below(60));
    }
  })();
  return async () => {
    over = true;
    await cutting;
  };
}

async function loseCommits(place: Place): Promise<() => Promise<void>> {
  place.line.commits = place.random.pick(['lose', 'lose the answer', 'swallow the answer', 'hold'] as const);
  return () => heal(place);
}

async function loseCommitsAndRefuse(place: Place): Promise<() => Promise<void>> {
  place.line.refuse();
  return loseCommits(place);
}

/** Lets nobody have a task, as a long transaction of somebody else's may. */
async function holdRows({ admin }: Place): Promise<() => Promise<void>> {
  const other = await admin.reserve();
  await other`begin`;
  await other`lock table tasks in exclusive mode`;
  return async () => {
    await other`rollback`;
    other.release();
  };
}

/** The database lets nobody in; those that are in are thrown out. */
async function takeConnections({ admin, line }: Place): Promise<() => Promise<void>> {
  await admin`alter role duban connection limit 0`;
  line.cut();
  return async () => {
    await admin`alter role duban connection limit -1`;
  };
}

/** Nothing may be written for a while, as in a standby: a connection that was opened then can never write. */
async function forbidWriting({ admin, line }: Place): Promise<() => Promise<void>> {
  await admin`alter role duban set default_transaction_read_only = on`;
  line.cut();
  return async () => {
    await admin`alter role duban reset default_transaction_read_only`;
  };
}

/** Those troubles that are chosen, each so many times, to one bot. The server is stopped and started meanwhile. */
export async function* sufferAll(
  getServer: () => Promise<Server>,
  build: string,
  isChosen: (name: string) => boolean,
  rounds: number,
  seed: number,
): AsyncGenerator<Result> {
  const chosen = kinds.filter(({ name }) => isChosen(name));
  if (chosen.length === 0) return;
  const server = await getServer();
  const admin = await prepare(server);
  const line = await createLine(server.url('duban').replace('postgres@', 'duban@'));
  const dataDir = await mkdtemp(join(tmpdir(), 'duban-faults-'));
  const bot = await createBot(build, { DATABASE_URL: line.url, DATA_DIR: dataDir });
  const lived = createLived();
  const random = createRandom(seed);
  const world = { bot, random, lived, poured: [], isTidy: () => isTidy(admin), lines: () => read(admin) };
  try {
    await bot.start();
    for (const { begin, ...kind } of chosen) {
      const trouble = { ...kind, begin: () => begin({ line, server, admin, random }) };
      yield await suffer(world, trouble, rounds, seed);
    }
  } finally {
    lived.end();
    await bot.kill();
    await line.close();
    await admin.end({ timeout: 1 }).catch(() => {});
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A database for a user who can be refused: the administrator is let in always. */
async function prepare(server: Server): Promise<postgres.Sql> {
  const root = postgres(server.url('postgres'), { max: 1 });
  await root`create role duban login`;
  await root`create database duban owner duban`;
  await root.end();
  return postgres(server.url('duban'), { max: 3, onnotice: () => {} });
}

/** As many connections as it keeps; on each something was asked once, and on none of them anything is begun. */
async function isTidy(admin: postgres.Sql): Promise<boolean> {
  const rows = await admin<{ state: string; query: string }[]>`
    select state, query from pg_stat_activity where usename = 'duban' and application_name like 'duban %'`;
  return rows.length <= LANES + ASIDE && rows.every(({ state, query }) => state === 'idle' && query !== '');
}

async function read(admin: postgres.Sql): Promise<history.Line[]> {
  const rows = await admin<{ message_id: string | null; detail: { indicator: string; value: number } }[]>`
    select message_id, detail from entries order by chain, seq`;
  return rows.map(({ message_id: messageId, detail: { indicator, value } }) => ({
    messageId,
    indicator: String(indicator),
    value: Number(value),
  }));
}
