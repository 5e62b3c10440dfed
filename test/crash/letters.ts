import { eq } from 'drizzle-orm';
import { openStore, type StoreOptions } from '../../src/ledger/db.ts';
import { type NewLetter, put } from '../../src/ledger/outbox.ts';
import { groupsOf } from '../../src/ledger/people.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { groups, letters } from '../../src/ledger/schema.ts';
import { createSeal } from '../../src/ledger/seal.ts';
import type { LetterState } from '../../src/ledger/terms.ts';
import type { Shown } from './doubles.ts';
import { settings } from './hooks.ts';
import type { Random } from './random.ts';

/** A letter that was put, and stands in what people see by its token. */
export interface Written {
  token: string;
  chat: string;
  /** A bulletin: never repeated unasked. */
  once: boolean;
  dueAt: Date;
}

/** What became of a letter, as the outbox has it. */
export interface Row {
  token: string;
  state: LetterState;
  attempt: number;
  ended: boolean;
}

export interface LetterFault {
  what:
    | 'lost'
    | 'doubled without a mark'
    | 'shown more than twice'
    | 'a bulletin repeated unasked'
    | 'shown elsewhere'
    | 'never settled'
    | 'tried too often'
    | 'the office was not told';
  where: string;
}

const MARK = '〔补发〕';
const TRIES = 6;

/** Holds what people saw against what was put, and against what the outbox says became of it. */
export function judgeLetters(written: Written[], shown: Shown[], rows: Row[]): LetterFault[] {
  const known = new Map(rows.map((row) => [row.token, row]));
  return written.flatMap((letter) => {
    const { token, chat, once } = letter;
    const row = known.get(token);
    const copies = shown.filter(({ text }) => text.includes(token));
    const faults: LetterFault['what'][] = [];
    if (!row?.ended) faults.push('never settled');
    // A letter of unknown fate is declared; any other that ended was either seen or is lost.
    else if (copies.length === 0 && row.state !== 'unknown') faults.push('lost');
    if (copies.slice(1).some(({ text }) => !text.includes(MARK))) faults.push('doubled without a mark');
    if (copies.length > 2) faults.push('shown more than twice');
    if (once && copies.length > 1) faults.push('a bulletin repeated unasked');
    if (copies.some((each) => each.chat !== chat)) faults.push('shown elsewhere');
    if (row && row.attempt > TRIES) faults.push('tried too often');
    const where = `${token} to ${chat}: ${row?.state} after ${row?.attempt}, shown ${copies.length} times`;
    return faults.map((what) => ({ what, where }));
  });
}

/**
 * Chats by every way a push takes: WeCom's group robots and app, DingTalk's OpenAPI and, with an address of its own,
 * a DingTalk group robot. Three that stand together are written to at once, by three ways.
 */
const chats: { platform: 'wecom' | 'dingtalk'; group?: string; account?: string }[] = [
  { platform: 'wecom', group: 'leaders' },
  { platform: 'wecom', account: 'sec_anquan' },
  { platform: 'dingtalk', account: 'dt-dangwei' },
  { platform: 'dingtalk', group: 'anquan' },
  { platform: 'wecom', account: 'sec_guihua' },
  { platform: 'dingtalk', group: 'system' },
  { platform: 'wecom', group: 'office' },
  { platform: 'wecom', account: 'sec_caiwu' },
  { platform: 'dingtalk', account: 'dt-guihua' },
  { platform: 'wecom', group: 'dangwei' },
  { platform: 'wecom', account: 'ldr_shuji' },
  { platform: 'dingtalk', account: 'dt-anquan' },
];
/** Of the letters to groups so many are bulletins. */
const BULLETINS = 1 / 4;
const HOURS = 60 * 60_000;

/** So many letters become due at each of these moments, numbered on from `from`. `robots` is where DingTalk's robots' addresses point. */
export async function putLetters(
  options: StoreOptions,
  moments: Date[],
  each: number,
  robots: string,
  random: Random,
  from = 0,
): Promise<Written[]> {
  const store = await openStore(options);
  try {
    const { db } = store;
    const [plan] = await plansOf(db);
    if (!plan) throw new Error('there is no plan');
    const address = `${robots}/robot/send?access_token=sample-anquan`;
    const sealedAddress = createSeal(settings.SECRET_KEY).close(address);
    await db.update(groups).set({ sealedAddress }).where(eq(groups.code, 'anquan'));
    const known = await groupsOf(db, plan.id);
    const made = moments.flatMap((dueAt, moment) =>
      Array.from({ length: each }, (_, index) => {
        const number = from + moment * each + index;
        const to = chats[number % chats.length];
        const group = known.find(({ code }) => code === to?.group);
        const token = `第${String(number + 1).padStart(5, '0')}号`;
        const once = group !== undefined && random.chance(BULLETINS);
        const letter: NewLetter = {
          ...{ planId: plan.id, key: `crash:${token}`, push: 'crash', platform: to?.platform ?? 'none' },
          ...{ groupId: group?.id ?? null, personId: null, account: to?.account ?? null },
          robot: `${to?.platform}:${to?.group ?? 'app'}`,
          reply: { title: `试发${token}`, lines: ['【4.3.2】'], footer: '【无需回复】' },
          ...{ tasks: [], marks: [], once, quiet: false },
          ...{ dueAt, expiresAt: new Date(dueAt.getTime() + 12 * HOURS) },
        };
        return { letter, written: { token, once, dueAt, chat: group?.chatId ?? to?.account ?? '' } };
      }),
    );
    await put(
      db,
      made.map(({ letter }) => letter),
      moments[0] ?? new Date(0),
    );
    return made.map(({ written }) => written);
  } finally {
    await store.close();
  }
}

/** What the outbox says of them. */
export async function readLetters(options: StoreOptions): Promise<Row[]> {
  const store = await openStore(options);
  try {
    const rows = await store.db.select().from(letters).where(eq(letters.push, 'crash'));
    return rows.map(({ key, state, attempt, endedAt }) => ({
      token: key.replace('crash:', ''),
      ...{ state, attempt, ended: endedAt !== null },
    }));
  } finally {
    await store.close();
  }
}
