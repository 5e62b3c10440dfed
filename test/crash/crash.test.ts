import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databaseUrl } from '../setup/stores.ts';
import { compile, pack } from './build.ts';
import { strike } from './strikes.ts';
import { run } from './trial.ts';

let build: Awaited<ReturnType<typeof compile>>;
let program: string;
let folder: string;
beforeAll(async () => {
  build = await compile();
  program = await pack(build.folder);
  folder = await mkdtemp(join(tmpdir(), 'duban-crash-'));
});
afterAll(async () => {
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

const SLOW = 180_000;
const seed = process.pid;
const kinds = [
  { database: 'PostgreSQL', kills: 5, open: postgres },
  { database: 'PGlite', kills: 2, open: pglite },
];

async function postgres() {
  return { dataDir: await mkdtemp(join(folder, 'data-')), databaseUrl: await databaseUrl() };
}

/** A database that is made already, because making one takes longer than all the kills. */
async function pglite() {
  const dataDir = await mkdtemp(join(folder, 'data-'));
  const home = join(dataDir, 'pglite');
  await mkdir(home, { mode: 0o700 });
  await promisify(execFile)('tar', ['-xf', inject('pglite'), '-C', home]);
  return { dataDir };
}

describe('a server that is killed again and again while people report', () => {
  test.each(kinds)(
    'loses nothing, doubles nothing and tells the truth on $database',
    async ({ kills, open }) => {
      const verdict = await run({ kills, seed, build: build.folder, program, ...(await open()) });
      expect(verdict, `seed ${seed}`).toMatchObject({ faults: [], chains: { exit: 0 }, log: [] });
      expect(verdict.figures['told 已记录']).toBeGreaterThan(0);
    },
    SLOW,
  );

  test(
    'and is one of two, says nothing twice unasked either',
    async () => {
      const trial = { kills: 5, seed, build: build.folder, program, processes: 2 };
      const verdict = await run({ ...trial, ...(await postgres()) });
      expect(verdict, `seed ${seed}`).toMatchObject({ faults: [], chains: { exit: 0 }, log: [] });
      expect(verdict.figures).toMatchObject({ letters: 32 });
    },
    SLOW,
  );
});

describe('a server that is killed inside a send', () => {
  test.each(kinds)(
    'loses no letter, shows none again without a mark, and the office reads of it on $database',
    async ({ kills, open }) => {
      const verdict = await strike({ kills, seed, program, ...(await open()) });
      expect(verdict, `seed ${seed}`).toMatchObject({ faults: [], log: [] });
      const { 'not struck': missed = 0 } = verdict.figures;
      expect(missed).toBeLessThanOrEqual(kills / 2);
    },
    SLOW,
  );
});
