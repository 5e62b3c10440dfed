import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../src/chat/reply.ts';
import { noReplyNeeded } from '../../../src/chat/words.ts';
import { together } from '../../../src/delivery/together.ts';
import type { Letter } from '../../../src/ledger/outbox.ts';
import { keep } from '../../../src/ledger/papers.ts';
import {
  answering,
  begin,
  later,
  MINUTE,
  now,
  onSample,
  plan,
  posts,
  store,
  texts,
  write,
} from './ledger.ts';

onSample();

describe('letters to one chat', () => {
  const waited = later(-MINUTE);
  const hold = async (to: string | undefined, ...replies: Reply[]) => {
    for (const [at, reply] of replies.entries())
      await write(
        `${to}${at}`,
        { ...(to ? { to } : { account: '甲', robot: '甲' }), reply, dueAt: waited },
        { createdAt: waited },
      );
  };
  const lines = (count: number, name = '行') => Array.from({ length: count }, (_, at) => `${name}${at}`);
  const sizes = () => posts.map(({ text }) => text.split('\n').length);

  test('are joined as far as one screen goes, of which calling somebody takes a line', async () => {
    await hold('leaders', { lines: lines(4) }, { lines: lines(4, '列') });
    await begin().sent();
    expect(sizes()).toEqual([8]);
    posts.length = 0;
    await hold('system', { lines: lines(4), mention: ['somebody'] }, { lines: lines(4, '列') });
    await begin().sent();
    expect(sizes()).toEqual([4, 4]);
    posts.length = 0;
    await hold('office', { lines: lines(6) }, { lines: lines(6, '列') });
    await hold(undefined, { lines: lines(6) }, { lines: lines(6, '列') });
    await begin().sent();
    expect(sizes()).toEqual([12, 12]);
  });

  test('are joined as far as one text of the platform’s goes, in bytes', async () => {
    await hold('office', { lines: ['一二'] }, { lines: ['三四'] });
    await begin({ room: () => 12 }).sent();
    expect(posts).toHaveLength(2);
    posts.length = 0;
    await store.db.execute(sql`truncate letters, robots restart identity`);
    await hold('office', { lines: ['一二'] }, { lines: ['三四'] });
    await begin({ room: () => 13 }).sent();
    expect(texts()).toEqual(['一二']);
  });

  test('are joined of words alone', async () => {
    const paper = await keep(store.db, {
      ...{ planId: plan.id, kind: 'test', name: 'a.png', type: 'image/png', level: 'system' },
      ...{ bytes: Buffer.from('png'), madeAt: now },
    });
    const enclosed = [{ kind: 'picture' as const, paper, name: 'a.png', level: 'system' as const }];
    await hold('office', { lines: ['一'] }, { lines: [], enclosed }, { lines: ['二'] });
    const { came, send } = answering();
    await begin({ send }).sent();
    expect(came.map(({ reply, enclosure }) => [reply.lines, enclosure])).toEqual([
      [['一'], undefined],
      [[], { kind: 'picture', name: 'a.png', type: 'image/png', bytes: Buffer.from('png') }],
      [['二'], undefined],
    ]);
    expect(came[0] && Object.hasOwn(came[0], 'enclosure')).toBe(false);
  });
});

describe('letters as one text', () => {
  const joined = (...replies: Reply[]) =>
    together(replies.map((reply, id) => ({ id, reply }) as Letter).toReversed());

  test('have the first one’s head, and each line once, in the order in which they were put', () => {
    const first = { title: '头', lines: ['甲', '甲', '共'] };
    expect(joined(first)).toBe(first);
    expect(
      joined(first, { title: '二', lines: ['共', '乙'] }, { title: '头', lines: ['乙', '丙'] }),
    ).toStrictEqual({
      title: '头',
      lines: ['甲', '甲', '共', '二', '乙', '丙'],
    });
    expect(joined({ lines: ['甲'] }, { title: '', lines: ['乙'] })).toStrictEqual({ lines: ['甲', '乙'] });
    expect(joined()).toStrictEqual({ lines: [] });
  });

  test('end as one that waits for a reply does, and call whom any of them calls', () => {
    const asks = '【请回复】';
    const one = { lines: ['甲'], footer: noReplyNeeded, mention: ['a'] };
    expect(joined(one, { lines: ['乙'], footer: asks, mention: ['b'] })).toStrictEqual({
      ...{ lines: ['甲', '乙'], footer: asks, mention: ['a', 'b'] },
    });
    expect(joined(one, { lines: ['乙'], footer: noReplyNeeded }).footer).toBe(noReplyNeeded);
    expect(joined({ lines: ['甲'] }, { lines: ['乙'], footer: noReplyNeeded }).footer).toBe(noReplyNeeded);
  });
});
