import { setTimeout as after } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { House } from '../../src/house.ts';
import { instantOf } from '../../src/ledger/days.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { entries, inbox, tasks } from '../../src/ledger/schema.ts';
import { createStillClock } from '../../src/time.ts';
import { openHooks, say, type Words } from '../crash/hooks.ts';
import { createLine, type Line } from '../setup/line.ts';
import { databaseUrl } from '../setup/stores.ts';

/** Milliseconds for a message until its COMMIT, and until its answer: twice those of life. */
const PATIENCE = 2_600;
const WITHIN = 4_000;

export const clock = createStillClock(instantOf('2026-04-09', '10:00', 'Asia/Shanghai'));
let direct: Store;
export let line: Line;
export let store: Store;
/** Has twice the time for all that it does: whether a busy machine lets it do that in time is not what is tested. */
export let house: House;
/** In life's own time. */
export let prompt: House;
/** Another process, on a line that is never cut. */
export let other: House;

export async function open(): Promise<void> {
  const url = await databaseUrl();
  direct = await openStore({ databaseUrl: url, dataDir: '' });
  line = await createLine(url);
  store = await openStore({ databaseUrl: line.url, dataDir: '', lanes: 3 });
  house = await openHooks(store, clock, PATIENCE);
  prompt = await openHooks(store, clock);
  other = await openHooks(direct, clock, PATIENCE);
}

export async function close(): Promise<void> {
  await house.close();
  await prompt.close();
  await other.close();
  await store.close();
  await line.close();
  await direct.close();
}

/** Whatever a test has done to the line is over. */
export async function heal(): Promise<void> {
  line.commits = 'pass';
  line.release();
  line.thaw();
  await line.accept();
}

let messages = 0;
/** A new message of a chief's. */
export const message = (text = '4.3.2 演练+1'): Words => ({
  platform: 'dingtalk',
  sender: 'dt-anquan',
  id: `message ${++messages}`,
  text,
});

/** The bot's words, which must come in time whatever has happened to the database. */
export async function told(words: Words, by = house): Promise<string> {
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

export const entriesOf = ({ id }: Words) => direct.db.$count(entries, eq(entries.messageId, id));

/** Waits until a message has a row of its own, so that every process tells of it what that says. */
export async function written({ id }: Words): Promise<void> {
  while ((await direct.db.$count(inbox, eq(inbox.messageId, id))) === 0);
}

/** Has the bot open its connections, and leaves them idle. */
export const warm = () =>
  Promise.all([message(), message('4.3.2 督查+1'), message('4.3.2 隐患+1')].map((words) => told(words)));

/** How many more messages are told that they weren't recorded until one is; each is told the truth. */
export async function toldOtherwise(): Promise<number> {
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
export async function hold(code: string): Promise<() => Promise<void>> {
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
export async function stuck(): Promise<void> {
  const waiting = sql`datname = current_database() and wait_event_type = 'Lock'`;
  while ((await direct.db.$count(sql`pg_stat_activity`, waiting)) === 0);
}

export const notRecorded = '台账暂时没有响应,这条消息未记录。请稍后重新发送。';
/** Nobody could ask whether an earlier copy was recorded. */
export const notThisTime = '台账暂时没有响应,本次未记录。请稍后先发「记录 4.3.2」核对,没有记录再重新发送。';
export const cannotTell = '暂不能确认是否已记录,请稍后发「记录 4.3.2」核对,勿直接重发。';
