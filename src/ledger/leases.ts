import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { leases } from './schema.ts';

/** A lease that this process holds. */
export interface Lease {
  name: string;
  term: number;
}

/** What a holder says of what it does, for whoever asks how things run. */
export interface Note {
  state: string;
  why: string | null;
  since: Date;
}

/** Seconds without a renewal after which another may take a lease. */
const TERM = 15;

const present = sql`clock_timestamp()`;
const ahead = sql<Date>`clock_timestamp() + make_interval(secs => ${TERM})`;

/** Takes a lease that nobody holds; null if somebody does. */
export async function take(db: Db, name: string, note: Note): Promise<Lease | null> {
  const [row] = await db
    .insert(leases)
    .values({ name, term: 1, until: ahead, ...note })
    .onConflictDoUpdate({
      target: leases.name,
      set: { term: sql`${leases.term} + 1`, until: ahead, ...note },
      setWhere: sql`${leases.until} <= ${present}`,
    })
    .returning({ term: leases.term });
  return row ? { name, term: row.term } : null;
}

const held = ({ name, term }: Lease) => and(eq(leases.name, name), eq(leases.term, term));

/** False once another has taken it. One that ran out unnoticed is still ours until then. */
export async function renew(db: Db, lease: Lease, note: Note): Promise<boolean> {
  const rows = await db
    .update(leases)
    .set({ until: ahead, ...note })
    .where(held(lease))
    .returning({ name: leases.name });
  return rows.length > 0;
}

/** Lets another take it at once. */
export async function release(db: Db, lease: Lease, note: Note): Promise<void> {
  await db
    .update(leases)
    .set({ until: present, ...note })
    .where(held(lease));
}

/** Every lease that was ever taken, and whether somebody holds it now. */
export async function leasesNow(db: Db): Promise<(Note & { name: string; held: boolean })[]> {
  return db
    .select({
      name: leases.name,
      state: leases.state,
      why: leases.why,
      since: leases.since,
      held: sql<boolean>`${leases.until} > ${present}`,
    })
    .from(leases)
    .orderBy(leases.name);
}
