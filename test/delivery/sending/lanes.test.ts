import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { robots } from '../../../src/ledger/schema.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { begin, chats, MINUTE, onSample, posts, rowOf, store, texts, write } from './ledger.ts';

onSample();

describe('a delivery', () => {
  /** A send that the test lets go. */
  function held() {
    const gates: (() => void)[] = [];
    const began: string[] = [];
    const send: Platform['send'] = (target) => {
      began.push(target.to === 'person' ? target.account : target.chatId);
      return new Promise((resolve) => gates.push(() => resolve({ is: 'sent' })));
    };
    return { began, send, release: () => gates.splice(0).forEach((open) => void open()) };
  }
  const settled = (work: Promise<unknown>) =>
    Promise.race([work.then(() => true), new Promise((resolve) => setTimeout(resolve, 50, false))]);

  test('goes on until nothing more may leave', async () => {
    for (const key of ['一', '二', '三'])
      await write(key, { account: 'a', robot: 'a', reply: { lines: ['x'.repeat(40) + key] } });
    await begin({ room: () => 50 }).sent();
    expect(posts).toHaveLength(3);
  });

  test('isn’t held up by a robot that is slow; its next look waits for that one, and sends nothing twice', async () => {
    await write('甲');
    const { began, send, release } = held();
    const process = begin({ send });
    const first = await process.deliver();
    await vi.waitFor(() => expect(began).toEqual(['甲']));
    await write('乙');
    const second = await process.deliver();
    await vi.waitFor(() => expect(began).toEqual(['甲', '乙']));
    expect(await settled(first.over)).toBe(false);
    expect(await settled(second.over)).toBe(false);
    release();
    await Promise.all([first.over, second.over]);
    expect([await rowOf('甲'), await rowOf('乙')]).toMatchObject([
      { state: 'sent', attempt: 1 },
      { state: 'sent', attempt: 1 },
    ]);
  });

  test('goes on with what an older look has claimed through this robot only when that is over', async () => {
    await write('甲', { robot: 'r' });
    const { began, send, release } = held();
    const process = begin({ send, robot: () => 'r' });
    const first = await process.deliver();
    await vi.waitFor(() => expect(began).toEqual(['甲']));
    await write('乙', { robot: 'r' });
    const second = await process.deliver();
    expect(await settled(second.over)).toBe(false);
    expect(began).toEqual(['甲']);
    release();
    await first.over;
    await vi.waitFor(() => expect(began).toEqual(['甲', '乙']));
    release();
    await second.over;
    expect(await rowOf('乙')).toMatchObject({ state: 'sent' });
  });

  test('leaves what comes after to a newer look, and ends when it is told to', async () => {
    const { began, send, release } = held();
    for (const key of ['一', '二'])
      await write(key, { account: 'a', robot: 'a', reply: { lines: ['x'.repeat(40) + key] } });
    const process = begin({ send, room: () => 50 });
    const { over } = await process.deliver();
    await vi.waitFor(() => expect(began).toHaveLength(1));
    process.end.abort();
    release();
    await over;
    expect(began).toHaveLength(1);
    expect(await rowOf('二')).toMatchObject({ state: 'pending' });
  });

  test('stops for a minute when somebody sets the machine’s clock', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const process = begin();
    const { offset } = process.clock;
    process.clock.offset = () => offset() + 5_000;
    await write('甲');
    await process.sent();
    expect(posts).toEqual([]);
    vi.advanceTimersByTime(MINUTE);
    await process.sent();
    expect(texts()).toEqual(['甲']);
  });

  test('tells the ledger later what it could not be told at once, and sends nothing again', async () => {
    await write('甲');
    await write('乙');
    const away = async () => {
      await store.db.execute(sql`alter table if exists letters rename to letters_away`);
    };
    const process = begin({
      send: async (target) => {
        posts.push({
          platform: 'wecom',
          uuid: '',
          chat: target.to === 'person' ? target.account : '',
          text: '',
        });
        await away();
        return { is: 'sent' };
      },
    });
    await expect(process.deliver().then(({ over }) => over)).rejects.toThrow();
    await store.db.execute(sql`alter table letters_away rename to letters`);
    const sent = chats();
    expect(sent.length).toBeGreaterThan(0);
    process.clock.move(1_000);
    const { over } = await process.deliver();
    // Told before anything else leaves.
    for (const key of sent) expect(await rowOf(key)).toMatchObject({ state: 'sent', attempt: 1 });
    await over.catch(() => {});
    await store.db.execute(sql`alter table if exists letters_away rename to letters`);
    expect(await store.db.select().from(robots)).not.toEqual([]);
  });
});
