import { asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type InHand, inHand } from '../acts/closeout.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { namesIn, sectionNames } from '../people/roster.ts';
import type { Plan } from '../plan.ts';
import type { Frame } from '../rules/indicator.ts';
import {
  closeouts,
  entries,
  evidence,
  extensions,
  followUps,
  indicators,
  lights,
  listings,
  lookbacks,
  people,
  words,
} from '../schema.ts';
import type { EntryAct } from '../terms.ts';
import { elsewhere } from './history.ts';
import { type Seen, see } from './survey.ts';

/** An entry of the task as papers name it: by its number in the task's own chain. */
export interface DossierEntry {
  id: number;
  seq: number;
  act: EntryAct;
  at: Date;
  detail: Record<string, unknown>;
  /** Who said it; null where the product did it itself. */
  name: string | null;
  /** On whose behalf. */
  forName: string | null;
  /** The words as said; null where there were none or they are left out. */
  said: string | null;
  /** Why they are left out: they have been sealed, or speak of other tasks too, which not all may know who know this. */
  leftOut: 'sealed' | 'mixed' | null;
}

export interface Proof {
  indicatorId: number;
  entryId: number;
  kind: string;
  name: string;
  datedOn: Day | null;
  keptAt: string;
  fileHash: string | null;
  withdrawnBy: number | null;
}

/** All that the ledger holds of one task, everything the oldest first. Orders, forms and files are made from it. */
export interface Dossier {
  task: Seen;
  frame: Frame;
  /** Whose steps its close-out takes. */
  hand: InHand;
  coSections: string[];
  entries: DossierEntry[];
  evidence: Proof[];
  extensions: (typeof extensions.$inferSelect)[];
  listings: (typeof listings.$inferSelect)[];
  closeouts: (typeof closeouts.$inferSelect)[];
  lookbacks: (typeof lookbacks.$inferSelect)[];
  followUps: (typeof followUps.$inferSelect)[];
  lights: (typeof lights.$inferSelect)[];
  /** Of whoever stands in it, by id, as they are addressed. */
  names: Map<number, string>;
}

/** Undefined where the plan has no such task. */
export async function dossierOf(db: Db, plan: Plan, code: string, today: Day): Promise<Dossier | undefined> {
  const found = await see(db, plan, code, today);
  if (!found) return undefined;
  const { task, frame } = found;
  return {
    task,
    frame,
    hand: await inHand(db, plan, task),
    coSections: await sectionNames(db, task.coSectionIds),
    entries: await entriesOf(db, task.id),
    evidence: await evidenceOf(db, task.id),
    extensions: await db
      .select()
      .from(extensions)
      .where(eq(extensions.taskId, task.id))
      .orderBy(asc(extensions.id)),
    listings: await db.select().from(listings).where(eq(listings.taskId, task.id)).orderBy(asc(listings.id)),
    closeouts: await db
      .select()
      .from(closeouts)
      .where(eq(closeouts.taskId, task.id))
      .orderBy(asc(closeouts.id)),
    lookbacks: await db
      .select()
      .from(lookbacks)
      .where(eq(lookbacks.taskId, task.id))
      .orderBy(asc(lookbacks.id)),
    followUps: await db
      .select()
      .from(followUps)
      .where(eq(followUps.taskId, task.id))
      .orderBy(asc(followUps.id)),
    lights: await db.select().from(lights).where(eq(lights.taskId, task.id)).orderBy(asc(lights.day)),
    names: await namesIn(db, plan.id),
  };
}

async function entriesOf(db: Db, taskId: number): Promise<DossierEntry[]> {
  const behalf = alias(people, 'behalf');
  const rows = await db
    .select({
      entry: entries,
      name: people.address,
      forName: behalf.address,
      said: words.text,
      mixed: sql<boolean>`${elsewhere}`,
    })
    .from(entries)
    .leftJoin(people, eq(people.id, entries.personId))
    .leftJoin(behalf, eq(behalf.id, entries.forPersonId))
    .leftJoin(words, eq(words.entryId, entries.id))
    .where(eq(entries.taskId, taskId))
    .orderBy(asc(entries.seq));
  return rows.map(({ entry, mixed, said, ...who }) => ({
    ...{ id: entry.id, seq: entry.seq, act: entry.act, at: entry.at, detail: entry.detail },
    ...who,
    said: mixed ? null : said,
    leftOut: entry.wordsHash === null ? null : said === null ? 'sealed' : mixed ? 'mixed' : null,
  }));
}

async function evidenceOf(db: Db, taskId: number): Promise<Proof[]> {
  const { indicatorId, entryId, kind, name, datedOn, keptAt, fileHash, withdrawnBy } = evidence;
  return db
    .select({ indicatorId, entryId, kind, name, datedOn, keptAt, fileHash, withdrawnBy })
    .from(evidence)
    .innerJoin(indicators, eq(indicators.id, evidence.indicatorId))
    .where(eq(indicators.taskId, taskId))
    .orderBy(asc(evidence.id));
}

/** The evidence that hasn't been taken back. */
export const standingEvidence = ({ evidence: all }: Pick<Dossier, 'evidence'>): Proof[] =>
  all.filter(({ withdrawnBy }) => withdrawnBy === null);

export const entryOf = ({ entries: all }: Dossier, entryId: number | null): DossierEntry | undefined =>
  all.find(({ id }) => id === entryId);

/** The entry's number in the task's history, as forms refer to it. */
export const seqOf = (dossier: Dossier, entryId: number | null): number | null =>
  entryOf(dossier, entryId)?.seq ?? null;
