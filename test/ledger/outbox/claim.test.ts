import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isAhead } from '../../../src/ledger/outbox/allowance.ts';
import { isAnyOpen, robotsWaiting } from '../../../src/ledger/outbox/claim.ts';
import type { Letter, NewLetter } from '../../../src/ledger/outbox.ts';
import { letters, robots } from '../../../src/ledger/schema.ts';
import {
  claimed,
  group,
  MINUTE,
  moment,
  now,
  onSample,
  person,
  plan,
  rowOf,
  store,
  to,
  write,
  written,
} from './ledger.ts';

onSample();

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
});
