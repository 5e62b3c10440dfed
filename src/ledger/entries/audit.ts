import { asc, eq, sql } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { type EntryRow, hashOf } from '../entries.ts';
import { entries, seals, words } from '../schema.ts';
import { sha256 } from '../seal.ts';
import { figureFault } from './audit/figures.ts';
import { type DailySeal, type Head, hashOfSeal, headsOf, PLAN } from './dailySeal.ts';

export type Verdict =
  | { sound: true; entries: number }
  | { sound: false; task: string; entry: number | null; why: string };

const PAGE = 2_000;

/** The last entry of a chain that was walked. */
interface Link {
  seq: number;
  hash: string;
}

/** What entry has to be there: by a day's seal, or by the head of its chain. */
interface Point {
  hash: string;
  sealed: Day | null;
}

/** By chain and number. */
type Points = Map<string, Map<number, Point>>;

/** Chains of several plans have the same names. */
const nameOf = (planId: number, chain: string): string => `${planId}:${chain}`;
const taskOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Walks every chain of the ledger: the daily seals, each entry's hash over its own text and the entry before it, the
 * words that are still kept against their hashes, the ends of the chains against their heads and the seals, and then the
 * figures against what the entries say of them. Stops at the first bad row. What is written meanwhile does no harm: heads are read before the walk and after it.
 */
export async function verify(db: Db): Promise<Verdict> {
  const points: Points = new Map();
  const broken = expectSeals(await sealsOf(db), points);
  if (broken) return broken;
  expectHeads(await headsOf(db), points);
  const walked = await walk(db, points);
  if ('sound' in walked) return walked;
  const { ends, count } = walked;
  const fault = cutFault(points, ends) ?? headFault(await headsOf(db), ends);
  if (fault) return fault;
  const figure = await figureFault(db);
  return figure ? { sound: false, ...figure } : { sound: true, entries: count };
}

async function sealsOf(db: Db): Promise<DailySeal[]> {
  return db.select().from(seals).orderBy(asc(seals.planId), asc(seals.day));
}

/** The seals have to follow on each other; what they hold is looked for in the walk. */
function expectSeals(all: DailySeal[], points: Points): Verdict | undefined {
  let before: DailySeal | undefined;
  for (const seal of all) {
    const prev = before?.planId === seal.planId ? before.hash : '';
    if (seal.prev !== prev || seal.hash !== hashOfSeal(seal)) {
      return { sound: false, task: PLAN, entry: null, why: `${seal.day}的封存值不符` };
    }
    for (const [chain, [seq, hash]] of Object.entries(seal.heads)) {
      expectAt(points, nameOf(seal.planId, chain), seq, { hash, sealed: seal.day });
    }
    before = seal;
  }
  return undefined;
}

function expectHeads(heads: Head[], points: Points): void {
  for (const { planId, chain, seq, hash } of heads) {
    if (seq > 0) expectAt(points, nameOf(planId, chain), seq, { hash, sealed: null });
  }
}

/** A seal's word goes before a head's: a head may have been changed to fit. */
function expectAt(points: Points, name: string, seq: number, point: Point): void {
  const inChain = points.get(name) ?? new Map<number, Point>();
  if (!inChain.has(seq)) inChain.set(seq, point);
  points.set(name, inChain);
}

/** In the order of the chains, so that what is being written at the same time can't look like a gap. */
async function walk(db: Db, points: Points): Promise<Verdict | { ends: Map<string, Link>; count: number }> {
  const ends = new Map<string, Link>();
  let count = 0;
  let last: EntryRow | undefined;
  for (;;) {
    const page = await pageAfter(db, last);
    for (const { entry, text, salt } of page) {
      const name = nameOf(entry.planId, entry.chain);
      const said = text === null ? null : `${salt}${text}`;
      const why = faultOf(entry, ends.get(name), said) ?? pointFault(entry, points.get(name));
      if (why) return { sound: false, task: entry.chain, entry: entry.seq, why };
      ends.set(name, { seq: entry.seq, hash: entry.hash });
      last = entry;
    }
    count += page.length;
    if (page.length < PAGE) return { ends, count };
  }
}

async function pageAfter(
  db: Db,
  last: EntryRow | undefined,
): Promise<{ entry: EntryRow; text: string | null; salt: string | null }[]> {
  const place = sql`(${entries.planId}, ${entries.chain}, ${entries.seq}, ${entries.id})`;
  return db
    .select({ entry: entries, text: words.text, salt: words.salt })
    .from(entries)
    .leftJoin(words, eq(words.entryId, entries.id))
    .where(last && sql`${place} > (${last.planId}, ${last.chain}, ${last.seq}, ${last.id})`)
    .orderBy(asc(entries.planId), asc(entries.chain), asc(entries.seq), asc(entries.id))
    .limit(PAGE);
}

function faultOf(entry: EntryRow, before: Link | undefined, said: string | null): string | undefined {
  if (entry.seq !== (before?.seq ?? 0) + 1) return '记录号不连续';
  if (entry.prev !== (before?.hash ?? '')) return '与上一条记录接不上';
  if (entry.hash !== hashOf(entry)) return '内容与校验值不符';
  if (said !== null && entry.wordsHash !== sha256(said)) return '原话与校验值不符';
  return undefined;
}

/** A point that was found is done with; whatever is left after the walk has been cut off. */
function pointFault(entry: EntryRow, points: Map<number, Point> | undefined): string | undefined {
  const point = points?.get(entry.seq);
  points?.delete(entry.seq);
  if (!point || point.hash === entry.hash) return undefined;
  return point.sealed === null ? '与任务所记的末尾不符' : `与${point.sealed}的封存值不符`;
}

function cutFault(points: Points, ends: Map<string, Link>): Verdict | undefined {
  for (const [name, left] of points) {
    const [point] = [...left.values()];
    if (!point) continue;
    const why = point.sealed === null ? '末尾记录缺失' : `末尾记录缺失(${point.sealed}已封存)`;
    return { sound: false, task: taskOf(name), entry: ends.get(name)?.seq ?? null, why };
  }
  return undefined;
}

/** Nothing stands behind a head, and no chain without one. */
function headFault(heads: Head[], ends: Map<string, Link>): Verdict | undefined {
  const known = new Map(heads.map((head) => [nameOf(head.planId, head.chain), head]));
  for (const [name, end] of ends) {
    const head = known.get(name);
    if (!head || end.seq > head.seq) {
      return { sound: false, task: taskOf(name), entry: end.seq, why: '末尾多出记录' };
    }
  }
  return undefined;
}
