import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { pino } from 'pino';
import { createBot } from '../../src/bot.ts';
import { storeOn } from '../../src/ledger/db/pglite.ts';
import { openStore } from '../../src/ledger/db.ts';
import { loadPlan } from '../../src/ledger/plan/load.ts';
import type { Clock } from '../../src/time.ts';
import { message, planNumber } from './messages.ts';
import { parts, pass } from './morning.ts';

/** Milliseconds of processor time that a message takes, the median of the rounds. */
export interface Embedded {
  plain: number;
  bot: number;
}

const ROUNDS = 5;
const A_ROUND = 200;

/**
 * The bot from message to reply on the embedded database, against the three writes of a report in one transaction on
 * it, by turns in this process. PGlite runs in the thread that asks, so what counts is the time of the processor.
 */
export async function embed(dataDir: string, clock: Clock): Promise<Embedded> {
  const made = await openStore({ dataDir });
  await made.db.transaction((tx) => loadPlan(tx, planNumber(1), clock.now()));
  await pass(made, clock.now());
  await made.close();
  const client = await PGlite.create(join(dataDir, 'pglite'));
  // As PGlite has it, before the product prepares anything.
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  const store = await storeOn(client);
  const log = pino({ level: 'silent' });
  const bot = createBot({ store, clock, log, botNames: ['督办'], ways: parts.ways, patience: 60_000 });
  const [known] = (await client.query<Known>(whose)).rows;
  if (!known) throw new Error('the plan has no indicator');
  let said = 0;
  const sides = {
    plain: () => transaction((tx) => write(tx, known, said++, clock.now())),
    bot: async () => {
      const { id, sender, chat, text } = message('WeCom JSON', said++, 1, randomUUID());
      const place = chat === undefined ? { kind: 'single' as const } : { kind: 'group' as const, id: chat };
      const words = { platform: 'wecom' as const, bot: 'robot', id, sender, chat: place, text, proof: id };
      if ((await bot.handle(words)) === null) throw new Error(`no answer to ${text}`);
    },
  };
  const times = { plain: [] as number[], bot: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    for (const side of ['plain', 'bot'] as const) {
      const before = process.cpuUsage();
      for (let nth = 0; nth < A_ROUND; nth++) await sides[side]();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[side].push((user + system) / 1_000 / A_ROUND);
    }
  }
  await store.close();
  const middle = (values: number[]) => values.toSorted((one, other) => one - other)[ROUNDS >> 1] ?? 0;
  return { plain: middle(times.plain), bot: middle(times.bot) };
}

interface Known {
  plan: number;
  task: number;
  person: number;
  indicator: number;
}

const whose = `select t.plan_id as plan, t.id as task, i.id as indicator, (select min(id) from people) as person
  from tasks t join indicators i on i.task_id = t.id limit 1`;

/** The message taken, its entry, its figure. */
async function write(tx: Transaction, { plan, task, person, indicator }: Known, nth: number, now: Date) {
  const id = randomUUID();
  const hash = createHash('sha256').update(id).digest('hex');
  await tx.query(
    `insert into inbox (platform, bot, message_id, sender, chat, person_id, at, proof, reply)
    values ('wecom', 'robot', $1, 'plain', 'plain', $2, $3, '', $4)`,
    [id, person, now, { lines: ['已记录'] }],
  );
  const { rows } = await tx.query<{ id: number }>(
    `insert into entries (plan_id, task_id, chain, seq, act, person_id, platform, chat, message_id, at, detail, prev, hash)
    values ($1, $2, 'plain', $3, 'progress', $4, 'wecom', 'plain', $5, $6, '{}', '', $7) returning id`,
    [plan, task, nth, person, id, now, hash],
  );
  await tx.query(
    `insert into postings (entry_id, indicator_id, period, happened_on, op, value, confirmed)
    values ($1, $2, '2026', $3, 'add', 1, true)`,
    [rows[0]?.id, indicator, now],
  );
}
