// Breaks the code of a rule in every small way and asks whether a test notices:
//   node --import tsx test/mutation/run.ts --area signature [--sample 200] [--seed 1]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areas } from './areas.ts';
import { read } from './report.ts';

/** The last Stryker for Node 20. It is fetched when it is first asked for, and no part of `npm ci`. */
const VERSION = '9.6.1';
const home = 'node_modules/.cache/mutation';

const { values } = parseArgs({
  options: { area: { type: 'string' }, sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const area = areas[values.area ?? ''];
if (!area) throw new Error(`--area must be one of ${Object.keys(areas).join(', ')}`);

const stryker = join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js');
if (!existsSync(stryker)) {
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  const quietly = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', '--prefix', home, ...quietly, ...packages], { stdio: 'inherit' });
}

// Not below node_modules: what lies there isn't compiled for a test.
const folder = mkdtempSync(join(tmpdir(), 'duban-mutation-'));
const report = join(folder, 'report.json');
const here = (path: string) => join(import.meta.dirname, '../..', path);
const settings = {
  testRunner: 'vitest',
  plugins: [
    here(join(home, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')),
    here('test/mutation/sample.mjs'),
  ],
  vitest: { configFile: 'test/vitest.config.ts', related: false },
  mutate: area.mutate,
  testFiles: area.tests,
  checkers: values.sample ? ['sample'] : [],
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: report },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A slow machine's tests aren't a mutant's endless loop.
  ...{ timeoutMS: 60_000, timeoutFactor: 4 },
  disableTypeChecks: false,
  tsconfigFile: 'none',
  tempDirName: join(folder, 'copy'),
};
const configuration = join(folder, 'stryker.json');
writeFileSync(configuration, JSON.stringify(settings));
const ended = spawnSync(process.execPath, [stryker, 'run', configuration], {
  env: { ...process.env, DUBAN_MUTANTS: `${values.sample ?? ''}:${values.seed}` },
  stdio: 'inherit',
});
if (ended.status !== 0) throw new Error(`Stryker ended with ${ended.status}`);

const known = JSON.parse(readFileSync(here('test/mutation/survivors.json'), 'utf8'));
const result = read(JSON.parse(readFileSync(report, 'utf8')), known);
rmSync(folder, { recursive: true });
const { detected, timeouts, equivalent, survivors } = result;
const score = (100 * detected) / (detected + survivors.length);
for (const each of survivors) process.stdout.write(`SURVIVES ${JSON.stringify(each)}\n`);
process.stdout.write(
  `${values.area}: ${detected + equivalent + survivors.length} mutants, ${detected} noticed (${timeouts} by never ending), ` +
    `${equivalent} that change nothing, ${survivors.length} survive: ${score.toFixed(1)} % (bar ${area.bar} %)\n`,
);
process.exitCode = score >= area.bar ? 0 : 1;
