import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Store } from '../../../src/ledger/db.ts';
import { type Plan, plansOf } from '../../../src/ledger/plan.ts';
import { slots } from '../../../src/ledger/schema.ts';
import { openSample } from '../../setup/stores.ts';
import { type Post, processOn } from '../process.ts';
import { at as instant } from '../year.ts';

export const at = (day: string, time: string) => new Date(instant(day, time));

export let store: Store;
export let plan: Plan;
export let posts: Post[];
export let logged: Record<string, unknown>[];

/** A ledger with the sample plan, for a whole file; each test begins before anybody has looked. */
export function onSample(): void {
  beforeAll(async () => {
    store = await openSample(at('2026-01-01', '00:00'), 2);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.execute(
      sql`truncate letters, slots, robots, lights, bulletins, facts restart identity cascade`,
    );
    const [row] = await plansOf(store.db);
    if (!row) throw new Error('there is no plan');
    plan = row;
    [posts, logged] = [[], []];
  });
}

/** A process that began just now; what it logs is kept. */
export const start = () =>
  processOn(store, posts, {
    log: pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) }),
  });
export const slotsOf = async (push: string) =>
  (await store.db.select().from(slots).where(eq(slots.push, push)).orderBy(slots.dueAt)).map(
    ({ dueAt, state }) => `${new Date(dueAt.getTime() + 8 * 3_600_000).toISOString().slice(5, 16)} ${state}`,
  );
export const chats = () => new Set(posts.map(({ chat }) => chat));
