import { and, desc, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { entries, people, sections, words } from './schema.ts';

export interface HistoryLine {
  seq: number;
  act: string;
  at: Date;
  detail: Record<string, unknown>;
  name: string | null;
  section: string | null;
  /** The words as said; null where none were kept, or they have been sealed. */
  said: string | null;
}

/** The last entries of a task, newest first. */
export async function historyOf(db: Db, planId: number, chain: string, most: number): Promise<HistoryLine[]> {
  return db
    .select({
      seq: entries.seq,
      act: entries.act,
      at: entries.at,
      detail: entries.detail,
      name: people.address,
      section: sections.name,
      said: words.text,
    })
    .from(entries)
    .leftJoin(people, eq(people.id, entries.personId))
    .leftJoin(sections, eq(sections.id, people.sectionId))
    .leftJoin(words, eq(words.entryId, entries.id))
    .where(and(eq(entries.planId, planId), eq(entries.chain, chain)))
    .orderBy(desc(entries.seq))
    .limit(most);
}
