// Breaks the code of a rule in every small way and asks whether a test notices:
//   node --import tsx test/mutation/run.ts --area signature [--sample 200] [--seed 1]
// `--only links` takes the files with that in their names, `--again` what no test noticed the last time. A part whose
// tests are pure is run by pure.ts; with `--vitest` by Stryker and Vitest like the others, which must come to the same.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areas, type Part } from './areas.ts';
import { pure } from './pure.ts';
import { type Result, read, together } from './report.ts';

/** The last Stryker for Node 20. It is fetched when it is first asked for, and no part of `npm ci`. */
const VERSION = '9.6.1';
const VITEST = 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js';
const TYPESCRIPT = ['--import', 'tsx'];
const home = 'node_modules/.cache/mutation';

const { values } = parseArgs({
  options: {
    area: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    again: { type: 'boolean', default: false },
    vitest: { type: 'boolean', default: false },
  },
});
const area = areas[values.area ?? ''];
if (!area) throw new Error(`--area must be one of ${Object.keys(areas).join(', ')}`);

const stryker = join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js');
if (!existsSync(stryker)) {
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  const quietly = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', '--prefix', home, ...quietly, ...packages], { stdio: 'inherit' });
}

const survived = join(home, `${values.area}.json`);
const here = (path: string) => join(import.meta.dirname, '../..', path);
const known: unknown = JSON.parse(readFileSync(here('test/mutation/survivors.json'), 'utf8'));

/** Breaks the files of one part; of all mutants, or of so many drawn by lot. */
async function broken(part: Part, sample: number | undefined): Promise<Result> {
  Object.assign(process.env, {
    DUBAN_TESTS: JSON.stringify(part.tests),
    DUBAN_SAMPLE: `${sample ?? ''}`,
    DUBAN_SEED: values.seed,
    DUBAN_ONLY: values.again ? here(survived) : '',
  });
  const found = part.pure && !values.vitest ? await pure(part, here(stryker)) : byStryker(part, sample);
  return read(found, known);
}

function byStryker({ mutate, quick }: Part, sample: number | undefined): unknown {
  // Not below node_modules: what lies there isn't compiled for a test.
  const folder = mkdtempSync(join(tmpdir(), 'duban-mutation-'));
  const report = join(folder, 'report.json');
  const settings = {
    testRunner: 'vitest',
    plugins: [here(join(home, VITEST)), here('test/mutation/sample.ts')],
    // Every process loads every plugin.
    ...{ checkerNodeArgs: TYPESCRIPT, testRunnerNodeArgs: TYPESCRIPT },
    // Not `testFiles`: with those Stryker never switches on what is broken outside of a function.
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    mutate,
    checkers: sample === undefined && !values.again ? [] : ['sample'],
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: report },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A slow machine's tests aren't a mutant's endless loop.
    ...{ timeoutMS: quick ? 10_000 : 60_000, timeoutFactor: 4 },
    disableTypeChecks: false,
    tsconfigFile: 'none',
    tempDirName: join(folder, 'copy'),
    warnings: false,
  };
  const configuration = join(folder, 'stryker.json');
  writeFileSync(configuration, JSON.stringify(settings));
  const ended = spawnSync(process.execPath, [...TYPESCRIPT, stryker, 'run', configuration], {
    stdio: 'inherit',
  });
  if (ended.status !== 0) throw new Error(`Stryker ended with ${ended.status}`);
  const found: unknown = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true });
  return found;
}

const each = values.sample === undefined ? undefined : Math.ceil(Number(values.sample) / area.parts.length);
const results: Result[] = [];
for (const part of area.parts) {
  const { only } = values;
  if (only === undefined || part.mutate.some((path) => path.includes(only)))
    results.push(await broken(part, each));
}
const { detected, timeouts, equivalent, survivors, places } = together(results);
writeFileSync(here(survived), JSON.stringify(places));
const score = (100 * detected) / (detected + survivors.length);
for (const found of survivors) process.stdout.write(`SURVIVES ${JSON.stringify(found)}\n`);
process.stdout.write(
  `${values.area}: ${detected + equivalent + survivors.length} mutants, ${detected} noticed (${timeouts} by never ending), ` +
    `${equivalent} that change nothing, ${survivors.length} survive: ${score.toFixed(1)} % (bar ${area.bar} %)\n`,
);
process.exitCode = score >= area.bar ? 0 : 1;
