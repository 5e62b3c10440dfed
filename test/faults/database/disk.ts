import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { openStore } from '../../../src/ledger/db.ts';
import { readLedger } from '../../crash/ledger.ts';
import { createRandom } from '../../crash/random.ts';
import { createBot } from './bot.ts';
import { createLived } from './lived.ts';
import type { Result } from './result.ts';
import { suffer } from './rounds.ts';

const run = promisify(execFile);

/** Bytes of one file of PostgreSQL's log, what a page of it has for us, and how much of the file is left for the bot. */
const LOG_FILE = 16 * 1024 * 1024;
const OF_PAGE = 8_168 / 8_192;
const LEFT = 24 * 1024;

export interface Disk {
  name: string;
  /** Makes the folder; gives why not where this machine has none. */
  open(folder: string): Promise<string | undefined>;
  /** What the bot is started with. */
  environment(folder: string): Record<string, string>;
  fill(folder: string): Promise<void>;
  clear(folder: string): Promise<void>;
  close(folder: string): Promise<void>;
}

/** Runs everywhere: the system's calls say what they say on a full disk. */
const played: Disk = {
  name: 'disk full',
  open: async () => undefined,
  environment: (folder) => ({
    FULL_DISK: `${folder}.full`,
    NODE_OPTIONS: `--require ${join(import.meta.dirname, 'fullDisk.cjs')}`,
  }),
  fill: (folder) => writeFile(`${folder}.full`, ''),
  clear: (folder) => rm(`${folder}.full`, { force: true }),
  close: async () => {},
};

/** A real one of its own, on Linux for root. */
const mounted: Disk = {
  name: 'disk really full',
  open: (folder) =>
    run('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'duban', folder]).then(
      () => undefined,
      () => 'only root on Linux can mount a disk of its own',
    ),
  environment: () => ({}),
  fill: (folder) => run('dd', ['if=/dev/zero', `of=${folder}/filling`, 'bs=64k']).then(ignore, ignore),
  clear: (folder) => rm(join(folder, 'filling'), { force: true }),
  close: (folder) => run('umount', [folder]).then(ignore),
};

const ignore = (): void => {};

export const disks: Disk[] = [played, mounted];

/** A bot on PGlite whose disk is full so many times, and has room again. A string says why it can't be tried here. */
export async function fillDisk(
  disk: Disk,
  build: string,
  rounds: number,
  seed: number,
  prepared?: (dataDir: string) => Promise<void>,
): Promise<Result | string> {
  const room = await mkdtemp(join(tmpdir(), 'duban-faults-'));
  const dataDir = join(room, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const cannot = await disk.open(dataDir);
  const bot = await createBot(build, { DATA_DIR: dataDir, ...disk.environment(dataDir) });
  const lived = createLived();
  try {
    if (cannot !== undefined) return `${disk.name}: ${cannot}`;
    await prepared?.(dataDir);
    await useUpLog(dataDir);
    await bot.start();
    const lines = async () => {
      await bot.stop();
      return readLedger({ dataDir });
    };
    const world = { bot, lived, random: createRandom(seed), poured: [], isTidy: async () => true, lines };
    const begin = async () => {
      await disk.fill(dataDir);
      return () => disk.clear(dataDir);
    };
    return await suffer(world, { name: disk.name, ready: 'red', senders: 4, begin }, rounds, seed);
  } finally {
    lived.end();
    await bot.kill();
    if (cannot === undefined) await disk.close(dataDir);
    await rm(room, { recursive: true, force: true });
  }
}

/** Until the next file of the log is nearly due, which is what a full disk doesn't give. */
async function useUpLog(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  const used = sql<number>`(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') % ${LOG_FILE})::int`;
  const [row] = await store.db.select({ used }).from(sql`(select 1) as one`);
  const rest = Math.floor((LOG_FILE - LEFT - (row?.used ?? 0)) * OF_PAGE);
  if (rest > 0)
    await store.db.execute(sql`select pg_logical_emit_message(true, 'filling', repeat('x', ${rest}))`);
  await store.close();
}
