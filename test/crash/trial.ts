import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { instantOf } from '../../src/ledger/days.ts';
import { createClock } from '../../src/time.ts';
import { type Fault, judge, judgeTotals, type Sent } from './history.ts';
import { say, settings } from './hooks.ts';
import { readLedger } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { type Sending, send } from './senders.ts';
import { createServer, freePort, type Server } from './server.ts';
import { chiefs } from './updates.ts';

export interface Trial {
  kills: number;
  seed: number;
  /** Where the compiled product lies. */
  build: string;
  dataDir: string;
  /** Without one it runs on PGlite in `dataDir`. */
  databaseUrl?: string;
}

export interface Verdict {
  faults: Fault[];
  /** What `verify` said of the chains. */
  chains: { exit: number | string; said: string };
  figures: Record<string, number>;
  /** What the server's log tells of faults. */
  log: string[];
}

/**
 * A server that is up is killed when one of so many receipts comes, however slow it is: half the time at once, so that
 * whatever it still owes that receipt is lost, else within so many milliseconds, in the middle of something else.
 */
const RECEIPTS = 12;
const MOMENT = 30;
/** One kill in eight comes within so many milliseconds of a start. */
const BIRTH = 1_000;

/** A working day of the sample plan, whatever day it really is. */
const OFFSET = instantOf('2026-04-09', '10:00', 'Asia/Shanghai').getTime() - createClock().now().getTime();
const clock = createClock(OFFSET);

/** Sends updates without a pause, kills the server again and again, and holds the ledger against what was told. */
export async function run({ kills, seed, build, dataDir, databaseUrl }: Trial): Promise<Verdict> {
  const random = createRandom(seed);
  const port = await freePort();
  const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const environment = {
    ...settings,
    ...database,
    PORT: `${port}`,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    CLOCK_OFFSET_MS: `${OFFSET}`,
  };
  const server = createServer(join(build, 'main.js'), environment);
  const address = `http://127.0.0.1:${port}`;
  const sending = send(address, `${seed}`, random, clock);
  try {
    for (let killed = 0; killed < kills; killed++) await liveAndDie(server, sending, random);
    await server.start();
    const sent = await sending.finish();
    const shown = await totals(address, seed);
    const chains = await verify(build, environment);
    await server.stop();
    const ledger = await readLedger({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    const faults = [...judge(sent, ledger), ...judgeTotals(shown, ledger)];
    return { faults, chains, figures: count(sent, ledger.length), log: server.faults };
  } finally {
    sending.abandon();
    await server.kill();
  }
}

async function liveAndDie(server: Server, sending: Sending, random: Random): Promise<void> {
  if (random.chance(1 / 8)) {
    const death = after(random.below(BIRTH)).then(() => server.kill());
    await Promise.all([server.start(), death]);
  } else {
    await server.start();
    await Promise.race([sending.receipts(1 + random.below(RECEIPTS)), server.failure]);
    if (random.chance(1 / 2)) await after(random.below(MOMENT));
    await server.kill();
  }
}

/** What the chiefs are shown of their figures, by indicator. */
async function totals(address: string, seed: number): Promise<Map<string, number | undefined>> {
  const shown = new Map<string, number | undefined>();
  for (const { wecom, figures } of chiefs) {
    for (const [task, labels] of Object.entries(figures)) {
      const words = { platform: 'wecom' as const, id: `${seed}-${task}`, sender: wecom, text: `查 ${task}` };
      const heard = await say(address, words, clock.now());
      const text = heard.is === 'answered' ? heard.text : '';
      for (const [number, label] of Object.entries(labels)) {
        const found = new RegExp(`^· ${label}(\\d+)`, 'm').exec(text)?.[1];
        shown.set(`${task}/${number}`, found === undefined ? undefined : Number(found));
      }
    }
  }
  return shown;
}

/** `npm run verify`, while the server is up: on PGlite it is the server that answers. */
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
    'told that nothing was recorded': told('未记录') + told('未作记录'),
    'never answered': having((each) => each.told.length === 0),
    'answered only when sent again': having((each) => each.tries > each.told.length && each.told.length > 0),
    'answered more than once': having((each) => each.told.length > 1),
    'figures in the ledger': lines,
  };
}
