// What the database can do to the bot, and the truth all the while:
//   node --import tsx test/faults/database.ts --rounds 20 --seed 1
// `--only slow,down` makes some of them; `--build` tries another build than that of these sources.
import { parseArgs } from 'node:util';
import { compile } from '../crash/build.ts';
import { lineOf } from './database/result.ts';
import { sufferTroubles } from './database/rounds.ts';
import { troubles } from './database/troubles.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: `${process.pid}` },
    only: { type: 'string' },
    build: { type: 'string' },
  },
});
const compiled = values.build === undefined ? await compile() : undefined;
const build = compiled?.folder ?? values.build ?? '';
const only = values.only?.split(',');
const chosen = troubles.filter(({ name }) => only?.includes(name) ?? true);
try {
  process.stdout.write(`seed ${values.seed}\n`);
  for await (const result of sufferTroubles(build, chosen, Number(values.rounds), Number(values.seed))) {
    process.stdout.write(`${lineOf(result)}\n`);
    for (const { what, where } of result.findings.slice(0, 5))
      process.stdout.write(`  FAULT ${what}: ${where}\n`);
    if (result.findings.length > 0) process.exitCode = 1;
  }
} finally {
  await compiled?.remove();
}
