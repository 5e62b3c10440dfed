import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Letter } from '../../../src/ledger/outbox.ts';
import { groups, letters, plans } from '../../../src/ledger/schema.ts';
import {
  answering,
  begin,
  chats,
  goneGroups,
  group,
  later,
  logged,
  MINUTE,
  now,
  onSample,
  plan,
  posts,
  rowOf,
  store,
  texts,
  write,
} from './ledger.ts';

onSample();

describe('what the outbox holds', () => {
  test('goes by the platform of its chat, and is written down as sent', async () => {
    await write('甲');
    await write('乙', { platform: 'dingtalk' });
    await write('丙', { to: 'leaders' });
    await write('丁', { to: 'system' });
    await begin().sent();
    expect(new Set(posts.map(({ platform, chat }) => `${platform} ${chat}`))).toEqual(
      new Set([
        ...['wecom 甲', 'dingtalk 乙', `wecom ${group('leaders').chatId}`],
        `dingtalk ${group('system').chatId}`,
      ]),
    );
    expect(await rowOf('甲')).toMatchObject({ state: 'sent', attempt: 1, endedAt: now });
    expect(logged).toEqual([]);
  });

  test('waits while pushes rest, unless it answers, and while its group is paused', async () => {
    await write('急', { quiet: false });
    await write('缓');
    await write('停', { to: 'leaders', quiet: false });
    await write('开', { to: 'office', quiet: false });
    await store.db.update(groups).set({ pausedAt: now }).where(eq(groups.code, 'leaders'));
    const process = begin();
    process.clock.move(9 * 60 * MINUTE);
    await process.sent();
    expect(new Set(texts())).toEqual(new Set(['开', '急']));
  });

  test('is left to the process that can send it', async () => {
    await write('甲');
    await write('乙');
    await begin({ ready: (target) => target.to === 'person' && target.account === '乙' }).sent();
    expect(texts()).toEqual(['乙']);
    expect(await rowOf('甲')).toMatchObject({ state: 'pending', attempt: 0 });
  });

  test('is dead where its group is no longer in the ledger', async () => {
    const [other] = await store.db
      .insert(plans)
      .values({ ...plan, id: undefined, code: 'other' } as never)
      .returning({ id: plans.id });
    const [strange] = await store.db
      .insert(groups)
      .values({ ...group('leaders'), id: undefined, planId: other?.id ?? 0, code: 'x', chatId: 'x' } as never)
      .returning();
    const nowhere = { groupId: strange?.id ?? 0, account: null, dueAt: later(-MINUTE) };
    for (const key of ['甲', '乙'])
      await write(key, { ...nowhere, robot: 'gone' }, { createdAt: later(-MINUTE) });
    const left = { state: 'sending', attempt: 2, again: true, triedAt: later(-MINUTE) } as const;
    await write('丙', { ...nowhere, robot: 'gone too' }, left);
    await begin({ ready: () => false, repeats: () => true }).sent();
    expect(await rowOf('甲')).toMatchObject({ state: 'dead', why: '会话已不在台账中', attempt: 1 });
    // One post a minute is what a robot that nobody knows may spend.
    expect(await rowOf('乙')).toMatchObject({ state: 'pending' });
    expect(await rowOf('丙')).toMatchObject({ state: 'unknown', endedAt: now });
    await store.db.delete(letters);
    await store.db.delete(groups).where(eq(groups.code, 'x'));
    await store.db.delete(plans).where(eq(plans.code, 'other'));
  });

  test('leaves for no group but the office’s with words that no group reads', async () => {
    const reply = { lines: ['请予问责'] };
    for (const to of ['leaders', 'office']) await write(to, { to, reply });
    await write('甲', { reply });
    await begin().sent();
    expect(new Set(chats())).toEqual(new Set([group('office').chatId, '甲']));
    expect(await rowOf('leaders')).toMatchObject({ state: 'dead', why: '含不宜在群内出现的内容' });
    expect(await goneGroups()).toEqual([]);
  });

  test('that runs out of time is written down without being sent', async () => {
    await write('甲', { expiresAt: now });
    await begin().sent();
    expect([posts, (await rowOf('甲')) as Partial<Letter>]).toMatchObject([[], { state: 'expired' }]);
  });

  test('is counted against the robot by which its chat is reached now', async () => {
    await write('甲', { robot: 'before' });
    await begin().sent();
    expect(await rowOf('甲')).toMatchObject({ state: 'sent', robot: '甲' });
  });
});

describe('a letter of which nobody knows whether it arrived', () => {
  const doubt = {
    state: 'unknown',
    attempt: 1,
    triedAt: later(-2 * MINUTE),
    leftAt: later(-2 * MINUTE),
  } as const;

  test('says that it goes again, as far as it says anything', async () => {
    await write('甲', {}, doubt);
    const paper = 99;
    const enclosed = [{ kind: 'file' as const, paper, name: 'a.docx', level: 'system' as const }];
    await write('乙', { reply: { lines: [], enclosed } }, doubt);
    await write('丙', {}, { ...doubt, state: 'waiting' });
    await write('丁', { to: 'leaders', reply: { lines: [], enclosed } });
    const { came, send } = answering();
    await begin({ send, repeats: () => false }).sent();
    expect(new Set(came.map(({ reply }) => reply.title))).toEqual(new Set(['〔补发〕甲', '丙']));
    expect(await rowOf('乙')).toMatchObject({ state: 'unknown', why: '附件已不在台账中', endedAt: now });
    expect(await rowOf('丁')).toMatchObject({ state: 'dead', why: '附件已不在台账中' });
    expect(await goneGroups()).toEqual([]);
  });

  test('goes again as it was where its platform knows it for the same', async () => {
    await write('甲', {}, doubt);
    const { came, send } = answering({ is: 'unknown', why: 'reset' });
    await begin({ send, repeats: () => true }).sent();
    expect(came.map(({ reply }) => reply.title)).toEqual(['甲']);
    // And may once more: there nothing is shown twice.
    expect(await rowOf('甲')).toMatchObject({ state: 'unknown', endedAt: null, dueAt: later(2 * MINUTE) });
  });

  test('is what a process left as it died, a lease after it took it', async () => {
    const taken = { state: 'sending', attempt: 1, triedAt: later(-45_000), leftAt: later(-45_000) } as const;
    await write('甲', {}, taken);
    await write('乙', {}, { ...taken, triedAt: later(-44_000) });
    const { wakes, deliver } = begin({ repeats: () => false });
    await (await deliver()).over;
    expect(await rowOf('甲')).toMatchObject({
      state: 'unknown',
      why: '发送途中进程终止',
      dueAt: later(MINUTE),
    });
    expect(await rowOf('乙')).toMatchObject({ state: 'sending' });
    expect(wakes).toContainEqual(later(1_000));
    expect(posts).toEqual([]);
  });

  test('that a process left twice is left alone, unless its platform knows it for the same', async () => {
    const taken = { state: 'sending', attempt: 2, again: true, triedAt: later(-MINUTE), uuid: 'u' } as const;
    await write('甲', {}, taken);
    await begin({ repeats: () => false }).sent();
    expect(await rowOf('甲')).toMatchObject({ state: 'unknown', endedAt: now });
    await store.db.update(letters).set({ ...taken, endedAt: null });
    await begin({ repeats: () => true }).sent();
    expect(await rowOf('甲')).toMatchObject({ state: 'unknown', endedAt: null });
  });
});

describe('what its platform does not take', () => {
  test('waits or is dead, and the operator reads of it', async () => {
    await write('甲');
    const { came, send } = answering({ is: 'later', at: now, pause: false, why: 'errcode -1' });
    const { deliver, wakes } = begin({ send });
    await (await deliver()).over;
    expect(came).toHaveLength(1);
    expect(await rowOf('甲')).toMatchObject({ state: 'waiting', dueAt: later(MINUTE) });
    expect(logged).toMatchObject([
      { push: 'test', is: 'later', why: 'errcode -1', msg: 'a letter was not sent', letter: 1 },
    ]);
    // When it may go again is told to whoever looks.
    expect(wakes).toEqual([later(MINUTE)]);
  });

  test('may leave for half a minute after it was claimed', async () => {
    await write('甲');
    const { came, send } = answering();
    const before = performance.now();
    await begin({ send }).sent();
    const [post] = came;
    expect((post?.until ?? 0) - before).toBeGreaterThanOrEqual(30_000);
    expect((post?.until ?? 0) - performance.now()).toBeLessThanOrEqual(30_000);
    expect(post?.uuid).toBe(((await rowOf('甲')) as Partial<Letter>).uuid);
  });
});
