import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Store } from '../../../src/ledger/db.ts';
import { claim } from '../../../src/ledger/outbox/claim.ts';
import type { Leave } from '../../../src/ledger/outbox/parcels.ts';
import { type Letter, type NewLetter, put, type Sending } from '../../../src/ledger/outbox.ts';
import { type Group, groupsOf, membersOf } from '../../../src/ledger/people.ts';
import { type Plan, plansOf } from '../../../src/ledger/plan.ts';
import { groups, letters } from '../../../src/ledger/schema.ts';
import { openSample } from '../../setup/stores.ts';

export const now = new Date('2026-04-01T09:00:00+08:00');
export const MINUTE = 60_000;
export const moment = (milliseconds: number, from = now) => new Date(from.getTime() + milliseconds);

export let store: Store;
export let plan: Plan;
export let places: Group[];
export let person: { id: number; account: string };

/** A ledger with the sample plan, for a whole file; each test begins without letters. */
export function onSample(): void {
  beforeAll(async () => {
    store = await openSample(now, 3);
    const [row] = await plansOf(store.db);
    if (!row) throw new Error('there is no plan');
    plan = row;
    places = await groupsOf(store.db, plan.id);
    const [member] = await membersOf(store.db, plan.id);
    person = { id: member?.id ?? 0, account: 'somebody' };
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.execute(sql`truncate letters, robots restart identity cascade`);
    await store.db.update(groups).set({ gone: null });
  });
}

/** Letters that are put at nine, to one person through one robot where nothing else is said. */
export async function write(keys: string[], more: Partial<NewLetter> = {}, at = now): Promise<void> {
  const fresh = keys.map(
    (key): NewLetter => ({
      ...{ planId: plan.id, key, push: 'test', platform: 'wecom', groupId: null, personId: person.id },
      ...{ account: person.account, robot: 'r', reply: { lines: [key] }, tasks: [], marks: [] },
      ...{ once: false, quiet: true, dueAt: now, expiresAt: moment(600 * MINUTE), ...more },
    }),
  );
  await put(store.db, fresh, at);
}
/** Puts one that has gone through something already. */
export async function written(
  key: string,
  row: Partial<Letter>,
  more: Partial<NewLetter> = {},
): Promise<void> {
  await write([key], more);
  await store.db.update(letters).set(row).where(eq(letters.key, key));
}
export const rowOf = async (key: string): Promise<Letter> => {
  const [row] = await store.db.select().from(letters).where(eq(letters.key, key));
  if (!row) throw new Error(`there is no ${key}`);
  return row;
};
export const sendingOf = async (...keys: string[]): Promise<Sending[]> =>
  Promise.all(keys.map(async (key) => ({ ...(await rowOf(key)), inDoubt: false })));
export const states = async () =>
  Object.fromEntries((await store.db.select().from(letters)).map(({ key, state }) => [key, state]));
export const group = (code: string): number => places.find((each) => each.code === code)?.id ?? 0;
export const to = (code: string): Partial<NewLetter> => ({
  groupId: group(code),
  account: null,
  personId: null,
});

export const leave: Leave = {
  may: () => true,
  repeats: () => false,
  budget: ({ robot }) => ({ minute: robot === '' ? 0 : 18 }),
  fit: () => true,
};
export async function claimed(at = now, ways: Partial<Leave> = {}, robot = 'r') {
  const { parcels, next } = await claim(store.db, plan.id, robot, at, { ...leave, ...ways });
  return { posts: parcels.map((parcel) => parcel.map(({ key }) => key)), parcels, next };
}
