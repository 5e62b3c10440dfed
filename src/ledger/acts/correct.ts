import { and, desc, eq, gte, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { type PostingRow, standingPostings, type TaskFacts } from '../facts.ts';
import type { IndicatorRow } from '../plan.ts';
import { figureOf } from '../rules/figure.ts';
import type { Posting } from '../rules/indicator.ts';
import { spanOf } from '../rules/period.ts';
import { entries, postings } from '../schema.ts';
import { note, type Recorded } from './report.ts';

/** Which of the speaker's figures are meant: those of an indicator, of a part of it, of some people, in a period. */
export interface Meant {
  indicatorId?: number;
  facet?: string;
  of?: readonly (number | null)[];
  period?: string;
}

/**
 * What a correction by this person would put right: the figures of the last entry of theirs that fits, one for each
 * person meant. Empty where there is none for any of them.
 */
export async function lastFigures(
  tx: Db,
  taskId: number,
  personId: number,
  { indicatorId, facet, of, period }: Meant,
): Promise<PostingRow[]> {
  const own = await figuresOf(
    tx,
    personId,
    eq(entries.taskId, taskId),
    indicatorId === undefined ? undefined : eq(postings.indicatorId, indicatorId),
    facet === undefined ? undefined : eq(postings.facet, facet),
    period === undefined ? undefined : eq(postings.period, period),
  );
  const rows = own.map((row) => row.posting);
  if (of === undefined) return rows.filter((row) => row.entryId === rows[0]?.entryId);
  const found = of.flatMap((each) => rows.find((row) => row.personId === each) ?? []);
  return found.length === of.length ? found : [];
}

/** The figures of this person's last message that recorded any, since an instant; whichever tasks they are of. */
export async function lastSaid(tx: Db, planId: number, personId: number, since: Date): Promise<PostingRow[]> {
  const own = await figuresOf(tx, personId, eq(entries.planId, planId), gte(entries.at, since));
  return own.filter(({ messageId }) => messageId === own[0]?.messageId).map(({ posting }) => posting);
}

/** What this person recorded and nobody took back, the newest first. */
const figuresOf = (tx: Db, personId: number, ...where: (SQL | undefined)[]) =>
  tx
    .select({ posting: postings, messageId: entries.messageId })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .where(
      and(
        eq(entries.personId, personId),
        inArray(entries.act, ['progress', 'correct']),
        isNull(postings.withdrawnBy),
        ...where,
      ),
    )
    .orderBy(desc(postings.id));

/** The posting that says in another's place what that one should have said. */
export function instead(
  { indicatorId, personId, period, happenedOn, op, value, part, facet, confirmed }: PostingRow,
  changes: Partial<Posting>,
): Posting {
  return { indicatorId, personId, period, happenedOn, op, value, part, facet, confirmed, ...changes };
}

/**
 * Puts a figure right in one entry. Each fresh posting takes the place of the one in `replaced` at its position, so
 * that what others have said since still counts on top of it; with none to replace it comes last.
 */
export async function correct(
  tx: Db,
  task: TaskFacts,
  indicator: IndicatorRow,
  { fresh, replaced }: Correction,
  origin: Origin,
): Promise<Recorded> {
  const { rows, settled } = await afterwards(tx, task, { fresh, replaced });
  const [{ period, personId }] = fresh;
  const figure = (book: Posting[]) => {
    const whose = fresh.length === 1 ? personId : null;
    return figureOf({ ...task, postings: book }, indicator, spanOf(period), whose);
  };
  const [before, after] = [figure(rows), figure(settled)];
  const detail = { ...detailOf(indicator, { fresh, replaced }), before, after };
  const entry = await note(tx, task, 'correct', detail, origin);
  await tx
    .update(postings)
    .set({ withdrawnBy: entry.id })
    .where(
      inArray(
        postings.id,
        replaced.map((row) => row.id),
      ),
    );
  const written = fresh.map((each, index) => ({
    ...each,
    entryId: entry.id,
    place: placeOf(replaced[index]),
  }));
  await tx.insert(postings).values(written);
  task.postings = settled;
  return { entry, before, after };
}

/** What stands on the task, and what would stand after the correction. */
export async function afterwards(
  tx: Db,
  task: TaskFacts,
  correction: Correction,
): Promise<{ rows: PostingRow[]; settled: Posting[] }> {
  const rows = (await standingPostings(tx, [task.id])).map(({ posting }) => posting);
  return { rows, settled: inPlace(rows, correction) };
}

export interface Correction {
  fresh: [Posting, ...Posting[]];
  replaced: PostingRow[];
}

function detailOf(indicator: IndicatorRow, { fresh, replaced }: Correction): Record<string, unknown> {
  const [{ op, value, part, facet, period, happenedOn, confirmed }] = fresh;
  return {
    indicator: indicator.code,
    ...{ op, value, part, facet, period, on: happenedOn, confirmed },
    of: fresh.map((each) => each.personId),
    was: replaced.map(({ value: old, part: share, period: of, happenedOn: day }) => ({
      ...{ value: old, part: share, period: of, on: day },
    })),
  };
}

const placeOf = (row: PostingRow | undefined): number | null => row?.place ?? row?.id ?? null;

function inPlace(rows: PostingRow[], { fresh, replaced }: Correction): Posting[] {
  if (replaced.length === 0) return [...rows, ...fresh];
  const others = new Map(replaced.map((row, index) => [row.id, fresh[index]]));
  return rows.map((row) => others.get(row.id) ?? row);
}
