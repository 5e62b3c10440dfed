import { and, asc, eq, isNull, max } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Day, dayOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import type { IndicatorRow, Plan } from '../plan.ts';
import { counterOf, countersOf } from '../rules/counter.ts';
import { periodOf } from '../rules/period.ts';
import { entries, registerRows, sections, words } from '../schema.ts';
import type { EntryAct, Register } from '../terms.ts';
import { note, record } from './report.ts';

/** One line of a register. */
export interface Row {
  number: number;
  /** Null once the words are sealed. */
  what: string | null;
  section: string | null;
  day: Day;
  due: Day | null;
  doneOn: Day | null;
}

export interface NewRow {
  register: Register;
  /** Whose it is, or which section was visited. */
  sectionId: number | null;
  day: Day;
  due: Day | null;
  /** Of education: its share is counted. */
  education: boolean;
}

const done = alias(entries, 'done');

/** The lines of a register in their order. */
export async function rowsOf(db: Db, plan: Plan, register: Register): Promise<Row[]> {
  const rows = await db
    .select({ row: registerRows, what: words.text, section: sections.name, doneAt: done.at })
    .from(registerRows)
    .leftJoin(words, eq(words.entryId, registerRows.entryId))
    .leftJoin(sections, eq(sections.id, registerRows.sectionId))
    .leftJoin(done, eq(done.id, registerRows.doneEntryId))
    .where(and(eq(registerRows.planId, plan.id), eq(registerRows.register, register)))
    .orderBy(asc(registerRows.number));
  return rows.map(({ row, what, section, doneAt }) => ({
    ...{ number: row.number, what, section, day: row.day, due: row.due },
    doneOn: doneAt === null ? null : dayOf(doneAt, plan.timeZone),
  }));
}

export const isKept = async (db: Db, plan: Plan, register: Register): Promise<boolean> =>
  (await rowsOf(db, plan, register)).length > 0;

/** Enters a line, with the figure that follows from it. The caller holds the task's lock. */
export async function enter(
  tx: Db,
  plan: Plan,
  task: TaskFacts,
  row: NewRow,
  origin: Origin,
): Promise<number> {
  const { register, sectionId, day, due, education } = row;
  const ofPlan = and(eq(registerRows.planId, plan.id), eq(registerRows.register, register));
  const [last] = await tx
    .select({ number: max(registerRows.number) })
    .from(registerRows)
    .where(ofPlan);
  const number = (last?.number ?? 0) + 1;
  const detail = { register, number, section: sectionId, due };
  const figure = await countedBy(tx, plan, task, row);
  const entry = await enterFigure(tx, task, figure, { act: 'enter', detail }, day, origin);
  await tx
    .insert(registerRows)
    .values({ planId: plan.id, register, number, entryId: entry.id, sectionId, day, due, education });
  return number;
}

interface Counted {
  indicator: IndicatorRow;
  op: 'add' | 'set';
  value: number | null;
  part: number | null;
}

/** What a new line counts for: an inspection as one, a visit as the share of all sections that have been visited. */
async function countedBy(tx: Db, plan: Plan, task: TaskFacts, row: NewRow): Promise<Counted | null> {
  const indicator = counterOf(row.register, countersOf([task]));
  if (!indicator) return null;
  if (row.register === 'inspection') return { indicator, op: 'add', value: 1, part: null };
  if (row.register !== 'visit') return null;
  const units = await tx
    .select({ id: sections.id, kind: sections.kind })
    .from(sections)
    .where(and(eq(sections.planId, plan.id), eq(sections.retired, false)));
  const asked = units.filter(({ kind }) => kind === 'section' || kind === 'unit').map(({ id }) => id);
  const before = await tx
    .select({ sectionId: registerRows.sectionId })
    .from(registerRows)
    .where(and(eq(registerRows.planId, plan.id), eq(registerRows.register, 'visit')));
  const visited = new Set([...before.map(({ sectionId }) => sectionId), row.sectionId]);
  const part = asked.filter((id) => visited.has(id)).length;
  return { indicator, op: 'set', value: asked.length, part };
}

async function enterFigure(
  tx: Db,
  task: TaskFacts,
  figure: Counted | null,
  { act, detail }: { act: EntryAct; detail: Record<string, unknown> },
  day: Day,
  origin: Origin,
): Promise<EntryRow> {
  if (!figure) return note(tx, task, act, detail, origin);
  const statement = {
    ...{ ...figure, facet: null, of: [null], confirmed: true },
    ...{ period: periodOf(figure.indicator.clock, day), happenedOn: day },
  };
  return (await record(tx, task, statement, origin, { act, detail })).entry;
}

/** 办结: the line is done on this day; a wish that is done counts, and among those of education where it is one. */
export async function finish(
  tx: Db,
  plan: Plan,
  task: TaskFacts,
  { register, number, day }: { register: Register; number: number; day: Day },
  origin: Origin,
): Promise<'done' | 'none' | 'before'> {
  const ofRow = and(
    eq(registerRows.planId, plan.id),
    eq(registerRows.register, register),
    eq(registerRows.number, number),
  );
  const [row] = await tx.select().from(registerRows).where(ofRow);
  if (!row) return 'none';
  if (row.doneEntryId !== null) return 'before';
  const whole = register === 'wish' ? counterOf(register, countersOf([task])) : undefined;
  const share = task.indicators.find(({ denominatorOf }) => whole && denominatorOf === whole.code);
  const as = { act: 'finish' as const, detail: { register, number } };
  const one = whole ? { indicator: whole, op: 'add' as const, value: 1, part: null } : null;
  const entry = await enterFigure(tx, task, one, as, day, origin);
  if (share && row.education) {
    await enterFigure(tx, task, { indicator: share, op: 'add', value: null, part: 1 }, as, day, origin);
  }
  await tx
    .update(registerRows)
    .set({ doneEntryId: entry.id })
    .where(and(ofRow, isNull(registerRows.doneEntryId)));
  return 'done';
}

/** Takes back a line that this entry brought, or that it was done. The entries stay. */
export async function withdrawRow(tx: Db, entryId: number): Promise<void> {
  await tx.update(registerRows).set({ doneEntryId: null }).where(eq(registerRows.doneEntryId, entryId));
  await tx.delete(registerRows).where(eq(registerRows.entryId, entryId));
}

/** Whether the line that this entry brought has been done since. */
export async function isFinished(db: Db, entryId: number): Promise<boolean> {
  const [row] = await db.select().from(registerRows).where(eq(registerRows.entryId, entryId));
  return row !== undefined && row.doneEntryId !== null;
}
