// How fast it is, held against the floor (floor.ts) in the same run:
//   npm run bench
//   npm run bench -- --messages 20000 --rounds 5 --sizes 42,4200
// `--only speed`, `--only pglite`, `--only growth` or `--only memory` runs a part. Everything stays on this machine's loopback.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { instantOf } from '../../src/ledger/days.ts';
import { createClock } from '../../src/time.ts';
import { compile } from '../crash/build.ts';
import { grow } from './growth.ts';
import { createLedgers } from './ledgers.ts';
import { hold } from './memory.ts';
import { ways } from './messages.ts';
import { embed } from './pglite.ts';
import { embeddedTable, growthTable, memoryTable, speedTable } from './tables.ts';
import { leaveCore, pinned } from './target.ts';
import { compare, type Run } from './trial.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    burst: { type: 'string', default: '15000' },
    sizes: { type: 'string', default: '42,4200,42000,420000' },
    turns: { type: 'string', default: '41' },
    most: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
  },
});

/** Groups of the ledger: five a plan. */
const GROUPS = 150;
const offset = instantOf('2026-04-09', '10:00', 'Asia/Shanghai').getTime() - createClock().now().getTime();
const clock = createClock(offset);

leaveCore();
const dataDir = await mkdtemp(join(tmpdir(), 'duban-bench-'));
const { folder, remove } = await compile();
const print = (text: string) => process.stdout.write(`${text}\n`);
print(`${pinned ? 'each on core 0 alone' : 'not pinned'}, PostgreSQL with fsync, Node ${process.version}\n`);
try {
  if (does('speed')) await speed();
  if (does('pglite')) print(embeddedTable(await embed(join(dataDir, 'pglite'), clock)));
  if (does('growth')) await growth();
  if (does('memory')) await memory();
} finally {
  await remove();
  await rm(dataDir, { recursive: true, force: true });
}

function does(part: 'speed' | 'pglite' | 'growth' | 'memory'): boolean {
  return values.only === '' || values.only === part;
}

async function speed(): Promise<void> {
  const compiler = join(import.meta.dirname, '../../node_modules/.bin/tsc');
  const floor = join(import.meta.dirname, 'floor.ts');
  const flags = '--ignoreConfig --noCheck --module nodenext --target es2023 --types node --outDir';
  execFileSync(compiler, [floor, ...flags.split(' '), join(folder, 'floor')]);
  const plans = GROUPS / 5;
  const ledgers = await createLedgers(plans, clock.now());
  const run: Run = {
    ...{ ledgers, clock, plans, dataDir },
    messages: Number(values.messages),
    rounds: Number(values.rounds),
    burst: Number(values.burst),
    scripts: { floor: join(folder, 'floor/floor.js'), bot: join(folder, 'main.js') },
  };
  try {
    for (const way of ways) print(speedTable(way, await compare(run, way)));
  } finally {
    await ledgers.remove();
  }
}

async function growth(): Promise<void> {
  const ledgers = await createLedgers(1, clock.now());
  try {
    print(growthTable(await grow(ledgers, values.sizes.split(',').map(Number), Number(values.turns))));
  } finally {
    await ledgers.remove();
  }
}

async function memory(): Promise<void> {
  const plans = GROUPS / 5;
  const ledgers = await createLedgers(plans, clock.now());
  try {
    const scripts = { floor: '', bot: join(folder, 'main.js') };
    print(memoryTable(await hold({ ledgers, clock, plans, dataDir, scripts }, Number(values.most))));
  } finally {
    await ledgers.remove();
  }
}
