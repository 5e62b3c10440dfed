import { randomBytes } from 'node:crypto';
import { desc, eq, inArray, like, sql } from 'drizzle-orm';
import type { Book } from '../book.ts';
import type { Db } from '../db.ts';
import { facts } from '../schema.ts';

const PREFIX = 'workbook:';
/** Older workbooks are read without what the ledger was when they were made. */
const KEPT = 30;

/**
 * Remembers the book as a workbook shows it, under a number that the workbook carries: so an import knows what was
 * changed in it, and what only moved on in the ledger meanwhile.
 */
export async function remember(tx: Db, book: Book, now: Date): Promise<string> {
  const stamp = randomBytes(6).toString('hex');
  const at = now.toISOString();
  await tx.insert(facts).values({ name: `${PREFIX}${stamp}`, value: { at, book } });
  const old = tx
    .select({ name: facts.name })
    .from(facts)
    .where(like(facts.name, `${PREFIX}%`))
    .orderBy(desc(sql`${facts.value}->>'at'`))
    .offset(KEPT);
  await tx.delete(facts).where(inArray(facts.name, old));
  return stamp;
}

export async function snapshot(db: Db, stamp: string): Promise<Book | undefined> {
  const [row] = await db
    .select()
    .from(facts)
    .where(eq(facts.name, `${PREFIX}${stamp}`));
  return (row?.value as { book: Book } | undefined)?.book;
}
