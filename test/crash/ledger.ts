import { asc } from 'drizzle-orm';
import { openStore, type StoreOptions } from '../../src/ledger/db.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { entries } from '../../src/ledger/schema.ts';
import type { Line } from './history.ts';

/** The sample plan, as the sandbox would load it. Nobody else may have the database open. */
export async function prepareLedger(options: StoreOptions, now: Date): Promise<void> {
  const store = await openStore(options);
  try {
    await loadSample(store.db, now);
  } finally {
    await store.close();
  }
}

/** Every figure that was ever written, chain by chain in the order of the chain. Nobody else may have the database open. */
export async function readLedger(options: StoreOptions): Promise<Line[]> {
  const store = await openStore(options);
  try {
    const rows = await store.db
      .select({ messageId: entries.messageId, detail: entries.detail })
      .from(entries)
      .orderBy(asc(entries.chain), asc(entries.seq));
    return rows.map(({ messageId, detail }) => ({
      messageId,
      indicator: String(detail.indicator),
      value: Number(detail.value),
    }));
  } finally {
    await store.close();
  }
}
