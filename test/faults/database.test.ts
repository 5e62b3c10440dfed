import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { compile } from '../crash/build.ts';
import { campaign } from './database/campaign.ts';

let build: Awaited<ReturnType<typeof compile>>;
beforeAll(async () => {
  build = await compile();
});
afterAll(() => build.remove());

/** A database that is made already, because making one takes longer than what is tried. */
async function prepared(dataDir: string): Promise<void> {
  const home = join(dataDir, 'pglite');
  await mkdir(home, { mode: 0o700 });
  await promisify(execFile)('tar', ['-xf', inject('pglite'), '-C', home]);
}

describe('the built server', () => {
  test.each([
    [
      'tells everybody the truth and is itself again, whatever becomes of its PostgreSQL',
      [
        ...['down', 'slow', 'half-open', 'forgotten connections', 'connections cut', 'answer of COMMIT lost'],
        ...['… and nobody to ask', 'pool exhausted', 'no connection left'],
      ],
    ],
    ['tells everybody the truth and is itself again where its disk was full', ['disk full']],
    ['is the only one on its folder', ['two openers']],
    ['comes up six times at once on an empty database, which is made once', ['migration race']],
    [
      'comes up whole after its first start was killed',
      ['first start killed (PostgreSQL)', 'first start killed (PGlite)'],
    ],
  ])(
    '%s',
    async (_, names) => {
      const tried: string[] = [];
      const isChosen = (name: string) => names.includes(name);
      const seed = process.pid;
      for await (const result of campaign({ build: build.folder, rounds: 1, seed, isChosen, prepared })) {
        if (typeof result === 'string') throw new Error(result);
        expect(result.findings, `seed ${seed}`).toEqual([]);
        tried.push(result.name);
      }
      expect(tried).toEqual(names);
    },
    300_000,
  );
});
