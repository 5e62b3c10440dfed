import { sql } from 'drizzle-orm';
import type { Store } from './store.ts';

const PULSE = 900;

/** `Store.alive` over either driver's `aside`: on a fresh connection, so that a busy pool is not taken for a dead one. */
export const pulse = (aside: Store['aside']) => (): Promise<boolean> =>
  aside(PULSE, (db) => db.execute(sql`select 1`)).then(
    () => true,
    () => false,
  );
