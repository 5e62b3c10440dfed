import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { filled } from '../ledger/book/blanks.ts';
import { bringIn, createFrom, lockWhole, setAside } from '../ledger/book/bringIn.ts';
import { check, restingOn } from '../ledger/book/check.ts';
import { differ } from '../ledger/book/differ.ts';
import { readBook } from '../ledger/book/read.ts';
import { recorded, refuseChanged } from '../ledger/book/recorded.ts';
import { snapshot } from '../ledger/book/snapshots.ts';
import { type Book, type BookPlan, type Misfit, sheetNames } from '../ledger/book.ts';
import type { Db, Store } from '../ledger/db.ts';
import { type PlanRow, plansInUse } from '../ledger/plan.ts';
import { groups } from '../ledger/schema.ts';
import type { Seal } from '../ledger/seal.ts';
import { type Bases, checkAddresses, type Kept, lostAddresses, settle } from './addresses.ts';
import { Unreadable } from './archive.ts';
import type { Fault } from './fault.ts';
import { namesOf } from './names.ts';
import { type Reading, readBookFrom } from './read.ts';
import { sheets } from './sheets.ts';
import { type Grid, readGrids } from './spreadsheet.ts';
import { differencesText, entryWords, faultsText, sizeText, trialText } from './tell.ts';

export interface Importing {
  store: Store;
  seal: Seal;
  bases: Bases;
  now: Date;
  /** Whose name the entries bear: somebody of the office or an admin. Null: the office's. */
  by: string | null;
  /** Only looks: nothing is written. */
  dry: boolean;
}

export interface Outcome {
  text: string;
  /** `none`: the workbook says what the ledger says already. */
  ended: 'written' | 'would write' | 'none' | 'refused';
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
  const [current] = await plansInUse(tx);
  const plan = current ? await lockWhole(tx, current.id) : null;
  const before = plan ? await readBook(tx, plan) : null;
  // The sample gives way whole: no row of the bureau's plan may lean on one of it.
  const ground = plan?.sample ? null : before;
  const reading = readBookFrom(grids, ground);
  const kept = await keptIn(tx, plan, how.seal);
  const after = settle(reading.book, before, kept);
  const base = reading.stamp === null ? undefined : await snapshot(tx, reading.stamp);
  const differences = ground && differ(ground, filled(after, ground, how.now), base);
  const codes = plan && differences ? await recorded(tx, plan.id) : new Set<string>();
  const misfits = [
    ...anotherPlan(reading.book, ground, codes.size > 0),
    ...check(after, ground),
    ...checkAddresses(reading.book, how.bases),
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
  await bringIn(tx, plan, differences.changes, bringing);
  const signed = by ?? '整改办导入,记到本人请加「--by 姓名」';
  return { text: `${text}\n已写入台账。变动记为${signed}。`, ended: 'written' };
}

const mayBring = ({ people }: Book, by: string): boolean =>
  people.some(
    ({ name, roles, retired }) =>
      name === by && retired !== true && roles.some((role) => role === 'office' || role === 'admin'),
  );

const pendingText = ({ pending }: Reading): string[] =>
  pending === 0 ? [] : [`「待核」列还有${pending}行没有清空,请核对;这一列不保存。`];

interface Replacing {
  plan: PlanRow | null;
  before: Book | null;
  after: Book;
  /** Addresses that have to be typed anew, and what wasn't looked at. */
  lost: string[];
  dry: boolean;
}

/** The first plan of the bureau's own, in an empty ledger or in place of the sample. */
async function replace(
  tx: Db,
  { plan, before, after, lost, dry }: Replacing,
  bringing: Parameters<typeof bringIn>[3],
): Promise<Outcome> {
  const head = plan
    ? `台账现为示例(${plan.title}):导入后示例及其试填记录整体移除,只留本工作簿的内容。`
    : '台账现为空,导入后建立本方案。';
  const differences = before && sameCode(before, after) ? differ(before, after) : null;
  if (differences && differences.changes.length + differences.missing.length === 0) {
    return { text: `${differencesText(differences, namesOf(after))}\n台账未作任何改动。`, ended: 'none' };
  }
  const lines = [head, `本工作簿:${sizeText(after)}`, ...lost];
  if (differences) {
    const { missing, ...rest } = differences;
    lines.push(`与示例相比,${differencesText({ ...rest, missing: [] }, namesOf(after))}`);
    const gone = missing.map(({ sheet, key }) => `${sheets[sheet].title} ${key}`);
    if (gone.length > 0) lines.push(`表里没有、随示例移除:${gone.join('、')}`);
  }
  const whole = filled(after, null, bringing.now);
  lines.push(...trialText(whole));
  if (dry) return { text: [...lines, '以上只是查看,尚未写入。'].join('\n'), ended: 'would write' };
  if (plan) await setAside(tx, plan, bringing.now);
  await createFrom(tx, whole, bringing);
  return { text: [...lines, '已写入台账。'].join('\n'), ended: 'written' };
}

const sameCode = (one: Book, other: Book): boolean => one.plan[0]?.code === other.plan[0]?.code;

/** All that is wrong, in the order of the sheets; but what is so only because something can't be read. */
function faultsOf(reading: Reading, misfits: Misfit[]): Fault[] {
  const sound = misfits.filter(
    (each) =>
      !(each.absent && reading.lacks(each.absent)) &&
      !restingOn(each).some((field) => reading.unread(each.sheet, each.key, field)),
  );
  const order = ['', ...sheetNames.map((name) => sheets[name].title)];
  const rank = ({ sheet, row = 0, column = -1 }: Fault) => [order.indexOf(sheet), row, column];
  return [...reading.faults, ...sound.map(placedBy(reading))].sort((one, other) => {
    const [ours, theirs] = [rank(one), rank(other)];
    return ours.map((each, at) => each - (theirs[at] ?? 0)).find((gap) => gap !== 0) ?? 0;
  });
}

/** A ledger keeps one plan, of one year: what was recorded for it can't become another's. */
function anotherPlan({ plan: [head] }: Book, ground: Book | null, isRecorded: boolean): Misfit[] {
  const [own] = ground?.plan ?? [];
  if (!own || !head) return [];
  const at = (field: keyof BookPlan, why: string): Misfit => ({ sheet: 'plan', key: head.code, field, why });
  const next = `新年度的方案请另建台账导入,做法见 README「下一年」,本台账留存备查`;
  if (own.code !== head.code) {
    const same = `台账里的方案代码是 ${own.code},不能改成别的`;
    return [at('code', own.year === head.year ? same : `${same};${next}`)];
  }
  return own.year === head.year || !isRecorded
    ? []
    : [at('year', `本台账是${own.year}年度的,已有登记的数,不能改成另一年度;${next}`)];
}

/** Rows of the sample that the workbook leaves out though others of it name them. */
function goneWith(sample: Book | null, faults: Fault[]): string[] {
  const missed = faults.some(({ absent }) => absent && (sample?.[absent].length ?? 0) > 0);
  return missed
    ? ['台账现为示例,首次导入整体替换示例:表里删去的行随示例移除,还写着它的行也要一并删去或改填。']
    : [];
}

const placedBy =
  ({ place }: Reading) =>
  ({ sheet, key, field, why, absent }: Misfit): Fault => {
    const at = place(sheet, key, field);
    const said = at.row === undefined ? `${key} ${why}` : why;
    return absent === undefined ? { ...at, why: said } : { ...at, why: said, absent };
  };

/** What the ledger keeps sealed, opened only to see whether the workbook brings the same once more. */
async function keptIn(tx: Db, plan: PlanRow | null, seal: Seal): Promise<Kept> {
  const rows = plan ? await tx.select().from(groups).where(eq(groups.planId, plan.id)) : [];
  const opened = (sealed: string | null | undefined) => (sealed ? seal.open(sealed) : null);
  return {
    open: (code) => {
      const row = rows.find((each) => each.code === code);
      return { address: opened(row?.sealedAddress), secret: opened(row?.sealedSecret) };
    },
  };
}
