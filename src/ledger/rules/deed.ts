import type { EntryAct } from '../terms.ts';

/** An entry as far as it says what it did to others. */
interface Deed {
  act: EntryAct;
  detail: Record<string, unknown>;
}

/** The numbers of the entries that it takes back, in its own chain. */
export const undoneBy = ({ act, detail }: Deed): number[] =>
  act === 'undo' ? (detail.undoes as number[]) : [];

/**
 * Those that nobody has taken back since, and not the taking back itself: it is looked for among them. They have their
 * chain where they are of several.
 */
export function notUndone<Row extends Deed & { seq: number; chain?: string }>(rows: readonly Row[]): Row[] {
  const nameOf = (seq: number, { chain = '' }: Row) => `${chain}:${seq}`;
  const undone = new Set(rows.flatMap((row) => undoneBy(row).map((seq) => nameOf(seq, row))));
  return rows.filter((row) => row.act !== 'undo' && !undone.has(nameOf(row.seq, row)));
}

/** The ids of the clerks' postings that it lets count. */
export const confirmedBy = ({ act, detail }: Deed): number[] =>
  act === 'confirm' ? (detail.postings as number[]) : [];
