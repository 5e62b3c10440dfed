import { and, eq, isNull } from 'drizzle-orm';
import { type Misfit, taskOf } from '../book.ts';
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

/** What recorded figures mean hangs on these fields, on the unit and on the names: they can't change under them. */
export const refuseChanged = (changes: readonly Change[], codes: ReadonlySet<string>): Misfit[] => {
  const measured = changes.filter(
    ({ sheet, key }) => (sheet === 'indicators' || sheet === 'papers') && codes.has(key),
  );
  return measured.flatMap((change) =>
    change.fields
      .filter((field) => turns(change, field, measured))
      .map(({ field }) => ({
        ...{ sheet: change.sheet, key: change.key, field },
        why: '已有登记的数,不能改;请停用这一行,另起一个编号新增',
      })),
  );
};

type Field = Change['fields'][number];

function turns({ row, key, fields }: Change, changed: Field, all: readonly Change[]): boolean {
  const { field, before, after } = changed;
  if (field === 'unit') return ![row.unitAliases].flat().some((word) => word === before || word === after);
  // A name may be put better, but it isn't another figure's.
  if (field === 'label') {
    const task = taskOf(key);
    return all.some(
      (other) => taskOf(other.key) === task && other.fields.some((each) => gave(each, changed)),
    );
  }
  if (field === 'numerator' || field === 'denominator') return fields.some((each) => gave(each, changed));
  return meaning.includes(field) && !isOpenToAll(changed);
}

/** Whether what one is called now is what the other was called. */
const gave = (one: Field, taker: Field): boolean =>
  one !== taker && ['label', 'numerator', 'denominator'].includes(one.field) && one.before === taker.after;

/** A figure whose subject is open counts for the bureau already. */
const isOpenToAll = ({ field, before, after }: Field): boolean =>
  field === 'subject' && before !== 'person' && after !== 'person';
