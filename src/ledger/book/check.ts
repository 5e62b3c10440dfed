import { type Book, keyOf, type Misfit, type Row, sheetNames } from '../book.ts';
import { checkHouse, checkOffice } from './checkHouse.ts';
import { checkPlan } from './checkPlan.ts';
import { checkTasks } from './checkTasks.ts';

/** What is wrong with a field may only be so because of these others of its row. */
const because: Record<string, string[]> = {
  targetHigh: ['comparator', 'target'],
  target: ['unit', 'kind'],
  comparator: ['kind'],
  numerator: ['kind'],
  denominator: ['kind'],
  denominatorOf: ['kind'],
  section: ['audience'],
  coSections: ['section'],
  meetingTime: ['meetingRule'],
  meetingPlace: ['meetingRule'],
  meetingMinutes: ['meetingRule'],
  authorisedBy: ['authorisedOn'],
  authorisedBasis: ['authorisedOn'],
  authorisedOn: ['authorisedScope'],
  quietTo: ['quietFrom'],
  digestAt: ['quietFrom', 'quietTo'],
  ends: ['starts'],
  since: ['starts', 'ends'],
};

/** The fields of its row that a misfit rests on, its own among them. */
export const restingOn = ({ field }: Misfit): string[] => [field, ...(because[field] ?? [])];

/**
 * What doesn't fit in `after`, seen together with the rows of the ledger that it leaves out. What stood so in the
 * ledger before is no fault of the workbook.
 */
export function check(after: Book, before: Book | null): Misfit[] {
  const whole = before ? merged(before, after) : after;
  const old = new Set(before ? misfits(before).map(textOf) : []);
  return [
    ...misfits(whole).filter((each) => !old.has(textOf(each))),
    ...(before ? checkOffice(before, whole) : []),
  ];
}

const misfits = (book: Book): Misfit[] => [...checkPlan(book), ...checkTasks(book), ...checkHouse(book)];

const textOf = ({ sheet, key, field, why }: Misfit): string => [sheet, key, field, why].join('|');

/** The ledger's rows with the workbook's in their place. */
function merged(before: Book, after: Book): Book {
  const book = Object.fromEntries(
    sheetNames.map((sheet) => {
      const rows = new Map<string, Row>(before[sheet].map((row) => [keyOf(sheet, row), row]));
      for (const row of after[sheet]) rows.set(keyOf(sheet, row), row);
      return [sheet, [...rows.values()]];
    }),
  );
  return book as unknown as Book;
}
