import { readBook } from '../ledger/book/read.ts';
import { remember } from '../ledger/book/snapshots.ts';
import { emptyBook } from '../ledger/book.ts';
import type { Store } from '../ledger/db.ts';
import { plansOf } from '../ledger/plan.ts';
import { writeBook } from './write.ts';

/** The plan as a workbook to be edited and imported; of an empty ledger an empty one, to be filled in. */
export async function exportWorkbook(store: Store, now: Date): Promise<Buffer> {
  const { book, stamp } = await store.db.transaction(async (tx) => {
    const [plan] = await plansOf(tx);
    if (!plan) return { book: emptyBook(), stamp: '' };
    const read = await readBook(tx, plan);
    return { book: read, stamp: await remember(tx, read, now) };
  });
  return writeBook(book, stamp);
}
