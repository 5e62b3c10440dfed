import type { EntryAct } from '../terms.ts';

/** An entry as far as it says what it did to others. */
interface Deed {
  act: EntryAct;
  detail: Record<string, unknown>;
}

/** The numbers of the entries that it takes back, in its own chain. */
export const undoneBy = ({ act, detail }: Deed): number[] =>
  act === 'undo' ? (detail.undoes as number[]) : [];

/** The ids of the clerks' postings that it lets count. */
export const confirmedBy = ({ act, detail }: Deed): number[] =>
  act === 'confirm' ? (detail.postings as number[]) : [];
