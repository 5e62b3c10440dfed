import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { facts } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores)('the database ($kind)', ({ open }) => {
  test('keeps what was committed', async () => {
    const store = await open();
    await store.within(2000, (tx) => tx.insert(facts).values({ name: 'a', value: { x: 1 } }));
    await store.db.transaction((tx) => tx.insert(facts).values({ name: 'b', value: [2] }));
    expect(await store.db.select().from(facts)).toHaveLength(2);
    expect(await store.db.query.facts.findMany()).toHaveLength(2);
    expect(await store.alive()).toBe(true);
    await store.db.execute(sql`select 1`);
    await store.close();
  });
});
