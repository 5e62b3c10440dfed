import postgres from 'postgres';
import { openStore } from '../../src/ledger/db.ts';
import { loadPlan } from '../../src/ledger/plan/load.ts';
import { createServerForTests } from '../setup/server.ts';
import { planNumber } from './messages.ts';
import { pass } from './morning.ts';

export interface Ledgers {
  /** A database with so many plans, made from the one made first. */
  copy(): Promise<string>;
  remove(): Promise<void>;
}

/** A PostgreSQL that forces its commits to the disk, with a ledger of so many plans to copy. */
export async function createLedgers(plans: number, now: Date): Promise<Ledgers> {
  const server = await createServerForTests({ durable: true });
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await admin`create database whole`;
  const store = await openStore({ databaseUrl: server.url('whole'), dataDir: '' });
  for (let number = 1; number <= plans; number++) {
    await store.db.transaction((tx) => loadPlan(tx, planNumber(number), now));
  }
  await pass(store, now);
  await store.close();
  let copies = 0;
  return {
    copy: async () => {
      const name = `copy_${++copies}`;
      await admin`create database ${admin(name)} template whole`;
      return server.url(name);
    },
    remove: async () => {
      await admin.end();
      await server.remove();
    },
  };
}
