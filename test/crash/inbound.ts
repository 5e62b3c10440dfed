// Loses no acknowledged update and doubles none, however often it is killed:
//   node --import tsx test/crash/inbound.ts --kills 1000 --database postgres
//   node --import tsx test/crash/inbound.ts --kills 500 --database pglite
// `--seed` makes the choices of another run again; `--build` tries another build than that of these sources.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServerForTests } from '../setup/server.ts';
import { compile } from './build.ts';
import { run, type Verdict } from './trial.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    database: { type: 'string', default: 'postgres' },
    seed: { type: 'string', default: `${process.pid}` },
    build: { type: 'string' },
  },
});
const dataDir = await mkdtemp(join(tmpdir(), 'duban-crash-'));
const server = values.database === 'postgres' ? await createServerForTests() : undefined;
const compiled = values.build === undefined ? await compile() : undefined;
try {
  process.stdout.write(`seed ${values.seed}\n`);
  const started = performance.now();
  const verdict = await run({
    kills: Number(values.kills),
    seed: Number(values.seed),
    build: compiled?.folder ?? values.build ?? '',
    dataDir,
    ...(server === undefined ? {} : { databaseUrl: server.url('postgres') }),
  });
  print(verdict, (performance.now() - started) / 1_000);
  process.exitCode = verdict.faults.length === 0 && verdict.chains.exit === 0 ? 0 : 1;
} finally {
  await compiled?.remove();
  await server?.remove();
  await rm(dataDir, { recursive: true, force: true });
}

function print({ faults, chains, figures, log }: Verdict, seconds: number): void {
  const lines = [
    ...Object.entries(figures).map(([what, count]) => `${count} ${what}`),
    `verify: exit ${chains.exit} ${chains.said}`,
    ...faults.slice(0, 20).map(({ what, where }) => `FAULT ${what}: ${where}`),
    ...log.slice(0, 5).map((line) => `LOG ${line.slice(0, 400)}`),
    `${faults.length} faults, ${log.length} lines of faults in the log, ${seconds.toFixed(0)} s`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
