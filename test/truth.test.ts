import { setTimeout as after } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createBot } from '../src/bot.ts';
import { readConfig } from '../src/config.ts';
import { createServing } from '../src/connections/serving.ts';
import type { House } from '../src/house.ts';
import { instantOf } from '../src/ledger/days.ts';
import { openStore, type Store } from '../src/ledger/db.ts';
import { entries, inbox, tasks } from '../src/ledger/schema.ts';
import { createMetrics } from '../src/metrics.ts';
import { realTimers } from '../src/platforms/connection/alarm.ts';
import { dialSocket } from '../src/platforms/connection/wire.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import type { Received } from '../src/platforms/platform.ts';
import { createStillClock } from '../src/time.ts';
import { createWays } from '../src/ways/ways.ts';
import { openHooks, say, type Words } from './crash/hooks.ts';
import { createLine, type Line } from './setup/line.ts';
import { databaseUrl } from './setup/stores.ts';

const clock = createStillClock(instantOf('2026-04-09', '10:00', 'Asia/Shanghai'));
let direct: Store;
let line: Line;
let store: Store;
/** Twice the time for all that it does: whether a busy machine has it do that in time is not what is tested. */
let house: House;
const PATIENCE = 2_600;
const WITHIN = 4_000;
/** In life's own time. */
let prompt: House;
/** Another process, on a line that is never cut. */
let other: House;

beforeAll(async () => {
  const url = await databaseUrl();
  direct = await openStore({ databaseUrl: url, dataDir: '' });
  line = await createLine(url);
  store = await openStore({ databaseUrl: line.url, dataDir: '', lanes: 3 });
  house = await openHooks(store, clock, PATIENCE);
  prompt = await openHooks(store, clock);
  other = await openHooks(direct, clock, PATIENCE);
});
afterEach(heal);
afterAll(async () => {
  await house.close();
  await prompt.close();
  await other.close();
  await store.close();
  await line.close();
  await direct.close();
});

/** Whatever a test has done to the line is over. */
async function heal(): Promise<void> {
  line.commits = 'pass';
  line.release();
  line.thaw();
  await line.accept();
}

let messages = 0;
/** A new message of a chief's. */
const message = (text = '4.3.2 演练+1'): Words => ({
  platform: 'dingtalk',
  sender: 'dt-anquan',
  id: `message ${++messages}`,
  text,
});

/** The bot's words, which must come in time whatever has happened to the database. */
async function told(words: Words, by = house): Promise<string> {
  const time = by === prompt ? 2_000 : WITHIN;
  const heard = await Promise.race([say(by.address, words, clock.now(), 2 * WITHIN), lived(time)]);
  if (heard === 'too late') throw new Error(`no answer to ${words.id} within ${time} ms`);
  return heard.is === 'answered' ? heard.text : heard.is;
}

/** Milliseconds as this process lives them: while a busy machine keeps it waiting, they don't pass. */
async function lived(milliseconds: number): Promise<'too late'> {
  for (let passed = 0; passed < milliseconds; passed += 50) await after(50, undefined, { ref: false });
  return 'too late';
}

const entriesOf = ({ id }: Words) => direct.db.$count(entries, eq(entries.messageId, id));

/** Waits until a message has a row of its own, so that every process tells of it what that says. */
async function written({ id }: Words): Promise<void> {
  while ((await direct.db.$count(inbox, eq(inbox.messageId, id))) === 0);
}

/** Has the bot open its connections, and leaves them idle. */
const warm = () =>
  Promise.all([message(), message('4.3.2 督查+1'), message('4.3.2 隐患+1')].map((words) => told(words)));

/** How many more messages are told that they weren't recorded until one is; each is told the truth. */
async function toldOtherwise(): Promise<number> {
  for (let before = 0; ; before++) {
    const words = message();
    const answer = await told(words);
    const recorded = answer.includes('已记录');
    if (!recorded) expect([notRecorded, notThisTime]).toContain(answer);
    expect(await entriesOf(words)).toBe(recorded ? 1 : 0);
    if (recorded) return before;
  }
}

/** Holds the row of a task until it is let go, as a long transaction of somebody else's does. */
async function hold(code: string): Promise<() => Promise<void>> {
  let letGo = (): void => {};
  const end = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const ended: { is: Promise<void> } = { is: Promise.resolve() };
  await new Promise<void>((held) => {
    ended.is = direct.within(20_000, async (tx) => {
      await tx.select().from(tasks).where(eq(tasks.code, code)).for('update');
      held();
      await end;
    });
  });
  return () => {
    letGo();
    return ended.is;
  };
}

/** Waits until a message has come as far as a row that somebody holds. */
async function stuck(): Promise<void> {
  const waiting = sql`datname = current_database() and wait_event_type = 'Lock'`;
  while ((await direct.db.$count(sql`pg_stat_activity`, waiting)) === 0);
}

const notRecorded = '台账暂时没有响应,这条消息未记录。请稍后重新发送。';
/** Nobody could ask whether an earlier copy was recorded. */
const notThisTime = '台账暂时没有响应,本次未记录。请稍后先发「记录 4.3.2」核对,没有记录再重新发送。';
const cannotTell = '暂不能确认是否已记录,请稍后发「记录 4.3.2」核对,勿直接重发。';

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

const receipt = /^已记录【4\.3\.2】[\s\S]*演练:\d+次→\d+次/;

describe('a message that is being recorded', () => {
  test('when the line is cut is told that it was not recorded', async () => {
    await warm();
    const letGo = await hold('4.3.2');
    const words = message();
    const answer = told(words);
    await stuck();
    line.cut();
    expect(await answer).toBe(notRecorded);
    await letGo();
    expect(await toldOtherwise()).toBe(0);
    expect(await told(words)).toBe(notRecorded);
    expect(await entriesOf(words)).toBe(0);
  });

  test('and waits too long, is told the same as its copies, and none of them has an effect', async () => {
    const letGo = await hold('4.3.2');
    const words = message();
    const first = told(words);
    await stuck();
    // So that the time of the copies, were it their own, would not be up when the first one's is.
    await after(500);
    const copies = [told(words), told(words)];
    expect(await first).toBe(notRecorded);
    await letGo();
    expect(await Promise.all(copies)).toEqual([notRecorded, notRecorded]);
    expect(await entriesOf(words)).toBe(0);
    expect(await toldOtherwise()).toBe(0);
  });

  test.each([
    { commit: 'lost on its way', commits: 'lose', recorded: 0 },
    { commit: 'done and its answer lost', commits: 'lose the answer', recorded: 1 },
    { commit: 'done and its answer never comes', commits: 'swallow the answer', recorded: 1 },
    { commit: 'held up on its way', commits: 'hold', recorded: 0 },
  ] as const)('whose COMMIT is $commit is told what is true', async ({ commits, recorded }) => {
    await warm();
    line.commits = commits;
    const words = message();
    const answer = await told(words);
    if (recorded === 0) expect(answer).toBe(notRecorded);
    else expect(answer).toMatch(receipt);
    await heal();
    expect(await toldOtherwise()).toBe(0);
    clock.move(11 * 60_000);
    expect(await told(words)).toBe(answer);
    expect(await entriesOf(words)).toBe(recorded);
  });

  test.each([
    { commit: 'lost on its way', commits: 'lose', recorded: 0 },
    { commit: 'done and its answer lost', commits: 'lose the answer', recorded: 1 },
    { commit: 'done and its answer never comes', commits: 'swallow the answer', recorded: 1 },
  ] as const)(
    'whose COMMIT is $commit is told where to look when nobody can ask',
    async ({ commits, recorded }) => {
      await warm();
      line.commits = commits;
      line.refuse();
      const words = message();
      expect(await told(words)).toBe(cannotTell);
      await heal();
      await written(words);
      expect(await toldOtherwise()).toBe(0);
      clock.move(11 * 60_000);
      for (const by of [house, other]) {
        if (recorded === 0) expect(await told(words, by)).toBe(notRecorded);
        else expect(await told(words, by)).toMatch(receipt);
      }
      expect(await entriesOf(words)).toBe(recorded);
    },
  );
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
  const heard: Received = {
    is: 'message',
    message: { ...words, id, bot: 'dingrobot', chat: { kind: 'single' }, proof: id },
    answer: (reply) => ({ status: 200, type: 'text', body: reply?.lines.join() ?? '' }),
  };
  line.refuse();
  line.cut();
  expect(await serve(heard)).toMatchObject({ body: notThisTime });
  await heal();
  await written({ ...words, id });
  expect(await serve(heard)).toBeNull();
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
