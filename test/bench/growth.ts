import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { accountAsOf } from '../../src/ledger/asOf.ts';
import { calendarOf } from '../../src/ledger/calendar.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { claim } from '../../src/ledger/outbox/claim.ts';
import { plansOf } from '../../src/ledger/people.ts';
import { survey } from '../../src/ledger/survey.ts';
import type { Ledgers } from './ledgers.ts';

const TODAY = '2026-04-09';
const calendar = calendarOf([]);
/** Letters that wait for one robot, of as many robots as there are plans. */
const LETTERS = 100;

export interface Grown {
  tasks: number;
  /** Milliseconds, the median of several: what one plan among all of them takes. */
  scan: number;
  bulletin: number;
  claim: number;
}

/**
 * What one plan's look costs among ever more plans of its size, each task with ten entries: the survey that the digest
 * and the search for what is newly overdue go by, a bulletin's account, and a claim from a hundred letters.
 */
export async function grow(ledgers: Ledgers, sizes: number[]): Promise<Grown[]> {
  const url = await ledgers.copy();
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  try {
    const grown: Grown[] = [];
    for (const tasks of sizes) {
      await fill(url, Math.round(tasks / 42));
      grown.push({ tasks, ...(await measure(store)) });
    }
    return grown;
  } finally {
    await store.close();
  }
}

async function measure(store: Store): Promise<Omit<Grown, 'tasks'>> {
  const { db } = store;
  const all = await plansOf(db);
  const plan = all[Math.floor(all.length / 2)];
  if (!plan) throw new Error('there is no plan');
  const now = new Date(`${TODAY}T10:00:00+08:00`);
  const leave = { may: () => true, repeats: () => false, fit: () => true, budget: () => ({ minute: 18 }) };
  return {
    scan: await median(() => survey(db, plan, TODAY, calendar)),
    bulletin: await median(() => accountAsOf(db, plan, '2026-03-31', calendar)),
    claim: await median(async () => {
      await claim(db, plan.id, `robot ${plan.id}`, now, leave);
      await db.execute(
        sql`update letters set state = 'pending', attempt = 0, tried_at = null where plan_id = ${plan.id}`,
      );
    }),
  };
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 11; turn++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[5] ?? 0;
}

/** Copies the first plan until there are so many, ten entries on each task; past the triggers, or it would take an hour. */
async function fill(url: string, count: number): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin`set session_replication_role = replica`;
  const [row] = await admin<{ plans: number; entries: number }[]>`
    select (select count(*)::int from plans) as plans, (select count(*)::int from entries) as entries`;
  const { plans: have = 0, entries = 0 } = row ?? {};
  for (const statement of [...(entries === 0 ? history : []), ...copies(have, count)])
    await admin.unsafe(statement);
  await admin`vacuum analyze`;
  await admin.end();
}

/** Ten entries and figures on each task of the first plan, and letters that wait. */
const history = [
  `insert into entries (plan_id, task_id, chain, seq, act, person_id, at, detail, prev, hash)
    select plan_id, id, code, seq, 'progress', 1, '2026-03-01'::timestamptz + seq * interval '1 hour', '{}', '', ''
    from tasks, generate_series(1, 10) seq`,
  `insert into postings (entry_id, indicator_id, period, happened_on, op, value, confirmed)
    select e.id, (select min(i.id) from indicators i where i.task_id = e.task_id), '2026', '2026-03-01', 'add', 1, true
    from entries e where exists (select from indicators i where i.task_id = e.task_id)`,
  `insert into letters (plan_id, key, push, platform, group_id, robot, reply, tasks, marks, uuid, state, created_at, due_at, expires_at)
    select p.id, 'letter ' || n, 'digest', 'wecom', g.id, 'robot ' || p.id, '{"lines":[]}', '{}', '{}', n, 'pending',
      '2026-04-09', '2026-04-09', '2026-04-10'
    from plans p, lateral (select min(id) as id from groups) g, generate_series(1, ${LETTERS}) n`,
];

/** Further than any id of the first plan lies. */
const STRIDE = 20_000;

/** The columns of each table that hold ids, all of which move by as much. */
const moved: Record<string, string[]> = {
  plans: ['id'],
  sections: ['id', 'plan_id'],
  people: ['id', 'plan_id', 'section_id'],
  groups: ['id', 'plan_id', 'section_id'],
  categories: ['id', 'plan_id'],
  measures: ['id', 'plan_id'],
  tasks: ['id', 'plan_id', 'leader_id', 'section_id'],
  indicators: ['id', 'task_id'],
  entries: ['id', 'plan_id', 'task_id', 'person_id'],
  postings: ['id', 'entry_id', 'indicator_id'],
  letters: ['id', 'plan_id', 'group_id'],
};

const renamed: Record<string, string> = {
  plans: `, 'code', t.code || k`,
  groups: `, 'chat_id', t.chat_id || k`,
  letters: `, 'key', t.key || ' ' || k, 'robot', 'robot ' || (t.plan_id + k * ${STRIDE})`,
};

const copies = (have: number, count: number): string[] =>
  Object.entries(moved).map(([table, ids]) => {
    const shifts = ids.map((id) => `'${id}', t.${id} + k * ${STRIDE}`).join(', ');
    return `insert into ${table}
      select (jsonb_populate_record(t, jsonb_build_object(${shifts}${renamed[table] ?? ''}))).*
      from ${table} t, generate_series(${have}, ${count - 1}) k where t.id < ${STRIDE}`;
  });
