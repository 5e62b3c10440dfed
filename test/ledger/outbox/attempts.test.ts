import { describe, expect, test } from 'vitest';
import { leaveInDoubt, seenThere, sendAnew, unarrived } from '../../../src/ledger/outbox/doubt.ts';
import { NEEDLESS } from '../../../src/ledger/outbox/fate.ts';
import { abandoned, settle } from '../../../src/ledger/outbox.ts';
import { groupsOf } from '../../../src/ledger/people.ts';
import { groups, letters, robots } from '../../../src/ledger/schema.ts';
import {
  claimed,
  MINUTE,
  moment,
  now,
  onSample,
  plan,
  rowOf,
  sendingOf,
  states,
  store,
  to,
  write,
  written,
} from './ledger.ts';

onSample();

describe('how an attempt ended', () => {
  const attempt = { state: 'sending' as const, attempt: 1, triedAt: now, leftAt: now };

  test('is written down for all that left as one post', async () => {
    for (const key of ['甲', '乙']) await written(key, { ...attempt, uuid: 'u' });
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

describe('a bulletin that did not arrive for sure', () => {
  const ended = { endedAt: now, attempt: 3, why: 'w' };
  const bulletin = () => ({ ...to('leaders'), once: true });
  const kept = async (since: Date) => (await unarrived(store.db, plan.id, since)).map(({ key }) => key);

  test('is kept for the office’s word, as long as its chat takes anything, and no other letter is', async () => {
    await written('甲', { ...ended, state: 'unknown' }, bulletin());
    await written('乙', { ...ended, state: 'dead' }, bulletin());
    await written('丙', { ...ended, state: 'expired' }, bulletin());
    await written('丁', { ...ended, state: 'expired', why: null }, bulletin());
    await written('未完', { state: 'unknown' }, bulletin());
    await written('到了', { ...ended, state: 'sent' }, bulletin());
    await written('不发', { ...ended, state: 'expired', why: NEEDLESS.withheld }, bulletin());
    await written('提醒', { ...ended, state: 'dead' }, to('leaders'));
    await written('无路', { ...ended, state: 'dead' }, { ...bulletin(), platform: 'none' });
    expect(await kept(now)).toEqual(['甲', '乙', '丙', '丁']);
    expect(await kept(moment(1))).toEqual([]);
    await store.db.update(groups).set({ gone: 'removed' });
    expect(await kept(now)).toEqual([]);
  });

  test('counts as sent when somebody has seen it, and else goes once more as a post of its own', async () => {
    for (const key of ['甲', '乙', '丙'])
      await written(key, { ...ended, state: 'unknown', uuid: 'u' }, bulletin());
    await seenThere(store.db, await sendingOf('甲'));
    await sendAnew(store.db, await sendingOf('乙'), { now: moment(1), until: moment(MINUTE) });
    expect(await rowOf('甲')).toMatchObject({ state: 'sent', why: null, endedAt: now });
    const row = await rowOf('乙');
    expect(row).toMatchObject({
      ...{ state: 'waiting', endedAt: null, again: true, attempt: 0 },
      ...{ dueAt: moment(1), expiresAt: moment(MINUTE) },
    });
    expect(row.uuid).not.toBe('u');
    expect((await rowOf('丙')).state).toBe('unknown');
  });

  test('that goes once more has its fate from that post alone', async () => {
    await written('甲', { ...ended, state: 'unknown', attempt: 1 }, bulletin());
    const old = await sendingOf('甲');
    await sendAnew(store.db, old, { now, until: moment(MINUTE) });
    await store.db.update(letters).set({ state: 'sending', attempt: 1 });
    await settle(store.db, old, { is: 'never', why: 'late', gone: false }, false, now);
    expect((await rowOf('甲')).state).toBe('sending');
  });
});

describe('a post that may have arrived', () => {
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

describe('a claim of what may have arrived', () => {
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
