import { and, asc, eq, sql } from 'drizzle-orm';
import { dayOf } from '../../days.ts';
import type { Db } from '../../db.ts';
import { sectionNames } from '../../people/roster.ts';
import type { Plan } from '../../plan.ts';
import { confirmedBy, undoneBy } from '../../rules/deed.ts';
import type { Posting } from '../../rules/indicator.ts';
import { entries, indicators, postings } from '../../schema.ts';
import { type Dossier, type DossierEntry, dossierOf } from '../dossier.ts';
import { stoodAt, withdrawal } from '../history.ts';
import { keyOf } from '../past/courses.ts';
import { factsBefore } from '../past.ts';
import { viewOf } from '../survey.ts';

/**
 * A task's dossier as it was before an instant, by what the ledger knew then: what was written, confirmed, decided or
 * taken back later isn't in it. Words that have been sealed since stay sealed. Undefined where the plan had no such task.
 */
export async function dossierBefore(
  db: Db,
  plan: Plan,
  code: string,
  until: Date,
): Promise<Dossier | undefined> {
  const today = dayOf(new Date(until.getTime() - 1), plan.timeZone);
  const whole = await dossierOf(db, plan, code, today);
  if (!whole) return undefined;
  const { listings, extensions } = whole;
  const course = { deeds: whole.entries, listings, extensions };
  const facts = factsBefore(whole.task, course, until, await keyOf(db, plan));
  if (!facts) return undefined;
  const own = whole.entries.filter(({ at }) => at < until);
  const { see } = viewOf(plan, today, { names: whole.names });
  const task = see({ ...facts, postings: await postingsBefore(db, facts.id, own, until) });
  const past = taken(whole, own);
  const request = past.closeouts.findLast(({ outcome }) => outcome === null) ?? null;
  const { state, sectionId, coSectionIds, leaderId } = task;
  return {
    ...whole,
    ...past,
    task,
    coSections: await sectionNames(db, coSectionIds),
    hand: {
      ...whole.hand,
      ...{ state, sectionId, coSectionIds, leaderId, request },
      taken: request?.steps ?? [],
    },
    lights: whole.lights.filter(({ day }) => day <= today),
  };
}

/** What hangs on the entries, as far as they go. */
function taken(whole: Dossier, own: DossierEntry[]): Partial<Dossier> & Pick<Dossier, 'closeouts'> {
  const ids = new Set(own.map(({ id }) => id));
  const has = (id: number | null): id is number => id !== null && ids.has(id);
  const kept = (id: number | null) => (has(id) ? id : null);
  const detailOf = (id: number) => own.find((entry) => entry.id === id)?.detail ?? {};
  return {
    entries: own,
    evidence: whole.evidence
      .filter(({ entryId }) => has(entryId))
      .map((each) => ({ ...each, withdrawnBy: kept(each.withdrawnBy) })),
    extensions: whole.extensions
      .filter(({ askedEntryId }) => has(askedEntryId))
      .map((each) =>
        has(each.decidedEntryId)
          ? each
          : { ...each, decidedEntryId: null, granted: null, to: String(detailOf(each.askedEntryId).to) },
      ),
    listings: whole.listings
      .filter(({ proposedEntryId }) => has(proposedEntryId))
      .map((each) => ({
        ...each,
        orderedEntryId: kept(each.orderedEntryId),
        orderedOn: has(each.orderedEntryId) ? each.orderedOn : null,
        refusedEntryId: kept(each.refusedEntryId),
        liftProposedEntryId: kept(each.liftProposedEntryId),
        liftedEntryId: kept(each.liftedEntryId),
        liftedOn: has(each.liftedEntryId) ? each.liftedOn : null,
      })),
    closeouts: whole.closeouts
      .filter(({ requestedEntryId }) => has(requestedEntryId))
      .map((each) => ({
        ...each,
        steps: each.steps.filter(({ entryId }) => has(entryId)),
        outcome: has(endedBy(whole, each)) ? each.outcome : null,
      })),
    lookbacks: whole.lookbacks.filter(({ entryId }) => has(entryId)),
    followUps: whole.followUps
      .filter(({ entryId }) => has(entryId))
      .map((each) => ({ ...each, doneEntryId: kept(each.doneEntryId) })),
  };
}

/** The entry by which a close-out ended, by its number; null while it stands. */
export function endedBy({ entries: all }: Pick<Dossier, 'entries'>, closeout: Dossier['closeouts'][number]) {
  const { outcome, requestedEntryId, steps } = closeout;
  if (outcome === null) return null;
  if (outcome === 'closed') return steps.at(-1)?.entryId ?? null;
  const asked = all.find(({ id }) => id === requestedEntryId)?.seq ?? 0;
  const end = all.find(({ act, id, detail }) =>
    outcome === 'returned'
      ? act === 'return' && id > requestedEntryId
      : undoneBy({ act, detail }).includes(asked),
  );
  return end?.id ?? null;
}

/** What was written by then and stood, in the order in which it counts; what a clerk reported counts once its chief had confirmed it. */
async function postingsBefore(db: Db, taskId: number, own: DossierEntry[], until: Date): Promise<Posting[]> {
  const rows = await db
    .select({ posting: postings, detail: entries.detail })
    .from(postings)
    .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .leftJoin(withdrawal, eq(withdrawal.id, postings.withdrawnBy))
    .where(and(eq(indicators.taskId, taskId), stoodAt(postings.withdrawnBy, until)))
    .orderBy(sql`coalesce(${postings.place}, ${postings.id})`, asc(postings.id));
  const sure = new Set(own.flatMap(confirmedBy));
  return rows.map(({ posting, detail }) => ({
    ...posting,
    confirmed: detail.confirmed === false ? sure.has(posting.id) : posting.confirmed,
  }));
}
