import { eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { papers } from './schema.ts';

export type Paper = typeof papers.$inferSelect;

/** Keeps a finished paper and gives back its number. It is never changed: another version is another paper. */
export async function keep(
  tx: Db,
  paper: Omit<Paper, 'id' | 'entryId'> & { entryId?: number },
): Promise<number> {
  const [kept] = await tx.insert(papers).values(paper).returning({ id: papers.id });
  if (!kept) throw new Error('the paper came back empty');
  return kept.id;
}

export async function paperOf(db: Db, id: number): Promise<Paper | undefined> {
  const [paper] = await db.select().from(papers).where(eq(papers.id, id));
  return paper;
}
