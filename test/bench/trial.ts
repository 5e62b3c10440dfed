import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { Clock } from '../../src/time.ts';
import { settings } from '../crash/hooks.ts';
import { freePort } from '../setup/ports.ts';
import type { Ledgers } from './ledgers.ts';
import { connectTo, type Outcome, percentile } from './load.ts';
import { message, request, type Way } from './messages.ts';
import { start, type Target } from './target.ts';

export interface Run {
  ledgers: Ledgers;
  clock: Clock;
  plans: number;
  dataDir: string;
  messages: number;
  rounds: number;
  burst: number;
  scripts: Record<Side, string>;
}

export type Side = 'floor' | 'bot';

export interface Measured {
  /** Milliseconds from the start of the process to its first answer. */
  start: number;
  /** Messages a second, the median of the rounds, and milliseconds of processor time that each took. */
  rate: number;
  cpu: number;
  /** At half of the bot's rate, whatever was answered: milliseconds. */
  p50: number;
  p99: number;
  /** At 500 a second, milliseconds: the slowest of a hundred. */
  rush: number;
  /** The same message once more, and calls that nobody signed: a second. */
  retries: number;
  forged: number;
  memory: { idle: number; load: number };
  /** Callbacks of one second: answered within five, the slowest answer, recorded once, told that nothing was recorded, neither. */
  burst: { sent: number; inTime: number; slowest: number; recorded: number; refused: number; lost: number };
}

export const CONNECTIONS = 32;
/** Messages a second that the floor carries with ease. */
const RUSH = 500;
/** V8 has compiled what there is to compile after so many: the product's time for a message falls until then. */
const WARM = 12_000;

/** Floor and bot by turns, on a ledger each. */
export async function compare(run: Run, way: Way): Promise<Record<Side, Measured>> {
  const sides = { floor: await open(run, way, 'floor'), bot: await open(run, way, 'bot') };
  const both = [sides.floor, sides.bot];
  try {
    for (const side of both) await side.closed(WARM);
    for (let round = 0; round < run.rounds; round++) for (const side of both) await side.round();
    for (const side of both) await side.open(sides.bot.rate() / 2);
    for (const side of both) await side.rush();
    for (const side of both) await side.others();
    for (const side of both) await side.burst();
    return { floor: sides.floor.measured(), bot: sides.bot.measured() };
  } finally {
    for (const side of both) await side.close();
  }
}

/** A ledger of its own, and the process on it. */
export async function launch(
  { ledgers, scripts, dataDir, clock }: Pick<Run, 'ledgers' | 'scripts' | 'dataDir' | 'clock'>,
  side: Side,
): Promise<{ target: Target; url: string }> {
  const url = await ledgers.copy();
  const target = await start(scripts[side], {
    ...settings,
    ...{ SANDBOX: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', DATABASE_URL: url, DATA_DIR: dataDir },
    ...{ PORT: `${await freePort()}`, CLOCK_OFFSET_MS: `${clock.offset()}` },
    // Nobody is there: what it pushes stays on this machine.
    ...{ WECOM_API_BASE: 'http://127.0.0.1:9', DINGTALK_API_BASE: 'http://127.0.0.1:9' },
  });
  return { target, url };
}

async function open(run: Run, way: Way, side: Side) {
  const born = performance.now();
  const { target, url } = await launch(run, side);
  /** On new connections: a server hangs up those that rest while it is the other one's turn. */
  const load = async (requests: Buffer[], rate?: number): Promise<Outcome> => {
    const client = await connectTo(target.port, CONNECTIONS);
    const outcome = await (rate === undefined ? client.closed(requests) : client.open(requests, rate));
    client.close();
    return outcome;
  };
  const next = createMessages(run, way);
  await load(next(1));
  const started = performance.now() - born;
  const idle = target.memory().now;
  const rounds: { rate: number; cpu: number }[] = [];
  const timed: Pick<Measured, 'p50' | 'p99' | 'rush'> = { p50: 0, p99: 0, rush: 0 };
  const other: Pick<Measured, 'retries' | 'forged'> = { retries: 0, forged: 0 };
  let burst: Measured['burst'] | undefined;
  let busy = 0;

  const rate = () => middle(rounds.map((each) => each.rate));
  return {
    rate,
    closed: (count: number) => load(next(count)),
    round: async () => {
      const requests = next(run.messages);
      const before = target.cpu();
      const { took, answers } = await load(requests);
      rounds.push({ rate: perSecond(answers.length, took), cpu: (target.cpu() - before) / answers.length });
    },
    open: async (perSecondAsked: number) => {
      const { times } = await load(next(Math.min(run.messages, perSecondAsked * 10)), perSecondAsked);
      Object.assign(timed, { p50: percentile(times, 50), p99: percentile(times, 99) });
      busy = target.memory().now;
    },
    rush: async () => {
      const { times } = await load(next(run.messages), RUSH);
      timed.rush = percentile(times, 99);
    },
    others: async () => {
      const again = next(500);
      await load(again);
      if (side === 'bot') other.retries = speedOf(await load(again));
      other.forged = speedOf(await load(next(500, true)));
    },
    burst: async () => {
      burst = await flood(run, way, target, url);
    },
    measured: (): Measured => {
      if (!burst) throw new Error('nothing was measured');
      const cpu = middle(rounds.map((each) => each.cpu));
      return { start: started, rate: rate(), cpu, ...timed, ...other, memory: { idle, load: busy }, burst };
    },
    close: target.stop,
  };
}

/** Requests that nobody has sent yet, signed now. */
export function createMessages(
  { clock, plans }: Pick<Run, 'clock' | 'plans'>,
  way: Way,
  prefix = randomUUID().slice(0, 8),
) {
  let made = 0;
  return (count: number, forged = false) =>
    Array.from({ length: Math.floor(count) }, () => {
      const index = made++;
      return request(way, message(way, index, plans, `${prefix}-${index}`), clock.now(), forged);
    });
}

/** All that came in one second, over as many connections as a platform might hold. */
async function flood(run: Run, way: Way, target: Target, url: string): Promise<Measured['burst']> {
  const prefix = randomUUID().slice(0, 8);
  const client = await connectTo(target.port, 1_000);
  const outcome = await client.open(createMessages(run, way, prefix)(run.burst), run.burst);
  client.close();
  return { sent: run.burst, ...(await judge(outcome, prefix, url)) };
}

async function judge({ times, answers }: Outcome, prefix: string, url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const rows = await sql<{ messages: number; entries: number }[]>`
    select count(distinct message_id)::int as messages, count(*)::int as entries from entries
    where message_id like ${`${prefix}-%`}`;
  await sql.end();
  const { messages = 0, entries = 0 } = rows[0] ?? {};
  if (entries !== messages) throw new Error(`${entries - messages} messages had their effect twice`);
  const answered = answers.filter(({ status, body }) => status === 200 && body !== '').length;
  return {
    inTime: times.filter((time) => time < 5_000).length,
    slowest: Math.max(...times),
    recorded: messages,
    refused: answered - messages,
    lost: answers.length - answered,
  };
}

const speedOf = ({ took, answers }: Outcome): number => perSecond(answers.length, took);

const perSecond = (count: number, milliseconds: number): number => (count / milliseconds) * 1_000;

const middle = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
