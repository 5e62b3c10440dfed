import { and, eq, isNull } from 'drizzle-orm';
import type { Misfit } from '../book.ts';
import type { Db } from '../db.ts';
import { indicators, postings, tasks } from '../schema.ts';
import type { Change } from './differ.ts';

/** Codes of the plan's indicators that figures stand on. */
export async function recorded(db: Db, planId: number): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ code: indicators.code })
    .from(postings)
    .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(and(eq(tasks.planId, planId), isNull(postings.withdrawnBy)));
  return new Set(rows.map(({ code }) => code));
}

const meaning = ['clock', 'kind', 'subject', 'parts', 'denominatorOf'];

/** What recorded figures mean hangs on these fields: they can't change under them. */
export const refuseChanged = (changes: readonly Change[], codes: ReadonlySet<string>): Misfit[] =>
  changes.flatMap(({ sheet, key, fields }) =>
    (sheet === 'indicators' || sheet === 'papers') && codes.has(key)
      ? fields
          .filter(({ field, before, after }) => meaning.includes(field) && !isOpenToAll(field, before, after))
          .map(({ field }) => ({
            ...{ sheet, key, field },
            why: '已有登记的数,不能改;请停用这一行,另起一个编号新增',
          }))
      : [],
  );

/** A figure whose subject is open counts for the bureau already. */
const isOpenToAll = (field: string, before: unknown, after: unknown): boolean =>
  field === 'subject' && before !== 'person' && after !== 'person';
