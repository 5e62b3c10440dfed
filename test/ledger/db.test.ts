import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, DatabaseAway, type Db, type Store } from '../../src/ledger/db.ts';
import { Refusal } from '../../src/ledger/refusal.ts';
import { usual } from '../../src/ledger/rules/light.ts';
import { entries, facts, plans } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';

const note = (db: Db, name: string) => db.insert(facts).values({ name, value: 1 });

describe.each(stores)('a transaction on $kind', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  beforeEach(() => store.db.delete(facts).then(() => {}));

  const noted = async () => (await store.db.select().from(facts)).map(({ name }) => name).sort();

  test('is committed before within comes back', async () => {
    expect(await store.within(5_000, (tx) => note(tx, 'a').returning())).toHaveLength(1);
    expect(await noted()).toEqual(['a']);
  });

  test('leaves nothing behind when its work refuses, and the refusal comes through', async () => {
    const refused = store.within(5_000, async (tx) => {
      await note(tx, 'a');
      throw new Refusal('不在职责内');
    });
    await expect(refused).rejects.toThrow(new Refusal('不在职责内'));
    expect(await noted()).toEqual([]);
  });

  test('leaves nothing behind when the time runs out in a slow statement', async () => {
    const slow = store.within(200, async (tx) => {
      await note(tx, 'a');
      await tx.execute(sql`select pg_sleep(0.6)`);
    });
    await expect(slow).rejects.toThrow(DatabaseAway);
    expect(await noted()).toEqual([]);
  });

  test('leaves nothing behind when its work ends after the time did, and holds nobody up', async () => {
    let finish = (): void => {};
    const late = store.within(100, async (tx) => {
      await note(tx, 'a');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await note(tx, 'b');
    });
    await expect(late).rejects.toThrow(DatabaseAway);
    await store.within(5_000, (tx) => note(tx, 'c'));
    finish();
    await store.within(5_000, (tx) => note(tx, 'd'));
    expect(await noted()).toEqual(['c', 'd']);
  });

  test('never reports as done what a swallowed fault has spoilt', async () => {
    const spoilt = store.within(5_000, async (tx) => {
      await note(tx, 'a');
      await tx.execute(sql`select no_such_column`).then(
        () => {},
        () => {},
      );
      return 'recorded';
    });
    await expect(spoilt).rejects.toThrow();
    expect(await noted()).toEqual([]);
  });

  test('keeps the rest when a transaction inside of it is undone', async () => {
    await store.within(5_000, async (tx) => {
      await note(tx, 'a');
      const inner = tx.transaction(async (deeper) => {
        await note(deeper, 'b');
        throw new Refusal('重复');
      });
      await expect(inner).rejects.toThrow(Refusal);
    });
    expect(await noted()).toEqual(['a']);
  });

  test('outside of within is a transaction too', async () => {
    await store.db.transaction((tx) => note(tx, 'a'));
    await expect(
      store.db.transaction(async (tx) => {
        await note(tx, 'b');
        throw new Refusal('不在职责内');
      }),
    ).rejects.toThrow(Refusal);
    expect(await noted()).toEqual(['a']);
  });

  test('gets the database back in the shapes it was given', async () => {
    await store.db.insert(facts).values({ name: 'a', value: { 词: ['演练', 1.5, null] } });
    const [row] = await store.db.select().from(facts);
    expect(row?.value).toEqual({ 词: ['演练', 1.5, null] });
    expect(await store.db.query.facts.findFirst({ where: eq(facts.name, 'a') })).toMatchObject({ name: 'a' });
    expect(await store.db.$count(facts)).toBe(1);
  });

  test('names the SQLSTATE of what went wrong', async () => {
    await note(store.db, 'a');
    const twice = note(store.db, 'a');
    await expect(twice).rejects.toSatisfy((error) => codeOf(error) === '23505');
  });

  test('is answered for by a database that is alive', async () => {
    expect(await store.alive()).toBe(true);
    expect(await store.aside(5_000, (db) => db.$count(facts))).toBe(0);
  });
});

describe.each(stores)('entries on $kind', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
    await store.db.insert(plans).values(plan);
    await store.db.insert(entries).values(entry);
  });
  afterAll(() => store.close());

  test.each([
    ['changed', () => store.db.update(entries).set({ act: 'note' })],
    ['deleted', () => store.db.delete(entries)],
    ['truncated', () => store.db.execute(sql`truncate entries cascade`)],
  ])('cannot be %s', async (_, attempt) => {
    await expect(attempt()).rejects.toSatisfy((error) => codeOf(error) === '23001');
    expect(await store.db.select().from(entries)).toMatchObject([{ act: 'progress' }]);
  });
});

const plan: typeof plans.$inferInsert = {
  code: '2025',
  title: '整改方案',
  org: '教体局',
  year: 2025,
  starts: '2025-11-01',
  ends: '2026-12-31',
  since: '2025-11-01',
  timeZone: 'Asia/Shanghai',
  contact: { name: '整改办', phone: '' },
  settings: {
    meeting: null,
    authorisation: null,
    bulletin: { release: 'signed' },
    trial_until: null,
    confirm_staff: true,
    closeout: [],
    digest_at: '08:40',
    quiet: ['08:30', '17:30'],
    lights: usual,
    ladder: { soon: 20, very_soon: 10, again: 5, propose: 10, behind: 60, listed: 30 },
  },
};

const entry: typeof entries.$inferInsert = {
  planId: 1,
  chain: 'plan',
  seq: 1,
  act: 'progress',
  at: new Date('2026-01-05T01:00:00Z'),
  detail: {},
  prev: '',
  hash: 'a',
};
