import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databaseUrl } from '../setup/stores.ts';
import { compile, pack } from './build.ts';
import { run } from './trial.ts';

let build: Awaited<ReturnType<typeof compile>>;
let program: string;
let dataDir: string;
beforeAll(async () => {
  build = await compile();
  program = await pack(build.folder);
  dataDir = await mkdtemp(join(tmpdir(), 'duban-crash-'));
});
afterAll(async () => {
  await build.remove();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a server that is killed again and again while people report', () => {
  test.each([
    { database: 'PostgreSQL', kills: 5, prepare: async () => ({ databaseUrl: await databaseUrl() }) },
    { database: 'PGlite', kills: 3, prepare: preparePglite },
  ])(
    'loses nothing, doubles nothing and tells the truth on $database',
    async ({ kills, prepare }) => {
      const seed = process.pid;
      const verdict = await run({
        ...{ kills, seed, build: build.folder, program, dataDir },
        ...(await prepare()),
      });
      expect(verdict, `seed ${seed}`).toMatchObject({ faults: [], chains: { exit: 0 }, log: [] });
      expect(verdict.figures['told 已记录']).toBeGreaterThan(0);
    },
    180_000,
  );
});

/** A database that is made already, because making one takes longer than all the kills. */
async function preparePglite(): Promise<object> {
  const home = join(dataDir, 'pglite');
  await mkdir(home, { mode: 0o700 });
  await promisify(execFile)('tar', ['-xf', inject('pglite'), '-C', home]);
  return {};
}
