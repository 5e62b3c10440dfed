import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServerForTests } from '../setup/server.ts';
import { compile, pack } from './build.ts';

export interface Given {
  kills: number;
  seed: number;
  processes?: number;
  /** Where the compiled product lies, and what is started of it. */
  build: string;
  program: string;
  dataDir: string;
  databaseUrl?: string;
  killed(kills: number): void;
  enough: AbortSignal;
}

export interface Told {
  faults: { what: string; where: string }[];
  figures: Record<string, number>;
  /** What the servers' logs tell of faults. */
  log: string[];
  /** What else there is to say. */
  notes?: string[];
}

/** Kills between two lines. */
const STEP = 25;

/** A trial as somebody runs it: with the database and the build that the command line asks for, and its figures printed. */
export async function runScript(trial: (given: Given) => Promise<Told>): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' },
      database: { type: 'string', default: 'postgres' },
      processes: { type: 'string' },
      seed: { type: 'string', default: `${process.pid}` },
      broken: { type: 'string' },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'duban-crash-'));
  const server = values.database === 'postgres' ? await createServerForTests() : undefined;
  const { folder, remove } = await compile(values.broken);
  try {
    const [kills, seed] = [Number(values.kills), Number(values.seed)];
    say(`seed ${seed}`);
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
    let made = 0;
    const told = await trial({
      ...{ kills, seed, dataDir },
      ...(values.processes === undefined ? {} : { processes: Number(values.processes) }),
      ...{ build: folder, program: await pack(folder), enough: asked() },
      killed: (count) => {
        made = count;
        if (count % STEP === 0) say(`${count} of ${kills} kills, ${seconds()}`);
      },
      ...(server === undefined ? {} : { databaseUrl: server.url('postgres') }),
    });
    say(
      `${made} kills`,
      ...Object.entries(told.figures).map(([what, count]) => `${count} ${what}`),
      ...(told.notes ?? []),
      ...counted(told.faults.map(({ what }) => what)),
      ...told.faults.slice(0, 20).map(({ what, where }) => `FAULT ${what}: ${where}`),
      ...told.log.slice(0, 5).map((line) => `LOG ${line.slice(0, 400)}`),
      `${told.faults.length} faults, ${told.log.length} lines of faults in the log, ${seconds()}`,
    );
    process.exitCode = told.faults.length === 0 ? 0 : 1;
  } finally {
    await remove();
    await server?.remove();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const say = (...lines: string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(''));

/** How often each was said. */
const counted = (said: string[]): string[] =>
  [...new Set(said)].map((each) => `${said.filter((other) => other === each).length} times: ${each}`);

/** Asked to end early, it kills no more. */
function asked(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  return ending.signal;
}
