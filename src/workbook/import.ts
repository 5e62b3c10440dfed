import { createHash } from 'node:crypto';
import { filled } from '../ledger/book/blanks.ts';
import { bringIn, lockWhole } from '../ledger/book/bringIn.ts';
import { check } from '../ledger/book/check.ts';
import { differ } from '../ledger/book/differ.ts';
import { readBook } from '../ledger/book/read.ts';
import { recorded, refuseChanged } from '../ledger/book/recorded.ts';
import { snapshot } from '../ledger/book/snapshots.ts';
import type { Book } from '../ledger/book.ts';
import type { Db, Store } from '../ledger/db.ts';
import { groupsOf } from '../ledger/people.ts';
import { type PlanRow, plansInUse } from '../ledger/plan.ts';
import type { Seal } from '../ledger/seal.ts';
import { type Bases, checkAddresses, type Kept, lostAddresses, settle } from './addresses.ts';
import { Unreadable } from './archive.ts';
import { anotherPlan, faultsOf, goneWith } from './import/judge.ts';
import { type Outcome, replace } from './import/replace.ts';
import { namesOf } from './names.ts';
import { type Reading, readBookFrom } from './read.ts';
import { type Grid, readGrids } from './spreadsheet.ts';
import { differencesText, entryWords, faultsText } from './tell.ts';
export interface Importing {
  store: Store;
  seal: Seal;
  bases: Bases;
  now: Date;
  /** Whose name the entries bear: somebody of the office or an admin. Null: the office's. */
  by: string | null;
  /** Only looks: nothing is written. */
  dry: boolean;
  /** Asked before anything is changed: what it gives back does what has to follow, and says of it what is to be told. */
  watch(tx: Db): Promise<() => Promise<string[]>>;
}

/**
 * Brings a workbook into the ledger: checked whole, and written whole or not at all. What is told is what is in the
 * ledger afterwards.
 */
export async function importWorkbook(bytes: Buffer, how: Importing): Promise<Outcome> {
  try {
    const grids = await readGrids(bytes);
    const file = createHash('sha256').update(bytes).digest('hex');
    return await how.store.within(60_000, (tx) => take(tx, grids, file, how));
  } catch (error) {
    if (error instanceof Unreadable)
      return { text: `${error.message}。台账未作任何改动。`, ended: 'refused' };
    throw error;
  }
}

async function take(tx: Db, grids: Grid[], file: string, how: Importing): Promise<Outcome> {
  const [row] = await plansInUse(tx);
  const plan = row ? await lockWhole(tx, row.id) : null;
  const before = plan ? await readBook(tx, plan) : null;
  // The sample gives way whole: no row of the bureau's plan may lean on one of it.
  const current = plan?.sample ? null : before;
  const reading = readBookFrom(grids, current);
  const kept = await keptIn(tx, plan, how.seal);
  const after = settle(reading.book, before, kept);
  const base = reading.stamp === null ? undefined : await snapshot(tx, reading.stamp);
  const differences = current && differ(current, filled(after, current, how.now), base);
  const codes = plan && differences ? await recorded(tx, plan.id) : new Set<string>();
  const misfits = [
    ...anotherPlan(reading.book, current, codes.size > 0),
    ...check(after, current),
    ...checkAddresses(after, how.bases, kept),
    ...refuseChanged(differences?.changes ?? [], codes),
  ];
  const faults = faultsOf(reading, misfits);
  if (faults.length > 0) {
    return { text: faultsText(faults, plan?.sample ? goneWith(before, faults) : []), ended: 'refused' };
  }
  const { by } = how;
  if (by !== null && !mayBring(after, by)) {
    return {
      text: `人员里没有叫“${by}”的整改办人员或管理员,请写「--by 姓名」。台账未作任何改动。`,
      ended: 'refused',
    };
  }
  const bringing = { file, now: how.now, by, sealed: how.seal.close, say: entryWords(namesOf(after)) };
  if (!plan || !differences) {
    const lost = [...lostAddresses(reading.book, after), ...pendingText(reading)];
    return replace(tx, { plan, before, after, lost, dry: how.dry }, bringing);
  }
  const text = [differencesText(differences, namesOf(after)), ...pendingText(reading)].join('\n');
  if (differences.changes.length === 0) return { text: `${text}\n台账未作任何改动。`, ended: 'none' };
  if (how.dry) return { text: `${text}\n以上只是查看,尚未写入。`, ended: 'would write' };
  const follow = await how.watch(tx);
  await bringIn(tx, plan, differences.changes, bringing);
  const signed = by ?? '整改办导入,记到本人请加「--by 姓名」';
  const said = [text, `已写入台账。变动记为${signed}。`, ...(await follow())];
  return { text: said.join('\n'), ended: 'written' };
}

const mayBring = ({ people }: Book, by: string): boolean =>
  people.some(
    ({ name, roles, retired }) =>
      name === by && retired !== true && roles.some((role) => role === 'office' || role === 'admin'),
  );

const pendingText = ({ pending }: Reading): string[] =>
  pending === 0 ? [] : [`「待核」列还有${pending}行没有清空,请核对;这一列不保存。`];

/** What the ledger keeps sealed, opened only to see whether the workbook brings the same once more. */
async function keptIn(tx: Db, plan: PlanRow | null, seal: Seal): Promise<Kept> {
  const rows = plan ? await groupsOf(tx, plan.id) : [];
  const opened = (sealed: string | null | undefined) => (sealed ? seal.open(sealed) : null);
  return {
    open: (code) => {
      const row = rows.find((each) => each.code === code);
      return { address: opened(row?.sealedAddress), secret: opened(row?.sealedSecret) };
    },
  };
}
