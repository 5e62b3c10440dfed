import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import {
  type Book,
  type BookPlan,
  emptyBook,
  type Row,
  type SheetName,
  taskOf,
  type Value,
} from '../book.ts';
import type { Db } from '../db.ts';
import { nobody, type Origin, saying, write } from '../entries.ts';
import { writeOn } from '../facts.ts';
import { lockPlan, planChain } from '../plan/chain.ts';
import { planFile } from '../plan/file.ts';
import { firstDay } from '../plan/load.ts';
import type { PlanRow } from '../plan.ts';
import { accounts, groups, letters, people, plans, tasks } from '../schema.ts';
import { amend, headOf } from './amend.ts';
import { type Address, idsIn } from './amendPeople.ts';
import { type Change, differ } from './differ.ts';

export interface Bringing {
  /** The workbook's hash, for the record. */
  file: string;
  sealed: Address;
  now: Date;
  /** Who brings it in, by name; null where the office does so without saying who. */
  by: string | null;
  /** The changes of one task, or of the plan, in words. */
  say(changes: readonly Change[]): string;
}

const ofTask: readonly SheetName[] = ['tasks', 'duties', 'indicators', 'papers'];
const originOf = ({ by, now }: Bringing, person: (name: string) => number): Origin => ({
  ...nobody(now),
  personId: by === null ? null : person(by),
});

/** Locks a plan whole, its tasks first, as messages do: what is read after it stays true until the transaction ends. */
export async function lockWhole(tx: Db, planId: number): Promise<PlanRow> {
  await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(eq(tasks.planId, planId))
    .orderBy(asc(tasks.id))
    .for('update');
  return lockPlan(tx, planId);
}

/** Writes the differences and, for each task that they concern and for the plan, an entry that says which they are. */
export async function bringIn(
  tx: Db,
  plan: PlanRow,
  changes: readonly Change[],
  how: Bringing,
): Promise<void> {
  await amend(tx, plan, changes, how);
  const { person } = await idsIn(tx, plan.id);
  const origin = originOf(how, person);
  const told = (each: Change) => detailOf(each, person);
  const ofTasks = changes.filter(({ sheet }) => ofTask.includes(sheet));
  const codes = [...new Set(ofTasks.map(({ key }) => taskOf(key)))];
  const rows = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.planId, plan.id), inArray(tasks.code, codes)))
    .orderBy(asc(tasks.id));
  for (const task of rows) {
    const own = ofTasks.filter(({ key }) => taskOf(key) === task.code);
    const detail = { file: how.file, rows: Object.fromEntries(own.map((each) => [each.key, told(each)])) };
    await writeOn(tx, task, 'amend', detail, saying(origin, how.say(own)));
  }
  const rest = changes.filter(({ sheet }) => !ofTask.includes(sheet));
  const detail = {
    file: how.file,
    tasks: codes,
    rows: rest.map((each) => ({ sheet: each.sheet, ...keyIn(each, person), ...told(each) })),
  };
  await write(tx, planChain(plan), 'import', detail, saying(origin, how.say(rest)));
}

/** Writes a plan that the ledger doesn't have, its blanks filled, with one entry for all of it. */
export async function createFrom(tx: Db, book: Book, how: Bringing): Promise<void> {
  const [head] = book.plan;
  if (!head) throw new Error('a book without a plan');
  const { changes } = differ({ ...emptyBook(), plan: book.plan }, book);
  const plan = await createPlan(tx, head, how.now);
  await amend(tx, plan, changes, how);
  const origin = originOf(how, (await idsIn(tx, plan.id)).person);
  const rows = Object.fromEntries(Object.entries(book).map(([sheet, list]) => [sheet, list.length]));
  await write(tx, planChain(plan), 'import', { file: how.file, created: rows }, origin);
}

async function createPlan(tx: Db, head: BookPlan, now: Date): Promise<PlanRow> {
  const settings = planFile.shape.plan.shape.settings.parse({
    ...{ meeting: null, authorisation: null, bulletin: { release: 'signed' }, trial_until: null },
    ...{ confirm_staff: true, closeout: [], digest_at: '08:42', quiet: ['08:30', '17:30'] },
  });
  const values = headOf({ settings, since: firstDay(head, now) }, head) as typeof plans.$inferInsert;
  const [plan] = await tx
    .insert(plans)
    .values({ ...values, code: head.code })
    .returning();
  if (!plan) throw new Error('the plan came back empty');
  return plan;
}

/**
 * Takes the sample out of use for good: its people and chats are free for the bureau's own plan, what waited to be
 * sent isn't, and only its entries stay, because entries are never deleted.
 */
export async function setAside(tx: Db, plan: PlanRow, now: Date): Promise<void> {
  const members = tx.select({ id: people.id }).from(people).where(eq(people.planId, plan.id));
  await tx.delete(accounts).where(inArray(accounts.personId, members));
  await tx.update(people).set({ active: false }).where(eq(people.planId, plan.id));
  const chats = await tx.select().from(groups).where(eq(groups.planId, plan.id));
  for (const { id, chatId } of chats) {
    const gone = { chatId: `aside:${plan.id}:${chatId}`, gone: '示例已移除' };
    await tx.update(groups).set(gone).where(eq(groups.id, id));
  }
  await tx
    .update(letters)
    .set({ state: 'expired', endedAt: now, why: '示例已移除' })
    .where(and(eq(letters.planId, plan.id), isNull(letters.endedAt), ne(letters.state, 'sending')));
  await tx
    .update(plans)
    .set({ retired: true, code: `${plan.code}~${plan.id}` })
    .where(eq(plans.id, plan.id));
}

/** Fields whose values are figures, days and codes; of any other an entry says only that it changed. */
const coded = new Set([
  ...[
    'serial',
    'section',
    'coSections',
    'deadline',
    'carried',
    'clock',
    'level',
    'retired',
    'mergedWith',
    'rank',
  ],
  ...[
    'comparator',
    'target',
    'targetHigh',
    'subject',
    'class',
    'kind',
    'preset',
    'explicit',
    'denominatorOf',
  ],
  ...['roles', 'platform', 'audience', 'starts', 'ends', 'since', 'year', 'meetingRule', 'meetingTime'],
  ...['meetingMinutes', 'authorisedOn', 'authorisedScope', 'release', 'trialUntil', 'confirmStaff'],
  ...['closeout', 'digestAt', 'quietFrom', 'quietTo'],
]);

function detailOf({ added, fields }: Change, person: (name: string) => number) {
  if (added) return { added };
  const id = (name: Value) => (name === null ? null : person(String(name)));
  return {
    fields: Object.fromEntries(
      fields.map(({ field, before, after }) => {
        if (field === 'leader') return [field, [id(before), id(after)]];
        return [field, coded.has(field) ? [before, after] : true];
      }),
    ),
  };
}

/** People go by their numbers. */
const keyIn = ({ sheet, key }: Change, person: (name: string) => number): Row =>
  sheet === 'people' ? { person: person(key) } : { key };
