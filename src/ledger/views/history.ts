import { and, arrayOverlaps, count, desc, eq, gte, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import { type Day, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { Plan } from '../plan.ts';
import { entries, people, sections, tasks, words } from '../schema.ts';
import type { EntryAct } from '../terms.ts';

export interface HistoryLine {
  seq: number;
  act: EntryAct;
  at: Date;
  detail: Record<string, unknown>;
  personId: number | null;
  name: string | null;
  section: string | null;
  /** Whether a leader or the secretary said it. */
  byLeader: boolean;
  /** The words as said; null where none were kept, or they have been sealed (封存). */
  said: string | null;
  /** Whether the same message also spoke of a restricted matter elsewhere: then its words are not for this task's readers. */
  mixed: boolean;
  sealed: boolean;
}

/** Another entry by the same message, on a task or an indicator that is restricted. */
export const elsewhere = sql`exists (
  select 1 from entries other
  join tasks on tasks.id = other.task_id
  left join indicators on indicators.task_id = other.task_id and indicators.code = other.detail ->> 'indicator'
  where other.platform = ${entries.platform} and other.message_id = ${entries.messageId}
    and other.person_id = ${entries.personId} and other.id <> ${entries.id}
    and coalesce(indicators.level, tasks.level) in ('office', 'self')
)`;

/** The section that an entry's speaker sat in when it was written; today's where the entry doesn't say. */
const satThen = eq(sections.id, sql`coalesce(${entries.sectionId}, ${people.sectionId})`);

/** The entry by which something was taken back. */
export const withdrawal = alias(entries, 'withdrawal');

/** Whether what an entry brought stood at an instant: written before, and not taken back before either. */
export const stoodAt = (withdrawnBy: PgColumn, until: Date) =>
  and(lt(entries.at, until), or(isNull(withdrawnBy), gte(withdrawal.at, until)));

/** The last entries of a task, newest first. */
export async function historyOf(db: Db, planId: number, chain: string, most: number): Promise<HistoryLine[]> {
  return db
    .select({
      seq: entries.seq,
      act: entries.act,
      at: entries.at,
      detail: entries.detail,
      personId: entries.personId,
      name: people.address,
      section: sections.name,
      byLeader: sql<boolean>`coalesce(${arrayOverlaps(people.roles, ['secretary', 'leader'])}, false)`,
      said: words.text,
      mixed: sql<boolean>`${elsewhere}`,
      sealed: sql<boolean>`${entries.wordsHash} is not null and ${words.text} is null`,
    })
    .from(entries)
    .leftJoin(people, eq(people.id, entries.personId))
    .leftJoin(sections, satThen)
    .leftJoin(words, eq(words.entryId, entries.id))
    .where(and(eq(entries.planId, planId), eq(entries.chain, chain)))
    .orderBy(desc(entries.seq))
    .limit(most);
}

/** How many entries of each act were written on the plan's tasks from this day on; standing duties apart. */
export async function actsSince(db: Db, plan: Plan, since: Day): Promise<Map<EntryAct, number>> {
  const rows = await db
    .select({ act: entries.act, times: count() })
    .from(entries)
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .where(and(eq(entries.planId, plan.id), isNotNull(tasks.serial), gte(entries.at, startOf(plan, since))))
    .groupBy(entries.act);
  return new Map(rows.map(({ act, times }) => [act, times]));
}
