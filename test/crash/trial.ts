import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { instantOf } from '../../src/ledger/days.ts';
import type { StoreOptions } from '../../src/ledger/db.ts';
import { type Clock, createClock } from '../../src/time.ts';
import { freePort } from '../setup/ports.ts';
import { type Doubles, openDoubles } from './doubles.ts';
import { type Fault, judge, judgeTotals, type Sent } from './history.ts';
import { say, settings } from './hooks.ts';
import { prepareLedger, readLedger } from './ledger.ts';
import { judgeLetters, type LetterFault, putLetters, readLetters, type Written } from './letters.ts';
import { createRandom, type Random } from './random.ts';
import { RESTS, rest } from './rest.ts';
import { type Sending, send } from './senders.ts';
import { createServer, type Server } from './server.ts';
import { chiefs } from './updates.ts';

export interface Trial {
  kills: number;
  seed: number;
  /** Where the compiled product lies. */
  build: string;
  /** What is started of it. */
  program: string;
  dataDir: string;
  /** Without one it runs on PGlite in `dataDir`. */
  databaseUrl?: string;
  /** Processes on one database, with the messages in turn to each, and pushes that each may send. */
  processes?: number;
  /** Told after each kill. */
  killed?(kills: number): void;
  /** Kills no more, and judges what there is. */
  enough?: AbortSignal;
}

export interface Verdict {
  faults: (Fault | LetterFault)[];
  /** What `verify` said of the chains. */
  chains: { exit: number | string; said: string };
  figures: Record<string, number>;
  /** What the servers' logs tell of faults. */
  log: string[];
}

/**
 * One is killed when one of so many receipts comes, however slow it is: half the time at once, so that whatever it
 * still owes that receipt is lost, else within so many milliseconds, in the middle of something else.
 */
const RECEIPTS = 3;
const MOMENT = 30;
/** One kill in eight comes within so many milliseconds of a start. */
const BIRTH = 1_000;
/** So often a total is asked for before it counts as not told. */
const ASKED = 20;

/** Letters that become due at each of these moments: one every so many milliseconds, and one at each start of the rest. */
const LETTERS = 4;
const EVERY = 2_000;

/** A working day of the sample plan, whatever day it really is. */
const BEGAN = instantOf('2026-04-09', '10:00', 'Asia/Shanghai');

/** Sends updates without a pause, kills a server again and again, and holds the ledger against what was told. */
export async function run(trial: Trial): Promise<Verdict> {
  const { seed, build, dataDir, databaseUrl } = trial;
  const random = createRandom(seed);
  const clock = createClock(BEGAN.getTime() - createClock().now().getTime());
  const database = { dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
  await prepareLedger(database, clock.now());
  const doubles = await openDoubles(clock);
  const put = trial.processes === undefined ? [] : await posts(trial, database, doubles, random);
  const ports = await Promise.all(Array.from({ length: trial.processes ?? 1 }, freePort));
  const environment = {
    ...settings,
    ...doubles.settings,
    ...{
      SANDBOX: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      CLOCK_OFFSET_MS: `${Math.round(clock.offset())}`,
    },
    ...{ DATA_DIR: dataDir, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
  };
  const servers = ports.map((port) => createServer(trial.program, { ...environment, PORT: `${port}` }));
  const addresses = ports.map((port) => `http://127.0.0.1:${port}`);
  const sending = send(addresses, `${seed}`, random, clock);
  try {
    await liveAndDie(trial, servers, sending, random);
    const sent = await sending.finish();
    const shown = await totals(addresses[0] ?? '', seed, clock);
    const chains = await verify(build, environment);
    for (const server of servers) await server.stop();
    if (put.length > 0) {
      // A quick machine has killed them all before the last of the letters is due.
      clock.move(Math.max(0, lastKill(trial) - clock.now().getTime()));
      await rest(servers, addresses, clock);
    }
    const ledger = await readLedger(database);
    const pushed = judgeLetters(put, doubles.shown(), await readLetters(database));
    return {
      faults: [...judge(sent, ledger), ...judgeTotals(shown, ledger), ...pushed],
      chains,
      figures: { ...count(sent, ledger.length), ...(put.length > 0 ? { letters: put.length } : {}) },
      log: servers.flatMap((each) => each.faults),
    };
  } finally {
    sending.abandon();
    for (const server of servers) await server.kill();
    await doubles.close();
  }
}

/** The latest that anything is due for before they rest. */
const lastKill = ({ kills }: Trial): number => BEGAN.getTime() + kills * EVERY;

/** Letters that become due while they are killed, and more for when all look at once. */
function posts(
  trial: Trial,
  database: StoreOptions,
  { settings: { DINGTALK_OAPI_BASE: robots = '' } }: Doubles,
  random: Random,
): Promise<Written[]> {
  const among = Array.from({ length: trial.kills }, (_, kill) => BEGAN.getTime() + kill * EVERY);
  const rests = RESTS.map((_, index) => RESTS.slice(0, index + 1).reduce((one, other) => one + other, 0));
  const behind = rests.map((each) => lastKill(trial) + each);
  const moments = [...among, ...behind].map((at) => new Date(at));
  return putLetters(database, moments, LETTERS, robots, random);
}

/** Kills and starts them, and leaves all of them up. */
async function liveAndDie(
  { kills, killed, enough }: Trial,
  servers: Server[],
  sending: Sending,
  random: Random,
): Promise<void> {
  const failure = Promise.race(servers.map((server) => server.failure));
  // The first life of the first one ends in peace, so that a packed program's is kept compiled.
  const starts = new Map<Server, Promise<void>>();
  const start = (server: Server) => {
    const started = server.start();
    started.catch(() => {});
    starts.set(server, started);
  };
  servers.forEach(start);
  await Promise.race([sending.receipts(2 * RECEIPTS), failure]);
  const [first] = servers;
  await first?.stop();
  if (first) start(first);
  for (let kill = 1; kill <= kills && !enough?.aborted; kill++) {
    if (random.chance(1 / 8)) await after(random.below(BIRTH));
    else {
      await Promise.race([sending.receipts(1 + random.below(RECEIPTS)), failure]);
      if (random.chance(1 / 2)) await after(random.below(MOMENT));
    }
    const victim = random.pick(servers);
    await victim.kill();
    killed?.(kill);
    start(victim);
  }
  await Promise.all(starts.values());
}

/** What the chiefs are shown of their figures, by indicator. */
async function totals(address: string, seed: number, clock: Clock): Promise<Map<string, number | undefined>> {
  const shown = new Map<string, number | undefined>();
  for (const { wecom, figures } of chiefs) {
    for (const [task, labels] of Object.entries(figures)) {
      const text = await shownOf(address, wecom, task, seed, clock);
      for (const [number, label] of Object.entries(labels)) {
        const found = new RegExp(`^· ${label}(\\d+)`, 'm').exec(text)?.[1];
        shown.set(`${task}/${number}`, found === undefined ? undefined : Number(found));
      }
    }
  }
  return shown;
}

/** A busy machine may be told that it wasn't answered in time. */
async function shownOf(
  address: string,
  sender: string,
  task: string,
  seed: number,
  clock: Clock,
): Promise<string> {
  for (let asked = 1; ; asked++) {
    const words = { platform: 'wecom' as const, id: `${seed}-${task}-${asked}`, sender, text: `查 ${task}` };
    const heard = await say(address, words, clock.now());
    const text = heard.is === 'answered' ? heard.text : '';
    if (text.startsWith(`【${task}】`) || asked === ASKED) return text;
  }
}

/** `npm run verify`, while the servers are up: on PGlite it is the server that answers. */
function verify(build: string, environment: Record<string, string>): Promise<Verdict['chains']> {
  return new Promise((resolve) => {
    const command = [join(build, 'cli.js'), 'verify'];
    const child = execFile(process.execPath, command, { env: { ...environment } }, (_error, stdout, stderr) =>
      resolve({ exit: child.exitCode ?? 'killed', said: `${stdout}${stderr}`.trim() }),
    );
  });
}

function count(sent: Sent[], lines: number): Record<string, number> {
  const having = (is: (each: Sent) => boolean) => sent.filter(is).length;
  const told = (words: string) => having((each) => each.told.some(({ text }) => text.includes(words)));
  return {
    messages: sent.length,
    'told 已记录': told('已记录'),
    'told that nothing was recorded': told('消息未记录') + told('未作记录'),
    'told to look first': told('暂不能确认') + told('本次未记录'),
    'never answered': having((each) => each.told.length === 0),
    'answered only when sent again': having((each) => each.tries > each.told.length && each.told.length > 0),
    'answered more than once': having((each) => each.told.length > 1),
    'figures in the ledger': lines,
  };
}
