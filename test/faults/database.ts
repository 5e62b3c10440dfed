// What the database can do to the bot, and whether people are told the truth all the while:
//   node --import tsx test/faults/database.ts --rounds 20 --seed 1
// `--only slow,down` tries some of it; `--build` tries another build than that of these sources, and `--broken half-made`
// one that is broken on purpose.
import { parseArgs } from 'node:util';
import { compile } from '../crash/build.ts';
import { campaign } from './database/campaign.ts';
import { lineOf } from './database/result.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: `${process.pid}` },
    only: { type: 'string' },
    build: { type: 'string' },
    broken: { type: 'string' },
  },
});
const compiled = values.build === undefined ? await compile(values.broken) : undefined;
const only = values.only?.split(',');
try {
  process.stdout.write(`seed ${values.seed}\n`);
  const results = campaign({
    build: compiled?.folder ?? values.build ?? '',
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    isChosen: (name) => only?.includes(name) ?? true,
  });
  for await (const result of results) {
    if (typeof result === 'string') {
      process.stdout.write(`NOT TRIED ${result}\n`);
      continue;
    }
    process.stdout.write(`${lineOf(result)}\n`);
    for (const { what, where } of result.findings.slice(0, 5)) {
      process.stdout.write(`  FAULT ${what}: ${where.replaceAll(`\n`, ` `)}\n`);
    }
    if (result.findings.length > 0) process.exitCode = 1;
  }
} finally {
  await compiled?.remove();
}
