import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createBot } from '../../src/bot.ts';
import { chatKey, type Message } from '../../src/chat/message.ts';
import { readConfig } from '../../src/config.ts';
import { createServing } from '../../src/connections/serving.ts';
import { chatsMet } from '../../src/ledger/inbox/met.ts';
import { createMetrics } from '../../src/metrics.ts';
import { dialSocket } from '../../src/platforms/connection/wire.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import type { Received } from '../../src/platforms/platform.ts';
import { realTimers } from '../../src/time.ts';
import { createWays } from '../../src/ways/ways.ts';

import {
  clock,
  close,
  entriesOf,
  heal,
  house,
  line,
  message,
  notRecorded,
  notThisTime,
  open,
  other,
  prompt,
  store,
  told,
  toldOtherwise,
  warm,
  written,
} from './world.ts';

beforeAll(open);
afterEach(heal);
afterAll(close);

describe.each([
  {
    ...{ database: 'refuses connections', goAway: () => [line.refuse(), line.cut()] },
    ...{ others: 0, text: notThisTime },
  },
  { database: 'says nothing any more', goAway: () => line.freeze(), others: 0, text: notThisTime },
  {
    ...{ database: 'has forgotten the connections that there were', goAway: () => line.forget() },
    ...{ others: 3, text: notRecorded },
  },
])('a message that comes while the database $database', ({ goAway, others, text }) => {
  test('is told within two seconds that it was not recorded, and the same when it comes again', async () => {
    await warm();
    goAway();
    const words = message();
    const answer = await told(words, prompt);
    // A busy machine may leave no time to ask whether an earlier copy was recorded.
    expect([text, notThisTime]).toContain(answer);
    expect(await told(words, prompt)).toBe(answer);
  });

  test('is told that it was not recorded, and nothing else when it comes again', async () => {
    await warm();
    goAway();
    const words = message();
    expect(await told(words)).toBe(text);
    expect(await told(words)).toBe(text);
    if (others === 0) await heal();
    expect(await toldOtherwise()).toBeLessThanOrEqual(others);
    clock.move(9 * 60_000);
    expect(await told(words)).toBe(text);
    expect(await entriesOf(words)).toBe(0);
  });

  test('is told so by every other process too, once the database is back, and for good', async () => {
    await warm();
    goAway();
    const words = message();
    expect(await told(words)).toBe(text);
    await heal();
    await written(words);
    clock.move(11 * 60_000);
    for (const by of [other, house, other]) expect(await told(words, by)).toBe(text);
    expect(await entriesOf(words)).toBe(0);
    expect(await toldOtherwise()).toBeLessThanOrEqual(others);
  });
});

test('a copy that comes while the database says nothing is told to look first, and then what is true', async () => {
  const words = message();
  const receipt = await told(words, other);
  expect(receipt).toContain('已记录【4.3.2】');
  const quoting = { ...message('已完成,请查收'), quote: '【4.3.2】隐患整改' };
  const bare = message('撤回');
  line.freeze();
  expect(await Promise.all([words, quoting, bare].map((each) => told(each)))).toEqual([
    ...[notThisTime, notThisTime],
    '台账暂时没有响应,本次未记录。请稍后核对,没有记录再重新发送。',
  ]);
  await heal();
  // All of them are written down at once, and forgotten by who told them a moment later.
  await written(bare);
  for (const by of [house, other]) {
    await expect.poll(() => told(words, by), { timeout: 10_000 }).toBe(receipt);
  }
  expect(await entriesOf(words)).toBe(1);
});

test('a message that came over a connection and was told so is answered once, also when it has its row', async () => {
  const log = pino({ level: 'silent' });
  const ways = createWays({
    platforms: createPlatforms(readConfig({}), fetch),
    seal: { open: () => '', close: () => '' },
    sampleAddress: () => undefined,
  });
  const bot = createBot({ store, clock, log, botNames: ['督办'], ways });
  const lines = { dial: dialSocket, timers: realTimers, random: Math.random, now: clock.now };
  const serve = createServing('dingtalk', { bot, store, lines, log, metrics: createMetrics() });
  const { id, ...words } = message();
  const said: Message = { ...words, id, bot: 'dingrobot', chat: { kind: 'single' }, proof: id };
  const heard: Received = {
    is: 'message',
    message: said,
    answer: (reply) => ({ status: 200, type: 'text', body: reply?.lines.join() ?? '' }),
  };
  line.refuse();
  line.cut();
  expect(await serve(heard)).toMatchObject({ body: notThisTime });
  await heal();
  await written({ ...words, id });
  expect(await serve(heard)).toBeNull();
  // What couldn't be noted of the first message is noted of the next.
  expect(await chatsMet(store.db)).toContain(chatKey(said));
  await bot.close();
});

test('a call that cannot be used is answered while the database says nothing any more', async () => {
  line.freeze();
  expect(await told({ ...message(), robot: 'another robot' })).toBe('');
  await heal();
  expect(await toldOtherwise()).toBe(0);
});

test('ten minutes after it was told that it was not recorded, and the database away all the while, a message is a new one', async () => {
  line.refuse();
  line.cut();
  const words = message();
  expect(await told(words)).toBe(notThisTime);
  clock.move(10 * 60_000);
  await heal();
  expect(await told(words)).toContain('已记录');
  expect(await entriesOf(words)).toBe(1);
});

test('while the database is away the process says so, looks on, and comes back by itself', async () => {
  const get = async (path: string) => (await fetch(house.address + path)).status;
  line.refuse();
  line.cut();
  expect(await get('/healthz')).toBe(200);
  expect(await get('/readyz')).toBe(503);
  await house.beat.look();
  expect(await told({ ...message(), platform: 'wecom', sender: 'sec_anquan' })).toBe(notThisTime);
  await heal();
  expect(await get('/readyz')).toBe(200);
  expect(await toldOtherwise()).toBe(0);
});
