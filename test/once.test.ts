import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { House } from '../src/house.ts';
import { instantOf } from '../src/ledger/days.ts';
import { openStore, type Store } from '../src/ledger/db.ts';
import { entries, inbox } from '../src/ledger/schema.ts';
import { createStillClock } from '../src/time.ts';
import { openHooks, say, type Words } from './crash/hooks.ts';
import { createRandom } from './crash/random.ts';
import { databaseUrl, stores } from './setup/stores.ts';

/** Milliseconds, so many that a busy machine doesn't come into it. */
const PATIENCE = 15_000;

const [, pglite] = stores;

/** Two of the product on one PostgreSQL, each with its own connections as in two processes; on PGlite there can be only one. */
const houses: { kind: string; open(): Promise<Store[]> }[] = [
  {
    kind: 'two on PostgreSQL',
    open: async () => {
      const url = await databaseUrl();
      const one = () => openStore({ databaseUrl: url, dataDir: '' });
      return [await one(), await one()];
    },
  },
  { kind: 'one on PGlite', open: async () => (pglite ? [await pglite.open()] : []) },
];

describe.each(houses)('a message ($kind)', ({ open }) => {
  const clock = createStillClock(instantOf('2026-04-09', '10:00', 'Asia/Shanghai'));
  let opened: Store[];
  let running: House[];
  beforeAll(async () => {
    opened = await open();
    running = [];
    for (const store of opened) running.push(await openHooks(store, clock, PATIENCE));
  });
  afterAll(async () => {
    for (const house of running) await house.close();
    for (const store of opened) await store.close();
  });

  /** One delivery, to one of the processes in turn. */
  const deliver = async (words: Words, turn = 0): Promise<string> => {
    const heard = await say(running[turn % running.length]?.address ?? '', words, clock.now(), PATIENCE);
    return heard.is === 'answered' ? heard.text : heard.is;
  };
  const copies = (words: Words, count = 50) =>
    Promise.all(Array.from({ length: count }, (_, turn) => deliver(words, turn)));
  const entriesOf = async (id: string) =>
    (await opened[0]?.db.select().from(entries).where(eq(entries.messageId, id))) ?? [];

  const anquan = { platform: 'dingtalk', sender: 'dt-anquan' } as const;
  const guihua = { platform: 'wecom', sender: 'sec_guihua' } as const;
  const dangwei = { platform: 'wecom', sender: 'sec_dangwei' } as const;

  test.each([
    { ...anquan, id: 'at once 1', text: '4.3.2 演练+1' },
    { ...guihua, id: 'at once 2', text: '4.2.2 学校+1' },
  ])(
    'that comes fifty times at once has one effect, and every copy is told the same ($platform)',
    async (words) => {
      const answers = new Set(await copies(words));
      expect(answers.size).toBe(1);
      expect([...answers][0]).toContain('已记录');
      expect(await entriesOf(words.id)).toHaveLength(1);
      expect(await opened[0]?.db.$count(inbox, eq(inbox.messageId, words.id))).toBe(1);
    },
  );

  test('that comes again minutes later is told the same as at first, whatever has happened since', async () => {
    const words: Words = { ...anquan, id: 'later 1', text: '4.3.2 督查+1' };
    const first = await deliver(words, 0);
    expect(first).toContain('督查:0次→1次');
    expect(await deliver({ ...anquan, id: 'later 2', text: '4.3.2 督查+2' }, 1)).toContain('督查:1次→3次');
    expect(await deliver({ ...anquan, id: 'later 3', text: '撤回' }, 0)).toContain('已撤回');
    clock.move(4 * 60_000);
    expect(await deliver(words, 0)).toBe(first);
    expect(await deliver(words, 1)).toBe(first);
    expect(await entriesOf('later 1')).toHaveLength(1);
    expect(await deliver({ ...anquan, id: 'later 4', text: '查 4.3.2' })).toContain('督查1次');
  });

  test('that comes again with other words keeps its effect and its answer', async () => {
    const words: Words = { ...anquan, id: 'other text', text: '4.3.2 隐患+1' };
    const first = await deliver(words, 0);
    expect(await deliver({ ...words, text: '4.3.2 隐患+100' }, 1)).toBe(first);
    expect(await deliver({ ...anquan, id: 'other text 2', text: '查 4.3.2' })).toContain('隐患1项');
  });

  test('with the id of another is a message of its own from another sender', async () => {
    const id = 'another sender';
    const text = '4.2.2 学位+1';
    const answers = await Promise.all([
      deliver({ ...guihua, id, text }, 0),
      deliver({ ...guihua, sender: 'off_zhuren', id, text }, 1),
      deliver({ ...guihua, sender: 'sec_caiwu', id, text }, 0),
    ]);
    expect(answers.map((answer) => answer.includes('已记录'))).toEqual([true, true, false]);
    expect(await deliver({ ...guihua, id: 'another sender 2', text: '查 4.2.2' })).toContain('学位2个');
  });

  test('with the id of another is a message of its own to another bot, and on the other platform', async () => {
    const words: Words = { ...guihua, id: 'another bot', text: '4.2.2 教育集团+1' };
    expect(await deliver(words, 0)).toContain('教育集团:0个→1个');
    expect(await deliver({ ...words, robot: 'dingrobot' }, 1)).toContain('教育集团:1个→2个');
    expect(await deliver({ ...words, platform: 'dingtalk' }, 0)).toContain('尚未绑定身份');
    expect(await entriesOf('another bot')).toHaveLength(2);
  });

  test('that comes among the copies of others, in any order, has its own effect once', async () => {
    const random = createRandom(2026);
    const messages = Array.from({ length: 6 }, (_, index) => ({
      ...dangwei,
      id: `mixed ${index}`,
      text: `2.1.1 培训班+${index + 1}`,
    }));
    const mixed = messages
      .flatMap((words) => Array.from({ length: 8 }, () => ({ words, at: random.below(1_000) })))
      .sort((one, other) => one.at - other.at);
    const answers = await Promise.all(
      mixed.map(async ({ words }, turn) => ({ id: words.id, answer: await deliver(words, turn) })),
    );
    for (const { id } of messages) {
      const told = answers.filter((each) => each.id === id).map(({ answer }) => answer);
      expect(new Set(told).size).toBe(1);
      expect(await entriesOf(id)).toHaveLength(1);
    }
    expect(await deliver({ ...dangwei, id: 'mixed', text: '查 2.1.1' })).toContain('培训班21期');
  });

  test('that takes something back, takes back one thing, however often it comes', async () => {
    for (const turn of [1, 2]) {
      await deliver({ ...dangwei, id: `back ${turn}`, text: '2.1.1 党规培训+1' }, turn);
    }
    const answers = new Set(await copies({ ...dangwei, id: 'back', text: '撤回' }, 20));
    expect(answers.size).toBe(1);
    expect(await deliver({ ...dangwei, id: 'back 3', text: '查 2.1.1' })).toContain('党规培训1次');
  });
});
