import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { nobody, saying } from '../../src/ledger/entries.ts';
import { isAhead } from '../../src/ledger/outbox/allowance.ts';
import { claim, isAnyOpen, robotsWaiting } from '../../src/ledger/outbox/claim.ts';
import { inDoubt, leaveInDoubt, resolveDoubt } from '../../src/ledger/outbox/doubt.ts';
import { draftsWaiting, settleDraft } from '../../src/ledger/outbox/drafts.ts';
import { heardOf } from '../../src/ledger/outbox/heard.ts';
import type { Leave } from '../../src/ledger/outbox/parcels.ts';
import {
  abandoned,
  acknowledge,
  awaits,
  expire,
  type Letter,
  type NewLetter,
  put,
  retract,
  type Sending,
  settle,
} from '../../src/ledger/outbox.ts';
import { type Group, groupsOf, membersOf, type Plan, plansOf } from '../../src/ledger/people.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan.ts';
import { entries, groups, letters, robots } from '../../src/ledger/schema.ts';
import { databaseUrl } from '../setup/stores.ts';

const now = new Date('2026-04-01T09:00:00+08:00');
const MINUTE = 60_000;
const moment = (milliseconds: number, from = now) => new Date(from.getTime() + milliseconds);

let store: Store;
let plan: Plan;
let places: Group[];
let person: { id: number; account: string };

beforeAll(async () => {
  store = await openStore({ databaseUrl: await databaseUrl(), dataDir: '', lanes: 3 });
  await store.db.transaction((tx) => loadPlan(tx, samplePlan(), now, { sample: true }));
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

/** Letters that are put at nine, to one person through one robot where nothing else is said. */
async function write(keys: string[], more: Partial<NewLetter> = {}, at = now): Promise<void> {
  const fresh = keys.map((key) => ({
    ...{ planId: plan.id, key, push: 'test', platform: 'wecom', groupId: null, personId: person.id },
    ...{ account: person.account, robot: 'r', reply: { lines: [key] }, tasks: [], marks: [] },
    ...{ once: false, quiet: true, dueAt: now, expiresAt: moment(600 * MINUTE), ...more },
  }));
  await put(store.db, fresh, at);
}
/** Puts one that has gone through something already. */
async function written(key: string, row: Partial<Letter>, more: Partial<NewLetter> = {}): Promise<void> {
  await write([key], more);
  await store.db.update(letters).set(row).where(eq(letters.key, key));
}
const rowOf = async (key: string): Promise<Letter> => {
  const [row] = await store.db.select().from(letters).where(eq(letters.key, key));
  if (!row) throw new Error(`there is no ${key}`);
  return row;
};
const sendingOf = async (...keys: string[]): Promise<Sending[]> =>
  Promise.all(keys.map(async (key) => ({ ...(await rowOf(key)), inDoubt: false })));
const states = async () =>
  Object.fromEntries((await store.db.select().from(letters)).map(({ key, state }) => [key, state]));
const group = (code: string): number => places.find((each) => each.code === code)?.id ?? 0;
const to = (code: string): Partial<NewLetter> => ({ groupId: group(code), account: null, personId: null });

const leave: Leave = {
  may: () => true,
  repeats: () => false,
  budget: ({ robot }) => ({ minute: robot === '' ? 0 : 18 }),
  fit: () => true,
};
async function claimed(at = now, ways: Partial<Leave> = {}, robot = 'r') {
  const { parcels, next } = await claim(store.db, plan.id, robot, at, { ...leave, ...ways });
  return { posts: parcels.map((parcel) => parcel.map(({ key }) => key)), parcels, next };
}

describe('a letter that is put', () => {
  test('waits to leave, as a draft for somebody’s word, or is dead where nothing reaches its reader', async () => {
    await put(store.db, [], now);
    await write(['甲']);
    await write(['乙'], { draft: true });
    await write(['丙'], { unreachable: '没有可用的会话' });
    expect(await states()).toEqual({ 甲: 'pending', 乙: 'draft', 丙: 'dead' });
    expect(await rowOf('甲')).toMatchObject({ createdAt: now, endedAt: null, why: null, attempt: 0 });
    expect(await rowOf('丙')).toMatchObject({ endedAt: now, why: '没有可用的会话' });
    expect((await rowOf('甲')).uuid).not.toBe((await rowOf('乙')).uuid);
  });

  test('stands once, as it was first put', async () => {
    await write(['甲'], { push: 'first' });
    await write(['甲', '乙'], { push: 'second' });
    expect([(await rowOf('甲')).push, (await rowOf('乙')).push]).toEqual(['first', 'second']);
  });
});

describe('how an attempt ended', () => {
  const attempt = { state: 'sending' as const, attempt: 1, triedAt: now, leftAt: now };

  test('is written down for all that left as one post', async () => {
    for (const key of ['甲', '乙']) await written(key, attempt);
    await written('丙', attempt);
    await settle(store.db, [], { is: 'sent' }, false, moment(1_000));
    await settle(store.db, await sendingOf('甲', '乙'), { is: 'sent' }, false, moment(1_000));
    expect(await states()).toEqual({ 甲: 'sent', 乙: 'sent', 丙: 'sending' });
    expect(await rowOf('甲')).toMatchObject({ endedAt: moment(1_000), triedAt: moment(1_000), why: null });
  });

  test('is told by the newest attempt alone, and by nobody once the fate is known', async () => {
    await written('甲', attempt);
    const old = await sendingOf('甲');
    await store.db.update(letters).set({ attempt: 2 });
    await settle(store.db, old, { is: 'never', why: 'late', gone: false }, false, now);
    expect(await states()).toEqual({ 甲: 'sending' });
    const newest = await sendingOf('甲');
    await settle(store.db, newest, { is: 'unknown', why: 'reset' }, false, now);
    expect(await states()).toEqual({ 甲: 'unknown' });
    await settle(store.db, newest, { is: 'sent' }, false, now);
    expect(await states()).toEqual({ 甲: 'sent' });
    await settle(store.db, newest, { is: 'unknown', why: 'reset' }, false, now);
    expect(await states()).toEqual({ 甲: 'sent' });
  });

  test('pauses its robot where the platform asks for that, and no other', async () => {
    await store.db.insert(robots).values([{ robot: 'r' }, { robot: 'other' }]);
    const paused = async () =>
      (await store.db.select().from(robots).orderBy(robots.robot)).map(({ pausedUntil }) => pausedUntil);
    await written('甲', attempt);
    await settle(
      store.db,
      await sendingOf('甲'),
      { is: 'later', at: moment(MINUTE), pause: false, why: 'w' },
      false,
      now,
    );
    expect(await paused()).toEqual([null, null]);
    await written('乙', attempt);
    await settle(store.db, await sendingOf('乙'), { is: 'never', why: 'w', gone: false }, false, now);
    await written('丙', attempt);
    await settle(
      store.db,
      await sendingOf('丙'),
      { is: 'later', at: moment(MINUTE), pause: true, why: 'w' },
      false,
      now,
    );
    expect(await paused()).toEqual([null, moment(MINUTE)]);
    expect(await states()).toEqual({ 甲: 'waiting', 乙: 'dead', 丙: 'waiting' });
  });

  test('ends whatever waits for a group that is gone, and nothing else', async () => {
    await written('甲', attempt, to('leaders'));
    for (const state of ['draft', 'pending', 'waiting', 'sending', 'sent', 'unknown'] as const)
      await written(state, { state }, to('leaders'));
    await write(['乙'], to('office'));
    await write(['丙']);
    const goneOf = async () =>
      (await groupsOf(store.db, plan.id))
        .filter(({ gone }) => gone !== null)
        .map(({ code, gone }) => [code, gone]);
    await written('丁', attempt, to('office'));
    await settle(store.db, await sendingOf('丁'), { is: 'never', why: 'no', gone: false }, false, now);
    expect(await goneOf()).toEqual([]);
    await settle(
      store.db,
      await sendingOf('甲'),
      { is: 'never', why: 'removed', gone: true },
      false,
      moment(1_000),
    );
    expect(await goneOf()).toEqual([['leaders', 'removed']]);
    expect(await states()).toEqual({
      ...{ 甲: 'dead', draft: 'dead', pending: 'dead', waiting: 'dead' },
      ...{ sending: 'sending', sent: 'sent', unknown: 'unknown', 乙: 'pending', 丙: 'pending', 丁: 'dead' },
    });
    expect(await rowOf('waiting')).toMatchObject({ endedAt: moment(1_000), why: 'removed' });
  });

  test('where somebody’s account is gone, ends nothing that waits for a group', async () => {
    await written('甲', attempt);
    await write(['乙'], to('leaders'));
    await write(['丙']);
    await settle(store.db, await sendingOf('甲'), { is: 'never', why: 'left', gone: true }, false, now);
    expect(await states()).toEqual({ 甲: 'dead', 乙: 'pending', 丙: 'pending' });
  });
});

describe('posts that a process left as it died', () => {
  test('are found 45 seconds after it took them, and the moment of the next is told', async () => {
    const taken = (key: string, at: Date | null, uuid: string) =>
      written(key, { state: 'sending', attempt: 1, triedAt: at, uuid });
    await taken('一', moment(-45_000), 'u1');
    await taken('二', moment(-45_000), 'u1');
    await taken('三', moment(-60_000), 'u2');
    await taken('四', moment(-44_999), 'u3');
    await taken('五', moment(-30_000), 'u4');
    await taken('六', null, 'u5');
    await write(['七']);
    const { left, next } = await abandoned(store.db, plan.id, now);
    expect(left.map((post) => post.map(({ key, inDoubt }) => [key, inDoubt]))).toEqual([
      [
        ['一', true],
        ['二', true],
      ],
      [['三', true]],
      [['六', true]],
    ]);
    expect(next).toEqual(moment(1));
  });

  test('are found too where the clock was set back since, and nothing is to come then', async () => {
    // 45 seconds' lease: it would end 90 seconds from now at the latest.
    await written('甲', { state: 'sending', attempt: 1, triedAt: moment(45_001) });
    const { left, next } = await abandoned(store.db, plan.id, now);
    expect([left.length, next]).toEqual([1, undefined]);
    await store.db.update(letters).set({ triedAt: moment(45_000) });
    expect(await abandoned(store.db, plan.id, now)).toEqual({ left: [], next: moment(90_000) });
  });
});

describe('a letter that asks for something', () => {
  test('leaves no more once that is done, and isn’t repeated where it may have arrived', async () => {
    const marks = [awaits('close-out', 7), 'other'];
    expect(marks[0]).toBe('awaits:close-out:7');
    for (const state of ['draft', 'pending', 'waiting', 'unknown', 'sending', 'sent'] as const)
      await written(state, { state }, { marks });
    await written('乙', { state: 'pending' }, { marks: ['other'] });
    await written('丙', { state: 'unknown', endedAt: moment(-MINUTE), why: 'reset' }, { marks });
    await retract(store.db, [], now);
    expect((await rowOf('pending')).state).toBe('pending');
    await retract(store.db, [awaits('close-out', 7), awaits('close-out', 8)], now);
    expect(await states()).toEqual({
      ...{ draft: 'expired', pending: 'expired', waiting: 'expired', unknown: 'unknown' },
      ...{ sending: 'sending', sent: 'sent', 乙: 'pending', 丙: 'unknown' },
    });
    for (const key of ['draft', 'unknown'])
      expect(await rowOf(key)).toMatchObject({ endedAt: now, why: '所请事项已办理或收回' });
    // Whatever becomes of this attempt, there is no time for another.
    expect(await rowOf('sending')).toMatchObject({ endedAt: null, expiresAt: now });
    expect((await rowOf('sent')).expiresAt).toEqual(moment(600 * MINUTE));
    expect(await rowOf('丙')).toMatchObject({ endedAt: moment(-MINUTE), why: 'reset' });
  });
});

describe('a letter that runs out of time', () => {
  test('says why it never left, and stays unknown where it may have arrived', async () => {
    const late = { expiresAt: now };
    await written('等', { state: 'waiting', why: 'errcode -1' }, late);
    for (const state of ['draft', 'pending', 'unknown', 'sending', 'sent'] as const)
      await written(state, { state }, late);
    await written('早', { state: 'pending' }, { expiresAt: moment(1) });
    await written('完', { state: 'waiting', endedAt: moment(-MINUTE) }, late);
    await expire(store.db, plan.id, now);
    expect(await states()).toEqual({
      ...{ 等: 'expired', draft: 'expired', pending: 'expired', unknown: 'unknown' },
      ...{ sending: 'sending', sent: 'sent', 早: 'pending', 完: 'waiting' },
    });
    expect(await rowOf('等')).toMatchObject({ endedAt: now, why: 'errcode -1' });
    expect(await rowOf('pending')).toMatchObject({ endedAt: now, why: '超过发送时限' });
    expect(await rowOf('draft')).toMatchObject({ endedAt: now, why: '待发期间无人同意发出' });
    expect((await rowOf('unknown')).endedAt).toEqual(now);
    expect((await rowOf('sending')).endedAt).toBeNull();
  });
});

test('收到 marks what the person was sent as seen, once', async () => {
  await written('甲', { state: 'sent' });
  await written('乙', { state: 'unknown' });
  await written('丙', { state: 'sent' }, { personId: null });
  expect(await acknowledge(store.db, person.id, now)).toBe(true);
  expect((await rowOf('甲')).seenAt).toEqual(now);
  expect([(await rowOf('乙')).seenAt, (await rowOf('丙')).seenAt]).toEqual([null, null]);
  expect(await acknowledge(store.db, person.id, now)).toBe(false);
});

describe('what is yet to leave', () => {
  test('is anything that has not ended', async () => {
    expect(await isAnyOpen(store.db, plan.id)).toBe(false);
    await written('甲', { state: 'sent', endedAt: now });
    expect(await isAnyOpen(store.db, plan.id)).toBe(false);
    await write(['乙']);
    expect(await isAnyOpen(store.db, plan.id)).toBe(true);
  });

  test('is counted against the robot by which its chat is reached now', async () => {
    await write(['甲'], { ...to('leaders'), robot: 'old' });
    await write(['乙'], { ...to('office'), robot: 'old' });
    await write(['丙'], { robot: 'old' });
    await write(['丁'], { robot: 'old', platform: 'dingtalk' });
    await write(['戊'], { robot: 'old', account: 'another' });
    await written('发', { state: 'sending' }, { ...to('leaders'), robot: 'old' });
    await written('稿', { state: 'draft' }, { ...to('leaders'), robot: 'draft’s' });
    await written('完', { state: 'sent', endedAt: now }, { robot: 'ended' });
    const robotOf = ({ groupId, account, platform }: Pick<Letter, 'groupId' | 'account' | 'platform'>) =>
      groupId === group('leaders') || (account === person.account && platform === 'wecom')
        ? 'new'
        : undefined;
    expect(new Set(await robotsWaiting(store.db, plan.id, robotOf))).toEqual(new Set(['new', 'old']));
    const rows = await store.db.select().from(letters);
    expect(Object.fromEntries(rows.map(({ key, robot }) => [key, robot]))).toEqual({
      ...{ 甲: 'new', 乙: 'old', 丙: 'new', 丁: 'old', 戊: 'old' },
      ...{ 发: 'old', 稿: 'draft’s', 完: 'ended' },
    });
    expect(await robotsWaiting(store.db, plan.id, () => 'new')).toEqual(['new']);
  });
});

describe('a claim', () => {
  test('takes what is due, marks it as sending, and leaves drafts and what has ended', async () => {
    await write(['甲']);
    await write(['乙'], { ...to('leaders'), dueAt: moment(1) });
    await written('稿', { state: 'draft' }, to('office'));
    await written('完', { state: 'sent', endedAt: now }, to('system'));
    await write(['别'], { ...to('dangwei'), robot: 'another' });
    const { posts, parcels, next } = await claimed();
    expect([posts, next]).toEqual([[['甲']], null]);
    expect(parcels[0]?.[0]).toMatchObject({
      ...{ state: 'sending', attempt: 1, leftAt: now, triedAt: now, inDoubt: false, again: false },
    });
    expect(await rowOf('甲')).toMatchObject({ state: 'sending', attempt: 1, leftAt: now, triedAt: now });
    expect(await claimed()).toMatchObject({ posts: [], next: null });
    expect(await claimed(now, {}, 'nobody’s')).toMatchObject({ posts: [], next: null });
  });

  test('waits for its robot while that is paused, but not for a rest that a clock set back has made long', async () => {
    await write(['甲']);
    await store.db.insert(robots).values({ robot: 'r', pausedUntil: moment(60 * MINUTE) });
    expect(await claimed()).toMatchObject({ posts: [], next: moment(60 * MINUTE) });
    await store.db.update(robots).set({ pausedUntil: moment(60 * MINUTE + 1) });
    expect((await claimed()).posts).toEqual([['甲']]);
    expect(
      [null, now, moment(1), moment(60 * MINUTE), moment(60 * MINUTE + 1)].map((at) => isAhead(at, now)),
    ).toEqual([...[false, false, true, true, false]]);
  });

  test('leaves the robot to whoever has it', async () => {
    await write(['甲']);
    await store.db.insert(robots).values({ robot: 'r' });
    await store.db.transaction(async (tx) => {
      await tx.select().from(robots).for('update');
      expect((await claimed()).posts).toEqual([]);
    });
    expect((await claimed()).posts).toEqual([['甲']]);
  });

  test('goes in order: what was tried, what has been due for longer, what was put first', async () => {
    await write(['三'], { dueAt: moment(-MINUTE) });
    await write(['二'], { dueAt: moment(-2 * MINUTE) });
    await write(['四'], { dueAt: moment(-MINUTE) });
    await written('一', { state: 'waiting', attempt: 1, triedAt: moment(-3 * MINUTE) });
    const order: string[] = [];
    const fit = (parcel: Letter[]) => {
      order.push(parcel.map(({ key }) => key).join(''));
      return true;
    };
    expect((await claimed()).posts).toEqual([['一']]);
    await store.db.update(letters).set({ state: 'sent', endedAt: now }).where(eq(letters.key, '一'));
    expect((await claimed(moment(MINUTE), { fit })).posts).toEqual([['二', '三', '四']]);
    expect(order).toEqual(['二三', '二三四']);
  });

  test('spends of a minute’s budget what others have left of it, however many letters a post holds', async () => {
    const budget = () => ({ minute: 3 });
    const sent = (key: string, at: Date, uuid = key, robot = 'r') =>
      written(key, { state: 'sent', attempt: 1, triedAt: at, endedAt: at, uuid }, { robot });
    for (const key of ['一', '二', '三']) await write([key], { account: key });
    await sent('早', moment(-MINUTE));
    await sent('别', moment(-1), 'another', 'another');
    await sent('先', moment(-MINUTE + 1), 'one post');
    await sent('后', moment(-30_000), 'one post');
    expect((await claimed(now, { budget })).posts).toEqual([['一'], ['二']]);
    expect(await claimed(now, { budget })).toMatchObject({ posts: [], next: moment(1) });
    await store.db
      .update(letters)
      .set({ state: 'sent', endedAt: now, triedAt: moment(MINUTE) })
      .where(eq(letters.key, '一'));
    await store.db
      .update(letters)
      .set({ triedAt: moment(MINUTE + 1), state: 'sent', endedAt: now })
      .where(eq(letters.key, '二'));
    // What was sent within the minute that a drifting clock may be ahead counts, what lies beyond it doesn't.
    await write(
      ['四', '五'].map((key) => key),
      { account: '四' },
    );
    await write(['六'], { account: '六' });
    expect((await claimed(now, { budget })).posts).toEqual([['三']]);
  });

  test('counts what is on its way for as long as it takes', async () => {
    const budget = () => ({ minute: 2 });
    for (const key of ['一', '二']) await write([key], { account: key });
    await written('慢', { state: 'sending', attempt: 1, triedAt: moment(-2 * MINUTE) }, { account: '慢' });
    expect((await claimed(now, { budget })).posts).toEqual([['一']]);
  });

  test('keeps an hour’s budget where the platform counts that too', async () => {
    const budget = () => ({ minute: 18, hour: 3 });
    const sent = (key: string, at: Date) =>
      written(key, { state: 'sent', attempt: 1, triedAt: at, endedAt: at });
    await sent('一', moment(-60 * MINUTE));
    await sent('二', moment(-60 * MINUTE + 1));
    await sent('三', moment(-2 * MINUTE));
    for (const key of ['四', '五']) await write([key], { account: key });
    expect((await claimed(now, { budget })).posts).toEqual([['四']]);
    expect((await claimed(now, { budget })).posts).toEqual([]);
  });

  test('ventures one post a minute while the robot’s last one came to nothing', async () => {
    for (const key of ['一', '二', '三']) await write([key], { account: key });
    const last = (row: Partial<Letter>) => store.db.update(letters).set(row).where(eq(letters.key, '前'));
    await written('前', {
      state: 'waiting',
      attempt: 1,
      triedAt: moment(-30_000),
      dueAt: moment(5 * MINUTE),
    });
    expect(await claimed()).toMatchObject({ posts: [], next: moment(30_000) });
    await last({ triedAt: moment(-MINUTE) });
    expect((await claimed()).posts).toEqual([['一']]);
    // While that one is under way there is no second.
    expect(await claimed()).toMatchObject({ posts: [], next: null });
    await store.db
      .update(letters)
      .set({ state: 'waiting', triedAt: moment(MINUTE), dueAt: moment(9 * MINUTE) })
      .where(eq(letters.key, '一'));
    expect(await claimed(moment(MINUTE))).toMatchObject({ posts: [], next: moment(2 * MINUTE) });
  });

  test.each([
    ['was taken', { state: 'sent', attempt: 3 }, 2],
    ['was refused for good', { state: 'dead', attempt: 5 }, 2],
    ['was tried in vain six times', { state: 'dead', attempt: 6 }, 0],
    ['may have arrived', { state: 'unknown', attempt: 1 }, 0],
    ['ran out of time', { state: 'expired', attempt: 1 }, 0],
  ] as const)('has the whole budget where the last one %s: %o', async (_, row, count) => {
    for (const key of ['一', '二']) await write([key], { account: key });
    await written('早', { state: 'waiting', attempt: 1, triedAt: moment(-2_000), endedAt: now });
    await written('前', { ...row, triedAt: moment(-1_000), endedAt: now });
    expect((await claimed()).posts).toHaveLength(count);
  });

  test('takes one that was sent at the same moment as another failed for the robot’s answer', async () => {
    await write(['一']);
    await written('败', { state: 'unknown', attempt: 1, triedAt: moment(-1_000), endedAt: now });
    await written('成', { state: 'sent', attempt: 1, triedAt: moment(-1_000), endedAt: now });
    expect((await claimed()).posts).toEqual([['一']]);
  });

  test('tells when the first of those that wait is due again', async () => {
    const waits = (key: string, minutes: number) =>
      written(
        key,
        { state: 'waiting', attempt: 1, triedAt: moment(-5 * MINUTE), dueAt: moment(minutes * MINUTE) },
        { account: key },
      );
    await written('成', { state: 'sent', attempt: 1, triedAt: moment(-2 * MINUTE), endedAt: now });
    await waits('一', 20);
    await waits('二', 15);
    await waits('三', 11);
    await write(['四'], { account: '四', dueAt: moment(2 * MINUTE) });
    await written(
      '五',
      { state: 'waiting', attempt: 1, triedAt: moment(-5 * MINUTE), dueAt: moment(-MINUTE) },
      { account: '五' },
    );
    // It waits for another of its chat, not for its time.
    await written('六', { state: 'sending', attempt: 1, triedAt: now }, { account: '五' });
    const may = ({ key }: Letter) => key !== '三';
    expect(await claimed(now, { may })).toMatchObject({ posts: [], next: moment(15 * MINUTE) });
    expect(await claimed(now, { may: () => false })).toMatchObject({ posts: [], next: null });
  });

  test('lets what waits go sooner once its robot has taken another to a group, or to a person', async () => {
    const waits = (key: string, minutes: number, more: Partial<NewLetter>) =>
      written(
        key,
        { state: 'waiting', attempt: 4, triedAt: moment(-minutes * MINUTE), dueAt: moment(MINUTE) },
        more,
      );
    await waits('人', 2, { account: '人' });
    await waits('群', 3, to('leaders'));
    const taken = async (key: string, more: Partial<NewLetter>, at: Date) =>
      written(key, { state: 'sent', attempt: 1, triedAt: at, endedAt: now }, more);
    await taken('早', to('office'), moment(-3 * MINUTE));
    await taken('他', { account: '他' }, moment(-2 * MINUTE));
    expect(await claimed()).toMatchObject({ posts: [], next: moment(MINUTE) });
    await taken('后', to('office'), moment(-2 * MINUTE - 1));
    expect((await claimed()).posts).toEqual([['群']]);
    await store.db.update(letters).set({ state: 'sent', endedAt: now }).where(eq(letters.key, '群'));
    await taken('又', { account: '他' }, moment(-30_000));
    expect((await claimed()).posts).toEqual([['人']]);
  });

  test('gives a new composition a name of its own, and one that goes again the name it had', async () => {
    await write(['一', '二'], {}, moment(-MINUTE));
    const uuids = await Promise.all(['一', '二'].map(async (key) => (await rowOf(key)).uuid));
    await write(['单'], { account: '单' });
    const { uuid: single } = await rowOf('单');
    const { parcels } = await claimed();
    const [[one, two] = [], [alone] = []] = parcels;
    expect(one?.uuid).toBe(two?.uuid);
    expect(uuids).not.toContain(one?.uuid);
    expect(alone?.uuid).toBe(single);
    await store.db.update(letters).set({ state: 'waiting', dueAt: now, triedAt: moment(-2 * MINUTE) });
    await written('成', { state: 'sent', attempt: 1, triedAt: moment(-1_000), endedAt: now });
    const second = await claimed(moment(MINUTE));
    expect(second.parcels.map((parcel) => parcel.map(({ uuid, again }) => [uuid, again]))).toEqual([
      [
        [one?.uuid, false],
        [one?.uuid, false],
      ],
      [[single, false]],
    ]);
    expect(await rowOf('一')).toMatchObject({ attempt: 2, leftAt: now, triedAt: moment(MINUTE) });
  });

  describe('of what may have arrived', () => {
    const doubt = { state: 'unknown' as const, attempt: 1, triedAt: moment(-2 * MINUTE), uuid: 'u' };
    const again = async (at: Date, repeats: boolean) => {
      const { parcels } = await claimed(at, { repeats: () => repeats });
      return parcels.map((parcel) => parcel.map(({ key, again, inDoubt }) => [key, again, inDoubt]));
    };
    const left = (leftAt: Date | null) => written('甲', { ...doubt, leftAt });

    test('says that it goes again where the platform would show it twice', async () => {
      await left(moment(-2 * MINUTE));
      expect(await again(now, false)).toEqual([[['甲', true, true]]]);
    });
    test('says nothing where the platform knows it for the same, for 29 minutes', async () => {
      await left(moment(-29 * MINUTE + 1));
      expect(await again(now, true)).toEqual([[['甲', false, true]]]);
    });
    test('says that it goes again after 29 minutes, on whichever side of a clock that was set', async () => {
      await left(moment(-29 * MINUTE));
      expect(await again(now, true)).toEqual([[['甲', true, true]]]);
      await written('甲', { ...doubt, again: false, leftAt: moment(29 * MINUTE), endedAt: null, dueAt: now });
      expect(await again(now, true)).toEqual([[['甲', true, true]]]);
    });
    test('says that it goes again where nobody knows when it left', async () => {
      await left(null);
      expect(await again(now, true)).toEqual([[['甲', true, true]]]);
    });
    test('says so once and for all', async () => {
      await written('甲', { ...doubt, state: 'waiting', again: true, leftAt: now });
      expect(await again(now, true)).toEqual([[['甲', true, false]]]);
    });
    test('says so where a part of the post goes no more', async () => {
      await left(now);
      await written('乙', { ...doubt, leftAt: now });
      await written('丙', { ...doubt, leftAt: now, endedAt: now });
      for (const key of ['整', '齐'])
        await written(key, { ...doubt, uuid: 'v', leftAt: now }, { account: '整' });
      await written('新', { ...doubt, state: 'waiting', uuid: 'w', leftAt: now }, { account: '新' });
      await written(
        '旧',
        { ...doubt, state: 'expired', uuid: 'w', leftAt: now, endedAt: now },
        { account: '新' },
      );
      await written('成', { state: 'sent', attempt: 1, triedAt: moment(-1_000), endedAt: now });
      expect(await again(now, true)).toEqual([
        [
          ['甲', true, true],
          ['乙', true, true],
        ],
        [
          ['整', false, true],
          ['齐', false, true],
        ],
        [['新', false, false]],
      ]);
    });
  });
});

describe('a post of which nobody knows whether it arrived', () => {
  test('is told to the office where it is a bulletin that nothing more becomes of', async () => {
    await written('甲', { state: 'unknown', endedAt: now }, { once: true });
    await written('乙', { state: 'unknown', endedAt: now });
    await written('丙', { state: 'unknown' }, { once: true });
    await written('丁', { state: 'sent', endedAt: now }, { once: true });
    expect((await inDoubt(store.db, plan.id)).map(({ key }) => key)).toEqual(['甲']);
  });

  test('counts as sent when somebody has seen it, and else goes once more', async () => {
    for (const key of ['甲', '乙', '丙'])
      await written(key, { state: 'unknown', endedAt: moment(-MINUTE), why: 'reset' }, { once: true });
    const times = { now, until: moment(MINUTE) };
    await resolveDoubt(store.db, await sendingOf('甲'), true, times);
    await resolveDoubt(store.db, await sendingOf('乙'), false, times);
    expect(await rowOf('甲')).toMatchObject({ state: 'sent', why: null, endedAt: moment(-MINUTE) });
    expect(await rowOf('乙')).toMatchObject({
      ...{ state: 'waiting', endedAt: null, again: true, dueAt: now, expiresAt: moment(MINUTE) },
    });
    expect((await rowOf('丙')).state).toBe('unknown');
  });

  test('is whatever had not left when a backup was made', async () => {
    await write(['甲', '乙']);
    await written('丙', { state: 'sent', endedAt: moment(-MINUTE) });
    expect(await leaveInDoubt(store.db, plan.id, now)).toBe(2);
    expect(await rowOf('甲')).toMatchObject({
      state: 'unknown',
      endedAt: now,
      why: '恢复备份,可能在此前已发出',
    });
    expect(await rowOf('丙')).toMatchObject({ state: 'sent', endedAt: moment(-MINUTE) });
  });
});

test('whom a letter has reached or may have is known by its marks and since when', async () => {
  const members = await membersOf(store.db, plan.id);
  const id = (at: number) => members[at]?.id ?? 0;
  const reached = (key: string, state: Letter['state'], at: number, more: Partial<NewLetter> = {}) =>
    written(key, { state }, { personId: id(at), marks: ['m', key], ...more });
  await reached('甲', 'sending', 0);
  await reached('乙', 'sent', 1);
  await reached('丙', 'unknown', 2);
  await reached('丁', 'dead', 3);
  await reached('戊', 'sent', 4, { marks: ['other'] });
  await reached('庚', 'sent', 6);
  await reached('己', 'sent', 5, { personId: null });
  await store.db
    .update(letters)
    .set({ createdAt: moment(-1) })
    .where(eq(letters.key, '乙'));
  expect((await heardOf(store.db, ['m'], now)).toSorted((a, b) => a - b)).toEqual(
    [id(0), id(2), id(6)].toSorted((a, b) => a - b),
  );
  expect(await heardOf(store.db, [], moment(-MINUTE))).toEqual([]);
});

describe('a post that waits for somebody’s word', () => {
  test('is one with all its parts, in the order in which it was made, until it is too late', async () => {
    const { db } = store;
    const draft = { draft: true } as const;
    await write(['甲', '乙'], { ...to('leaders'), ...draft, push: 'digest' });
    await write(['丙'], { ...to('office'), ...draft, push: 'digest' });
    await write(['丁'], { ...to('leaders'), ...draft, push: 'meeting', expiresAt: moment(MINUTE) });
    await write(['戊'], { ...to('leaders'), ...draft, push: 'weekly', expiresAt: now });
    await write(['己'], { ...to('leaders'), push: 'weekly' });
    await written('庚', { endedAt: now }, { ...to('leaders'), ...draft, push: 'order' });
    const id = async (key: string) => (await rowOf(key)).id;
    const waiting = await db.transaction((tx) => draftsWaiting(tx, plan, now));
    const named = ({ code, name }: { code: string; name: string }) => ({ code, name });
    const leaders = named(places.find(({ code }) => code === 'leaders') ?? { code: '', name: '' });
    const office = named(places.find(({ code }) => code === 'office') ?? { code: '', name: '' });
    expect(waiting).toEqual([
      { push: 'digest', group: leaders, ids: [await id('甲'), await id('乙')], until: moment(600 * MINUTE) },
      { push: 'digest', group: office, ids: [await id('丙')], until: moment(600 * MINUTE) },
      { push: 'meeting', group: leaders, ids: [await id('丁')], until: moment(MINUTE) },
    ]);
    const [first, second] = waiting;
    if (!first || !second) throw new Error('nothing waits');
    await db.transaction((tx) => settleDraft(tx, plan, first, true, saying(nobody(moment(1)), '同意发出')));
    await db.transaction((tx) => settleDraft(tx, plan, second, false, saying(nobody(moment(1)), '不予发出')));
    for (const key of ['甲', '乙'])
      expect(await rowOf(key)).toMatchObject({ state: 'pending', dueAt: moment(1), endedAt: null });
    expect(await rowOf('丙')).toMatchObject({ state: 'expired', endedAt: moment(1), why: '不予发出' });
    expect((await rowOf('丁')).state).toBe('draft');
    const noted = await db
      .select()
      .from(entries)
      .where(eq(entries.at, moment(1)))
      .orderBy(entries.seq);
    expect(noted.map(({ act, detail }) => [act, detail])).toEqual([
      ['post', { push: 'digest', group: 'leaders' }],
      ['withhold', { push: 'digest', group: 'office' }],
    ]);
  });
});
