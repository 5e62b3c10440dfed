import { setTimeout as after } from 'node:timers/promises';
import type postgres from 'postgres';
import type { Random } from '../../crash/random.ts';
import type { Line } from '../../setup/line.ts';
import type { Server } from '../../setup/server.ts';

/** Where troubles are made. */
export interface Place {
  line: Line;
  server: Server;
  /** The bot's database, past the line, as its administrator. */
  admin: postgres.Sql;
  random: Random;
}

export interface Trouble {
  name: string;
  /** What /readyz says meanwhile, where that is certain. */
  ready: 'red' | 'green' | 'either';
  /** Messages under way at once. */
  senders: number;
  /** Begins the trouble; what it gives ends it. */
  begin(place: Place): Promise<() => Promise<void>>;
}

const SENDERS = 6;
/** More than the bot has connections. */
const RUSH = 24;

const heal = async ({ line }: Place): Promise<void> => {
  line.commits = 'pass';
  line.delay = 0;
  line.release();
  line.thaw();
  await line.accept();
};

/** What design 5 and 8 promise something for; each is met by a bot that is being talked to. */
export const troubles: Trouble[] = [
  { name: 'down', ready: 'red', senders: SENDERS, begin: goDown },
  { name: 'slow', ready: 'either', senders: SENDERS, begin: slowDown },
  { name: 'half-open', ready: 'red', senders: SENDERS, begin: fallSilent },
  { name: 'forgotten connections', ready: 'green', senders: SENDERS, begin: forget },
  { name: 'connections cut', ready: 'either', senders: SENDERS, begin: cut },
  { name: 'answer of COMMIT lost', ready: 'green', senders: SENDERS, begin: loseCommits },
  { name: '… and nobody to ask', ready: 'red', senders: SENDERS, begin: loseCommitsAndRefuse },
  { name: 'pool exhausted', ready: 'green', senders: RUSH, begin: holdRows },
  { name: 'no connection left', ready: 'red', senders: SENDERS, begin: takeConnections },
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

/** As a long transaction of somebody else's does. */
async function holdRows({ admin }: Place): Promise<() => Promise<void>> {
  const other = await admin.reserve();
  await other`begin`;
  await other`select from tasks for update`;
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
