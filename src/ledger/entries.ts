import { randomBytes } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Db, given, statement } from './db.ts';
import type { Posting } from './rules/indicator.ts';
import { entries, plans, postings, tasks, words } from './schema.ts';
import { sha256 } from './seal.ts';
import type { EntryAct, TaskState } from './terms.ts';

/** Who did it, in which chat, by which message, when, and in which words. */
export interface Origin {
  personId: number | null;
  /** Where that person sits. */
  sectionId?: number | null;
  forPersonId?: number | null;
  platform: string | null;
  chat: string | null;
  messageId: string | null;
  at: Date;
  /** As typed; they are kept apart from the entry. Empty where nothing is to be kept. */
  words: string;
}

/** What the clock, a platform or the machine's own command line brings about, nobody says. */
export const nobody = (at: Date): Origin => ({
  ...{ personId: null, platform: null, chat: null, messageId: null },
  ...{ at, words: '' },
});

/** The same person at the same time, with other words to be kept; none where they are a code, or tell nothing. */
export const saying = (origin: Origin, words: string): Origin => ({ ...origin, words });

/** The chain that an entry is written to, with its head as read under the lock of the row that holds it. */
export interface Chain {
  planId: number;
  taskId: number | null;
  name: string;
  headSeq: number;
  headHash: string;
}

export type EntryRow = typeof entries.$inferSelect;

const values = {
  planId: given('planId', entries.planId),
  taskId: given('taskId', entries.taskId),
  chain: given('chain', entries.chain),
  seq: given('seq', entries.seq),
  act: given('act', entries.act),
  personId: given('personId', entries.personId),
  sectionId: given('sectionId', entries.sectionId),
  forPersonId: given('forPersonId', entries.forPersonId),
  platform: given('platform', entries.platform),
  chat: given('chat', entries.chat),
  messageId: given('messageId', entries.messageId),
  at: given('at', entries.at),
  detail: given('detail', entries.detail),
  wordsHash: given('wordsHash', entries.wordsHash),
  prev: given('prev', entries.prev),
  hash: given('hash', entries.hash),
};

/**
 * Writes one entry at the head of its chain and moves the head. The caller holds the lock of the task's row, or of
 * the plan's, since before it read the head: a chain can't fork. What else the act changes is written in the same
 * statement.
 */
export async function write(
  tx: Db,
  chain: Chain,
  act: EntryAct,
  detail: Record<string, unknown>,
  origin: Origin,
  { state = null, postings: figures = [] }: With = {},
): Promise<EntryRow> {
  const salt = origin.words === '' ? '' : randomBytes(12).toString('hex');
  const body = {
    planId: chain.planId,
    taskId: chain.taskId,
    chain: chain.name,
    seq: chain.headSeq + 1,
    act,
    personId: origin.personId,
    sectionId: origin.sectionId ?? null,
    forPersonId: origin.forPersonId ?? null,
    platform: origin.platform,
    chat: origin.chat,
    messageId: origin.messageId,
    at: origin.at,
    detail,
    wordsHash: origin.words === '' ? null : sha256(salt + origin.words),
    prev: chain.headHash,
  };
  const hash = hashOf(body);
  const append = chain.taskId === null ? appendToPlan : appendToTask;
  const [row] = await append(tx, { ...body, hash, salt, said: origin.words, state, figures });
  if (!row) throw new Error('the entry came back empty');
  Object.assign(chain, { headSeq: body.seq, headHash: hash });
  return { id: row.id, ...body, hash };
}

/** What an act changes besides. */
export interface With {
  /** Where it brings the task. */
  state?: TaskState | null;
  /** What it says about figures. */
  postings?: Posting[];
}

type Body = Omit<EntryRow, 'id'> & {
  salt: string;
  said: string;
  state: TaskState | null;
  figures: Posting[];
};

const appendToTask = appending(tasks, tasks.id, 'taskId', {
  state: sql`coalesce(${given('state', tasks.state)}, ${tasks.state})`,
});
const appendToPlan = appending(plans, plans.id, 'planId');

/** One statement for the entry, the words beside it, and the head of its chain. */
function appending(
  table: typeof tasks | typeof plans,
  id: PgColumn,
  holder: 'taskId' | 'planId',
  more: Record<string, SQL> = {},
) {
  return statement<Body, { id: number }[]>((db) => {
    const entry = db.$with('entry').as(db.insert(entries).values(values).returning({ id: entries.id }));
    const spoken = db.$with('spoken').as(
      db
        .insert(words)
        .select(
          sql`select ${entry.id}, ${given('salt', words.salt)}, ${given('said', words.text)} from ${entry} where ${given('said', words.text)} <> ''`,
        )
        .returning({ entryId: words.entryId }),
    );
    const head = db.$with('head').as(
      db
        .update(table)
        .set({ headSeq: given('seq', entries.seq), headHash: given('hash', entries.hash), ...more })
        .where(eq(id, given(holder, id)))
        .returning({ id }),
    );
    const posted = db.$with('posted').as(
      db
        .insert(postings)
        .select(postingsIn(sql`${entry}`))
        .returning({ id: postings.id }),
    );
    return db.with(entry, spoken, head, posted).select({ id: entry.id }).from(entry).prepare('append');
  });
}

/** However many of them, as one value. */
const postingsIn = (entry: SQL): SQL => sql`
  select nextval('postings_id_seq'), ${entry}.id, p."indicatorId", p."personId", p.period, p."happenedOn", p.op, p.value,
    p.part, p.facet, p.confirmed, null, null
  from ${entry}, jsonb_to_recordset(${given('figures', entries.detail)}) as p("indicatorId" int, "personId" int, period text,
    "happenedOn" date, op text, value numeric, part numeric, facet text, confirmed boolean)`;

/** SHA-256 over a canonical text of the entry and the hash before it. */
export function hashOf(entry: Omit<EntryRow, 'id' | 'hash'>): string {
  return sha256(
    JSON.stringify([
      entry.planId,
      entry.chain,
      entry.seq,
      entry.act,
      entry.personId,
      entry.sectionId,
      entry.forPersonId,
      entry.platform,
      entry.chat,
      entry.messageId,
      entry.at.toISOString(),
      sorted(entry.detail),
      entry.wordsHash,
      entry.prev,
    ]),
  );
}

/** Whether an entry has been taken back since. */
export const isUndone: SQL = sql`exists (
  select 1 from ${entries} later where later.plan_id = ${entries.planId} and later.chain = ${entries.chain}
    and later.act = 'undo' and later.detail -> 'undoes' @> to_jsonb(${entries.seq}))`;

/** JSON whose keys stand in one order, however the database gave them back. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
