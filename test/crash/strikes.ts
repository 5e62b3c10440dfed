import { setTimeout as after } from 'node:timers/promises';
import postgres from 'postgres';
import { instantOf } from '../../src/ledger/days.ts';
import { type Clock, createClock } from '../../src/time.ts';
import { freePort } from '../setup/ports.ts';
import { type Doubles, openDoubles, type Shown } from './doubles.ts';
import { type Gate, openGate, type Phase, phases } from './gate.ts';
import { settings } from './hooks.ts';
import { prepareLedger } from './ledger.ts';
import {
  judgeLetters,
  type LetterFault,
  putLetters,
  type Row,
  readLetters,
  type Written,
} from './letters.ts';
import { createOffice, type Office } from './office.ts';
import { createRandom, type Random } from './random.ts';
import { rest } from './rest.ts';
import { createServer, type Server } from './server.ts';

export interface Campaign {
  kills: number;
  seed: number;
  /** What is started of the compiled product. */
  program: string;
  dataDir: string;
  /** Without one it runs on PGlite in `dataDir`. */
  databaseUrl?: string;
  /** Dies once more at the end, starts at once, and takes a real minute until the office reads of it. */
  minute?: boolean;
  /** Told after each kill. */
  killed?(kills: number): void;
  /** Kills no more, and judges what there is. */
  enough?: AbortSignal;
}

export interface Verdict {
  faults: LetterFault[];
  figures: Record<string, number>;
  /** What the server's log tells of faults. */
  log: string[];
}

/** From one start to the next on the plan's clock: longer than whoever sends may be taken to live. */
const STEP = 120_000;
/** In so many lives the office asks what became of the death before. */
const ASKED = 1 / 4;
/** Letters that become due for each life; it is struck at one of these. */
const SENDS = 3;
/** Milliseconds within which an answer is read and written down. */
const MOMENT = 15;
/**
 * Milliseconds after which a life that sends too little is ended all the same: a robot whose last post came to nothing
 * sends but one a minute.
 */
const LONGEST = 20_000;
const A_MINUTE = 60;
const BEGAN = instantOf('2026-04-09', '10:00', 'Asia/Shanghai').getTime();

interface Scene {
  server: Server;
  address: string;
  gate: Gate;
  doubles: Doubles;
  office: Office;
  random: Random;
  /** How many letters the outbox has whose fate nobody knows; undefined where only the product can look into it. */
  unknown(): Promise<number | undefined>;
  /** Starts at this moment of the plan's clock if it is still to come, else with the clock as it goes. */
  start(at: number): Promise<void>;
  close(): Promise<void>;
}

/** Lets letters become due at every start, kills the product inside a send, and holds what people saw against the outbox. */
export async function strike(campaign: Campaign): Promise<Verdict> {
  const { kills, dataDir, databaseUrl } = campaign;
  const clock = createClock();
  clock.move(BEGAN - clock.now().getTime());
  const database = { dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
  const scene = await openScene(campaign, clock);
  const { server, doubles, gate, random } = scene;
  try {
    await prepareLedger(database, clock.now());
    const robots = gate.addresses[1] ?? '';
    const moments = Array.from({ length: kills }, (_, life) => new Date(BEGAN + life * STEP));
    const written = await putLetters(database, moments, SENDS, robots, random);
    const { struck, untold, last } = await lives(scene, campaign);
    await rest([server], [scene.address], clock);
    // Where it was ended early some were never due.
    const due = written.filter(({ dueAt }) => dueAt.getTime() <= last);
    const told: Record<string, number> = {};
    if (campaign.minute) {
      const at = clock.now();
      due.push(...(await putLetters(database, [at], SENDS, robots, random, written.length)));
      const seconds = await minute(scene);
      told['seconds until the office could read of it'] = seconds;
      if (seconds > A_MINUTE) untold.push({ what: 'the office was not told', where: 'within a minute' });
      await rest([server], [scene.address], clock);
    }
    const rows = await readLetters(database);
    const shown = doubles.shown();
    const faults = [...untold, ...judgeLetters(due, shown, rows)];
    return { faults, figures: { ...struck, ...count(due, shown, rows), ...told }, log: server.faults };
  } finally {
    await scene.close();
  }
}

async function openScene({ seed, program, dataDir, databaseUrl }: Campaign, clock: Clock): Promise<Scene> {
  const doubles = await openDoubles(clock);
  const { WECOM_API_BASE = '', DINGTALK_API_BASE = '' } = doubles.settings;
  const gate = await openGate([WECOM_API_BASE, DINGTALK_API_BASE]);
  const [wecom = '', dingtalk = ''] = gate.addresses;
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const server = createServer(program, {
    ...{ ...settings, ...doubles.settings, SANDBOX: '0', HOST: '127.0.0.1', PORT: `${port}` },
    ...{ WECOM_API_BASE: wecom, DINGTALK_API_BASE: dingtalk, DINGTALK_OAPI_BASE: dingtalk },
    ...{ DATA_DIR: dataDir, LOG_LEVEL: 'info' },
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
  const sql = databaseUrl === undefined ? undefined : postgres(databaseUrl, { max: 1, onnotice: () => {} });
  return {
    ...{ server, address, gate, doubles, random: createRandom(seed) },
    office: createOffice(address, `${seed}`, clock.now),
    unknown: async () => {
      if (!sql) return undefined;
      const [row] = await sql<{ unknown: number }[]>`
        select count(*)::int as unknown from letters where state = 'unknown'`;
      return row?.unknown;
    },
    start: (at) => {
      clock.move(Math.max(0, at - clock.now().getTime()));
      return server.start({ CLOCK_OFFSET_MS: `${Math.round(clock.offset())}` });
    },
    close: async () => {
      await server.kill();
      await gate.close();
      await doubles.close();
      await sql?.end();
    },
  };
}

interface Lived {
  /** How often it was struck in each phase. */
  struck: Record<string, number>;
  untold: LetterFault[];
  /** The moment of the last start. */
  last: number;
}

/** One life after the other, each ended inside a send. */
async function lives(scene: Scene, { kills, killed, enough }: Campaign): Promise<Lived> {
  const { random } = scene;
  const lived: Lived = { struck: {}, untold: [], last: BEGAN };
  let before: Phase | undefined;
  for (let life = 0; life < kills && !enough?.aborted; life++) {
    lived.last = BEGAN + life * STEP;
    const phase = random.pick(phases);
    // After an answer was read there may be nothing to tell of.
    const asks = before !== undefined && before !== 'read' && random.chance(ASKED);
    const hit = await liveAndDie(scene, lived.last, phase, async () => {
      if (!asks || (await isTold(scene))) return;
      lived.untold.push({ what: 'the office was not told', where: `of death ${life}, ${before}` });
    });
    before = hit ? phase : undefined;
    const name = hit ? `struck: ${phase}` : 'not struck';
    lived.struck[name] = (lived.struck[name] ?? 0) + 1;
    killed?.(life + 1);
  }
  return lived;
}

/** False where it sent too little to be struck. */
async function liveAndDie(
  { server, gate, random, start }: Scene,
  at: number,
  phase: Phase,
  came: () => Promise<void>,
): Promise<boolean> {
  let isThere = false;
  const hit = gate.aim(phase, phase === 'token' ? 1 : 1 + random.below(SENDS), {
    came: () => {
      isThere = true;
      return came();
    },
    hold: server.freeze,
    kill: async () => {
      if (phase === 'read') await after(random.below(MOMENT));
      await server.kill();
    },
  });
  await start(at);
  const isHit = await Promise.race([
    hit.then(() => true),
    after(LONGEST, false, { ref: false }).then((not) => (isThere ? hit.then(() => true) : not)),
    server.failure,
  ]);
  gate.rest();
  await server.kill();
  return isHit;
}

/** Whether the office reads of as many as the outbox has: there is one at least. Some may go again meanwhile. */
async function isTold({ office, unknown }: Scene): Promise<boolean> {
  const before = await unknown();
  const told = await office.doubts();
  const after = await unknown();
  if (before === undefined || after === undefined) return told > 0;
  return told > 0 && told >= Math.min(before, after) && told <= Math.max(before, after);
}

/** Dies in a send, starts at once with the clock as it goes, and asks until the office is told. */
async function minute(scene: Scene): Promise<number> {
  const { office, start } = scene;
  let before = 0;
  await liveAndDie(scene, 0, 'accepted', async () => {
    before = await office.doubts();
  });
  await start(0);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  while ((await office.doubts()) <= before && seconds() <= A_MINUTE) await after(1_000);
  const taken = seconds();
  await scene.server.stop();
  return taken;
}

function count(due: Written[], shown: Shown[], rows: Row[]): Record<string, number> {
  const having = (is: (copies: Shown[]) => boolean) =>
    due.filter(({ token }) => is(shown.filter(({ text }) => text.includes(token)))).length;
  const known = new Set(due.map(({ token }) => token));
  const mine = rows.filter(({ token }) => known.has(token));
  return {
    letters: due.length,
    'seen once': having(({ length }) => length === 1),
    'seen again with 〔补发〕': having(({ length }) => length > 1),
    'declared unknown to the end': mine.filter(({ state }) => state === 'unknown').length,
    'of these never seen': mine.filter(
      ({ state, token }) => state === 'unknown' && !shown.some(({ text }) => text.includes(token)),
    ).length,
  };
}
