import { asc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type EntryRow, hashOf } from './entries.ts';
import { entries, plans, tasks, words } from './schema.ts';
import { sha256 } from './seal.ts';

export type Verdict =
  | { sound: true; entries: number }
  | { sound: false; task: string; entry: number | null; why: string };

const PAGE = 2_000;

interface Link {
  seq: number;
  hash: string;
}

/**
 * Walks every chain of the ledger: each entry's hash over its own text and the entry before it, the words that are
 * still kept against their hashes, and each head against the last entry. Stops at the first bad row.
 */
export async function verify(db: Db): Promise<Verdict> {
  const ends = new Map<string, Link>();
  let walked = 0;
  let after = 0;
  for (;;) {
    const page = await db
      .select({ entry: entries, text: words.text, salt: words.salt })
      .from(entries)
      .leftJoin(words, eq(words.entryId, entries.id))
      .where(gt(entries.id, after))
      .orderBy(asc(entries.id))
      .limit(PAGE);
    for (const { entry, text, salt } of page) {
      const chain = `${entry.planId}:${entry.chain}`;
      const why = faultOf(entry, ends.get(chain), text === null ? null : `${salt}${text}`);
      if (why) return { sound: false, task: entry.chain, entry: entry.seq, why };
      ends.set(chain, { seq: entry.seq, hash: entry.hash });
      after = entry.id;
    }
    walked += page.length;
    if (page.length < PAGE) break;
  }
  return (await headFault(db, ends)) ?? { sound: true, entries: walked };
}

function faultOf(entry: EntryRow, before: Link | undefined, said: string | null): string | undefined {
  if (entry.seq !== (before?.seq ?? 0) + 1) return '记录号不连续';
  if (entry.prev !== (before?.hash ?? '')) return '与上一条记录接不上';
  if (entry.hash !== hashOf(entry)) return '内容与校验值不符';
  if (said !== null && entry.wordsHash !== sha256(said)) return '原话与校验值不符';
  return undefined;
}

async function headFault(db: Db, ends: Map<string, Link>): Promise<Verdict | undefined> {
  const heads = [
    ...(await db
      .select({ planId: tasks.planId, chain: tasks.code, seq: tasks.headSeq, hash: tasks.headHash })
      .from(tasks)),
    ...(await db
      .select({
        planId: plans.id,
        chain: sql<string>`'plan'`,
        seq: plans.headSeq,
        hash: plans.headHash,
      })
      .from(plans)),
  ];
  for (const head of heads) {
    const end = ends.get(`${head.planId}:${head.chain}`) ?? { seq: 0, hash: '' };
    if (end.seq !== head.seq || end.hash !== head.hash) {
      return { sound: false, task: head.chain, entry: end.seq === 0 ? null : end.seq, why: '末尾记录缺失' };
    }
  }
  return undefined;
}
