import { restingOn } from '../../ledger/book/check.ts';
import { type Book, type BookPlan, type Misfit, sheetNames } from '../../ledger/book.ts';
import type { Fault } from '../fault.ts';
import type { Reading } from '../read.ts';
import { sheets } from '../sheets.ts';

/** All that is wrong, in the order of the sheets; but what is so only because something can't be read. */
export function faultsOf(reading: Reading, misfits: Misfit[]): Fault[] {
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
export function anotherPlan({ plan: [head] }: Book, current: Book | null, isRecorded: boolean): Misfit[] {
  const [own] = current?.plan ?? [];
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
export function goneWith(sample: Book | null, faults: Fault[]): string[] {
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
