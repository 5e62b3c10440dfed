import { sql } from 'drizzle-orm';
import { type Db, openStore, type Store } from '../../../src/ledger/db.ts';
import { facts } from '../../../src/ledger/schema.ts';
import type { Server } from '../../setup/server.ts';
import type { Result } from './result.ts';

const note = (db: Db, name: string) => db.insert(facts).values({ name, value: 1 });
const nap = (db: Db, seconds: number) => db.execute(sql`select pg_sleep(${seconds})`);

/**
 * The case in which postgres.js lets other people's queries into a transaction: as many sleepers as there are
 * connections, then queries and transactions all at once. Gives what failed of what should not.
 */
export async function crowd(store: Store, lanes: number, round: string): Promise<unknown[]> {
  const sleepers = Array.from({ length: lanes }, () => nap(store.db, 0.5));
  const plain = Array.from({ length: 6 }, (_, index) => note(store.db, `plain ${round} ${index}`));
  const kept = Array.from({ length: 5 }, (_, index) =>
    store.db.transaction(async (tx) => {
      await note(tx, `kept ${round} ${index}`);
      return nap(tx, 0.01);
    }),
  );
  const undone = Array.from({ length: 5 }, (_, index) =>
    store.within(10_000, async (tx) => {
      await note(tx, `undone ${round} ${index}`);
      await nap(tx, 0.01);
      throw new Undone();
    }),
  );
  const ends = await Promise.allSettled([...sleepers, ...plain, ...kept, ...undone]);
  return ends.flatMap((end) =>
    end.status === 'rejected' && !(end.reason instanceof Undone) ? [end.reason] : [],
  );
}

class Undone extends Error {
  override name = 'Undone';
}

/** What of each kind there is now, after so many rounds of `crowd`. */
export async function crowded({ db }: Store): Promise<Record<'plain' | 'kept' | 'undone', number>> {
  const names = (await db.select().from(facts)).map(({ name }) => name.split(' ')[0]);
  const having = (kind: string) => names.filter((name) => name === kind).length;
  return { plain: having('plain'), kept: having('kept'), undone: having('undone') };
}

export async function crowdAgain(server: Server, rounds: number): Promise<Result> {
  const store = await openStore({ databaseUrl: server.url('postgres'), dataDir: '', lanes: 3 });
  const failed: unknown[] = [];
  for (let round = 1; round <= rounds; round++) failed.push(...(await crowd(store, 3, `${round}`)));
  const { plain, kept, undone } = await crowded(store);
  await store.close();
  const isWrong = failed.length > 0 || plain !== 6 * rounds || kept !== 5 * rounds || undone > 0;
  const findings = isWrong
    ? [{ what: 'a transaction took in or undid another', where: failed.join(', ') }]
    : [];
  return { name: 'busy pool', rounds, counts: { plain, kept, undone, failed: failed.length }, findings };
}
