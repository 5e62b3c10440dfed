import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import type { EntryRow } from '../../entries.ts';
import type { TaskRow } from '../../facts.ts';
import { Refusal } from '../../refusal.ts';
import { confirmedBy } from '../../rules/deed.ts';
import { entries, indicators, postings } from '../../schema.ts';
import type { EntryAct } from '../../terms.ts';
import { isReliedOn, isUntouched } from '../closeout.ts';
import { isUndecided } from '../extension.ts';
import { isSettled } from '../followUps.ts';
import { isProposed } from '../listing.ts';
import { areInPlace } from '../milestones.ts';
import { isFinished } from '../registers.ts';
import { standsWord } from './words.ts';

/** Whether somebody has decided on what this entry asked for. */
async function isDecided(tx: Db, { id, act }: EntryRow): Promise<boolean> {
  if (act === 'extend') return !(await isUndecided(tx, id));
  if (act === 'assign') return isSettled(tx, id);
  if (act === 'enter') return isFinished(tx, id);
  return (act === 'list' || act === 'delist') && !(await isProposed(tx, id));
}

/** What the check of a close-out rests on: figures and their evidence. */
const checked: readonly EntryAct[] = ['progress', 'correct', 'confirm', 'baseline', 'evidence', 'inspect'];

/**
 * Somebody else's entry on the same figures, a chief's confirmation of them, or another step of the close-out stands
 * on this one.
 */
export async function refuseIfBuiltOn(
  tx: Db,
  task: TaskRow,
  entry: EntryRow,
  own: EntryRow[],
): Promise<void> {
  if (entry.act === 'submit' && !(await isUntouched(tx, task, entry.id))) {
    throw new Refusal(`【${entry.chain}】销号申请已进入下一环节,不能撤回。需要收回请联系整改办退回。`);
  }
  if (await isDecided(tx, entry)) {
    throw new Refusal(standsWord(entry, '已经批复或办结'));
  }
  if (checked.includes(entry.act) && (await isReliedOn(tx, task, entry))) {
    throw new Refusal(standsWord(entry, '之后已有销号环节'));
  }
  const ids = own.map((each) => each.id);
  if (entry.act === 'node' && !(await areInPlace(tx, task, entry, ids))) {
    throw new Refusal(standsWord(entry, '之后已有他人登记'));
  }
  const figures = await tx
    .select({ indicatorId: postings.indicatorId, confirmed: postings.confirmed })
    .from(postings)
    .where(or(eq(postings.entryId, entry.id), inArray(postings.id, confirmedBy(entry))));
  if (figures.length === 0) return;
  if (entry.detail.confirmed === false && figures.some((each) => each.confirmed)) {
    throw new Refusal(
      `【${entry.chain}】已经科长确认,不能撤回。请科长发「更正 ${entry.chain} 指标 累计数」。`,
    );
  }
  const later = await tx
    .select({ id: postings.id })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .where(
      and(
        inArray(
          postings.indicatorId,
          await hangingOn(tx, task, new Set(figures.map((each) => each.indicatorId))),
        ),
        gt(postings.entryId, entry.id),
        isNull(postings.withdrawnBy),
        ne(sql`coalesce(${entries.personId}, 0)`, entry.personId ?? 0),
      ),
    )
    .limit(1);
  if (later.length > 0) {
    throw new Refusal(standsWord(entry, '之后已有他人登记'));
  }
}

/** These indicators of the task, and the ratios that they are the whole of: 办结 hangs on 受理. */
async function hangingOn(tx: Db, task: TaskRow, ids: ReadonlySet<number>): Promise<number[]> {
  const rows = await tx.select().from(indicators).where(eq(indicators.taskId, task.id));
  const wholes = new Set(rows.filter(({ id }) => ids.has(id)).map(({ code }) => code));
  return rows.filter(({ id, ratio }) => ids.has(id) || wholes.has(ratio?.of ?? '')).map(({ id }) => id);
}
