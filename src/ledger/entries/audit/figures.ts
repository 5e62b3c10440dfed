import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import { isUndone } from '../../entries.ts';
import { entries, indicators, postings } from '../../schema.ts';

/** A posting that isn't what its entry says. */
export interface FigureFault {
  task: string;
  entry: number;
  why: string;
}

const said = (key: string): SQL => sql`${entries.detail} ->> ${key}`;
/** Entries that say a figure, of whom, and in which period. */
const speaks = sql`jsonb_exists(${entries.detail}, 'of') and jsonb_exists(${entries.detail}, 'indicator')`;

const differs = sql`(
  ${said('indicator')} is distinct from ${indicators.code}
  or ${said('op')} is distinct from ${postings.op}
  or ${said('period')} is distinct from ${postings.period}
  or ${said('on')} is distinct from ${postings.happenedOn}::text
  or ${said('facet')} is distinct from ${postings.facet}
  or (${said('value')})::numeric is distinct from ${postings.value}
  or (${said('part')})::numeric is distinct from ${postings.part}
  or not ${entries.detail} -> 'of' @> coalesce(to_jsonb(${postings.personId}), 'null'::jsonb))`;

const countDiffers = sql`jsonb_array_length(${entries.detail} -> 'of') is distinct from
  (select count(*)::int from ${postings} p where p.entry_id = ${entries.id})`;

const confirmedUnsaid = sql`${postings.confirmed} and ${said('confirmed')} = 'false' and not exists (
  select 1 from ${entries} c where c.plan_id = ${entries.planId} and c.chain = ${entries.chain} and c.act = 'confirm'
    and c.detail -> 'postings' @> to_jsonb(${postings.id}))`;

/**
 * The first figure that counts otherwise than the history has it: changed, added, removed, confirmed by nobody, or back
 * after it was taken back. The entries themselves have been walked before.
 */
export async function figureFault(db: Db): Promise<FigureFault | undefined> {
  const entry = { task: entries.chain, entry: entries.seq };
  const first = async (why: string, where: SQL | undefined): Promise<FigureFault | undefined> => {
    const [found] = await db
      .select(entry)
      .from(postings)
      .innerJoin(entries, eq(entries.id, postings.entryId))
      .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
      .where(where)
      .orderBy(asc(postings.id))
      .limit(1);
    return found && { ...found, why };
  };
  const [uncounted] = await db
    .select(entry)
    .from(entries)
    .where(and(speaks, countDiffers))
    .orderBy(asc(entries.id))
    .limit(1);
  return (
    (uncounted && { ...uncounted, why: '登记的数与记录条数不符' }) ??
    (await first('登记的数与记录不符', and(speaks, differs))) ??
    (await first('登记的数未经确认却已计入', and(speaks, confirmedUnsaid))) ??
    (await first('登记的数已撤回却仍计入', and(isNull(postings.withdrawnBy), isUndone)))
  );
}
