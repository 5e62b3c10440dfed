import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { nobody, saying } from '../../../src/ledger/entries.ts';
import { draftsWaiting, settleDraft } from '../../../src/ledger/outbox/drafts.ts';
import { heardOf } from '../../../src/ledger/outbox/heard.ts';
import {
  acknowledge,
  awaits,
  expire,
  type Letter,
  type NewLetter,
  put,
  retract,
} from '../../../src/ledger/outbox.ts';
import { membersOf } from '../../../src/ledger/people.ts';
import { entries, letters } from '../../../src/ledger/schema.ts';
import {
  MINUTE,
  moment,
  now,
  onSample,
  person,
  places,
  plan,
  rowOf,
  states,
  store,
  to,
  write,
  written,
} from './ledger.ts';

onSample();

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
