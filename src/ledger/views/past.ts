import { type Day, dayOf } from '../days.ts';
import type { TaskFacts } from '../facts.ts';
import type { IndicatorRow } from '../plan.ts';
import { notUndone, undoneBy } from '../rules/deed.ts';
import type { Node } from '../rules/indicator.ts';
import type { entries, extensions, listings } from '../schema.ts';
import type { TaskState } from '../terms.ts';

/** An entry as far as it says how the task stood after it. */
export type Deed = Pick<typeof entries.$inferSelect, 'id' | 'seq' | 'act' | 'at' | 'detail'>;
type Listed = Pick<typeof listings.$inferSelect, 'orderedEntryId' | 'liftedEntryId' | 'orderedOn' | 'term'>;
type Moved = Pick<typeof extensions.$inferSelect, 'decidedEntryId' | 'granted' | 'from'>;

/** What a task has been through, everything the oldest first. */
export interface Course {
  deeds: readonly Deed[];
  listings: readonly Listed[];
  extensions: readonly Moved[];
}

/** What courses are read with: the plan's zone, and its sections by their codes. */
export interface Key {
  timeZone: string;
  sectionIds: ReadonlyMap<string, number>;
}

/**
 * The task as it stood before an instant, its figures apart: state, leader, sections, level, deadline, listing, nodes and
 * what is asked of it, each taken back to what later entries say that it was. Null where the plan didn't have it yet, or
 * had it no more.
 */
export function factsBefore(now: TaskFacts, course: Course, until: Date, key: Key): TaskFacts | null {
  const later = course.deeds.filter(({ at }) => at >= until);
  const changes = later.filter(({ act }) => act === 'amend').map(({ detail }) => rowsOf(detail));
  if (!isInUse(now, changes)) return null;
  const before = new Set(course.deeds.filter(({ at }) => at < until).map(({ id }) => id));
  const has = (entryId: number | null) => entryId !== null && before.has(entryId);
  const listed = course.listings.find((each) => has(each.orderedEntryId) && !has(each.liftedEntryId));
  return {
    ...now,
    ...takenBack(firstOf(changes, now.code), key),
    ...stateBefore(course.deeds, before, key),
    deadline: deadlineBefore(now, course, until),
    indicators: now.indicators.flatMap((indicator) => asked(indicator, changes)),
    nodes: nodesBefore(now, course.deeds, before),
    listed: listed ? { on: listed.orderedOn, term: listed.term } : null,
  };
}

/** What of the task was put into other words since: an entry says only that it was, so that today's words stand in a paper of then. */
export function rewordedSince(course: Course, until: Date): boolean {
  return course.deeds.some(
    ({ act, at, detail }) =>
      act === 'amend' &&
      at >= until &&
      Object.values(rowsOf(detail)).some(({ fields = {} }) => Object.values(fields).includes(true)),
  );
}

/** Whether the plan had it before these changes: added already, and not yet (or no longer) 停用. */
function isInUse({ code, retired }: { code: string; retired: boolean }, changes: readonly Rows[]): boolean {
  const wasRetired = firstOf(changes, code).get('retired') ?? retired;
  return wasRetired !== true && !changes.some((rows) => rows[code]?.added === true);
}

type Fields = Record<string, true | [before: unknown, after: unknown]>;
type Rows = Record<string, { added?: boolean; fields?: Fields }>;

const rowsOf = (detail: Record<string, unknown>): Rows => (detail.rows ?? {}) as Rows;

/** What an entry changed in a field of the task, before and after; undefined where it didn't. */
export function fieldOf({ act, detail }: Pick<Deed, 'act' | 'detail'>, code: string, field: string) {
  const change = act === 'amend' ? rowsOf(detail)[code]?.fields?.[field] : undefined;
  return Array.isArray(change) ? change : undefined;
}

/** What fields said before the first of the changes; the oldest change comes first. */
function firstOf(changes: readonly Rows[], code: string): Map<string, unknown> {
  const first = new Map<string, unknown>();
  for (const rows of changes) {
    for (const [field, change] of Object.entries(rows[code]?.fields ?? {})) {
      if (change !== true && !first.has(field)) first.set(field, change[0]);
    }
  }
  return first;
}

function takenBack(fields: Map<string, unknown>, { sectionIds }: Key): Partial<TaskFacts> {
  const section = (code: unknown) => sectionIds.get(String(code)) ?? null;
  const plain = ['serial', 'clock', 'level', 'mergedWith'].filter((field) => fields.has(field));
  return {
    ...Object.fromEntries(plain.map((field) => [field, fields.get(field)])),
    ...(fields.has('leader') ? { leaderId: fields.get('leader') as number | null } : {}),
    ...(fields.has('section') ? { sectionId: section(fields.get('section')) } : {}),
    ...(fields.has('coSections')
      ? { coSectionIds: (fields.get('coSections') as string[]).flatMap((code) => section(code) ?? []) }
      : {}),
  };
}

const measured = ['comparator', 'target', 'targetHigh', 'clock', 'subject', 'class', 'kind', 'level'];

function asked(indicator: IndicatorRow, changes: readonly Rows[]): IndicatorRow[] {
  if (!isInUse(indicator, changes)) return [];
  const fields = [...firstOf(changes, indicator.code)].filter(([field]) => measured.includes(field));
  return [{ ...indicator, ...Object.fromEntries(fields) }];
}

/** One change of a deadline: what it was until then, and whether somebody had asked for it and was granted it. */
export interface Move {
  at: Date;
  from: Day | null;
  granted: boolean;
}

/** Extensions and changes of the plan both move a deadline; the oldest first. */
export const movesOf = (code: string, { deeds, extensions: moved }: Course): Move[] =>
  deeds.flatMap(({ id, act, at, detail }): Move[] => {
    const granted = moved.find((each) => each.granted === true && each.decidedEntryId === id);
    if (granted) return [{ at, from: granted.from, granted: true }];
    const change = fieldOf({ act, detail }, code, 'deadline');
    return change ? [{ at, from: change[0] as Day | null, granted: false }] : [];
  });

/** The first move of those that came later says what it was. */
function deadlineBefore(now: TaskFacts, course: Course, until: Date): Day | null {
  const later = movesOf(now.code, course).find(({ at }) => at >= until);
  return later === undefined ? now.deadline : later.from;
}

type Stood = { state: TaskState; submittedOn: Day | null; closedOn: Day | null };

function stateBefore(deeds: readonly Deed[], before: ReadonlySet<number>, { timeZone }: Key): Stood {
  const none = { submittedOn: null, closedOn: null };
  let stood: Stood = { state: 'pending', ...none };
  let asks: { seq: number; starts: number } = { seq: 0, starts: 0 };
  for (const deed of deeds) {
    const { id, seq, act, at, detail } = deed;
    if (!before.has(id)) continue;
    if (detail.started === true) {
      stood = { state: 'active', ...none };
      asks = { ...asks, starts: seq };
    }
    const on = dayOf(at, timeZone);
    if (act === 'submit') {
      stood = { state: 'submitted', submittedOn: on, closedOn: null };
      asks = { ...asks, seq };
    }
    if (act === 'verify' && detail.closes === true) stood = { ...stood, state: 'closed', closedOn: on };
    if (act === 'return' || act === 'relapsed') stood = { state: 'active', ...none };
    const undoes = undoneBy(deed);
    if (undoes.includes(asks.seq)) stood = { state: 'active', ...none };
    // Nothing else had been written on it meanwhile: it hadn't begun after all.
    if (undoes.includes(asks.starts) && asks.starts + undoes.length >= seq) {
      stood = { state: 'pending', ...none };
    }
  }
  return stood;
}

function nodesBefore({ indicators }: TaskFacts, deeds: readonly Deed[], before: ReadonlySet<number>): Node[] {
  const own = deeds.filter(({ id }) => before.has(id));
  const due = new Map<string, Node>();
  for (const { act, detail } of notUndone(own)) {
    const indicator = indicators.find(({ code }) => code === detail.indicator);
    if (act !== 'node' || !indicator) continue;
    for (const each of detail.nodes as { due: Day; value: number | null }[]) {
      const name = `${indicator.id}:${each.due}`;
      if (each.value === null) due.delete(name);
      else due.set(name, { indicatorId: indicator.id, due: each.due, value: each.value });
    }
  }
  return [...due.values()].toSorted((one, other) => (one.due < other.due ? -1 : 1));
}
