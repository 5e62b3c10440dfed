import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Store } from '../../../src/ledger/db.ts';
import { type Letter, type NewLetter, put } from '../../../src/ledger/outbox.ts';
import { type Group, groupsOf } from '../../../src/ledger/people.ts';
import { type Plan, plansOf } from '../../../src/ledger/plan.ts';
import { groups, letters } from '../../../src/ledger/schema.ts';
import type { Outcome, Platform, Post } from '../../../src/platforms/platform.ts';
import { momentOf } from '../../../src/pushes/push.ts';
import { lookAt } from '../../../src/tick.ts';
import { type Post as Paper, processOn } from '../../clock/process.ts';
import { openSample } from '../../setup/stores.ts';

export const now = new Date('2026-04-01T09:00:00+08:00');
export const MINUTE = 60_000;
export const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

export let store: Store;
export let plan: Plan;
export let places: Group[];
export let posts: Paper[];
export let logged: Record<string, unknown>[];

/** A ledger with the sample plan, for a whole file; each test begins without letters. */
export function onSample(): void {
  beforeAll(async () => {
    store = await openSample(now, 4);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.execute(sql`truncate letters, robots, papers restart identity cascade`);
    await store.db.update(groups).set({ pausedAt: null, gone: null });
    const [row] = await plansOf(store.db);
    if (!row) throw new Error('there is no plan');
    plan = row;
    places = await groupsOf(store.db, plan.id);
    [posts, logged] = [[], []];
  });
}

export const group = (code: string): Group => {
  const found = places.find((each) => each.code === code);
  if (!found) throw new Error(`there is no ${code}`);
  return found;
};
/** A letter that is due now: to somebody on WeCom where nothing else is said. */
export async function write(
  key: string,
  more: Partial<NewLetter> & { to?: string } = {},
  row: Partial<Letter> = {},
) {
  const { to, ...given } = more;
  const place = to === undefined ? undefined : group(to);
  const letter = {
    ...{ planId: plan.id, key, push: 'test', platform: place?.platform ?? 'wecom', personId: null },
    ...{ groupId: place?.id ?? null, account: place ? null : key, robot: place?.chatId ?? key },
    ...{ reply: { title: key, lines: ['【4.3.2】'] }, tasks: [], marks: [], once: false, quiet: true },
    ...{ dueAt: now, expiresAt: later(600 * MINUTE), ...given },
  };
  await put(store.db, [letter], now);
  if (Object.keys(row).length > 0) await store.db.update(letters).set(row).where(eq(letters.key, key));
}
export const rowOf = async (key: string) => {
  const [row] = await store.db.select().from(letters).where(eq(letters.key, key));
  return row ?? {};
};
export const goneGroups = async () => (await groupsOf(store.db, plan.id)).filter(({ gone }) => gone !== null);
export const texts = () => posts.map(({ text }) => text.split('\n')[0]);
export const chats = () => posts.map(({ chat }) => chat);

/** A process that looks at the outbox alone, at a moment that the test sets. */
export function begin(platform: Partial<Platform> = {}) {
  const log = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) });
  const { parts, clock } = processOn(store, posts, { log, platform });
  clock.move(now.getTime());
  const end = new AbortController();
  const wakes: Date[] = [];
  return {
    clock,
    end,
    wakes,
    deliver: async () => {
      const look = await lookAt(parts, momentOf(plan, clock.now()));
      return parts.delivery.deliver(look, end.signal, (at) => wakes.push(at));
    },
    sent: async function sent() {
      await (await this.deliver()).over;
    },
  };
}
/** Sends that end as the test says; what came is kept. */
export function answering(...outcomes: Outcome[]) {
  const came: Post[] = [];
  const send: Platform['send'] = async (_, post) => {
    came.push(post);
    return outcomes.shift() ?? { is: 'sent' };
  };
  return { came, send };
}
