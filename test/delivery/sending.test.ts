import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { noReplyNeeded } from '../../src/chat/words.ts';
import { together } from '../../src/delivery/together.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { type Letter, type NewLetter, put } from '../../src/ledger/outbox.ts';
import { keep } from '../../src/ledger/papers.ts';
import { type Group, groupsOf, type Plan, plansOf } from '../../src/ledger/people.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan.ts';
import { groups, letters, plans, robots } from '../../src/ledger/schema.ts';
import type { Outcome, Platform, Post } from '../../src/platforms/platform.ts';
import { lookAt, momentOf } from '../../src/tick.ts';
import { type Post as Paper, processOn } from '../clock/process.ts';
import { databaseUrl } from '../setup/stores.ts';

const now = new Date('2026-04-01T09:00:00+08:00');
const MINUTE = 60_000;
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

let store: Store;
let plan: Plan;
let places: Group[];
let posts: Paper[];
let logged: Record<string, unknown>[];

beforeAll(async () => {
  store = await openStore({ databaseUrl: await databaseUrl(), dataDir: '', lanes: 4 });
  await store.db.transaction((tx) => loadPlan(tx, samplePlan(), now, { sample: true }));
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.execute(sql`truncate letters, robots, papers restart identity cascade`);
  await store.db.update(groups).set({ pausedAt: null, gone: null });
  const [row] = await plansOf(store.db);
  if (!row) throw new Error('there is no plan');
  plan = row;
  places = await groupsOf(store.db, plan.id);
  [posts, logged] = [[], []];
});

const group = (code: string): Group => {
  const found = places.find((each) => each.code === code);
  if (!found) throw new Error(`there is no ${code}`);
  return found;
};
/** A letter that is due now: to somebody on WeCom where nothing else is said. */
async function write(
  key: string,
  more: Partial<NewLetter> & { to?: string } = {},
  row: Partial<Letter> = {},
) {
  const { to, ...given } = more;
  const place = to === undefined ? undefined : group(to);
  const letter = {
    ...{ planId: plan.id, key, push: 'test', platform: place?.platform ?? 'wecom', personId: null },
    ...{ groupId: place?.id ?? null, account: place ? null : key, robot: place?.chatId ?? key },
    ...{ reply: { title: key, lines: ['【4.3.2】'] }, tasks: [], marks: [], once: false, quiet: true },
    ...{ dueAt: now, expiresAt: later(600 * MINUTE), ...given },
  };
  await put(store.db, [letter], now);
  if (Object.keys(row).length > 0) await store.db.update(letters).set(row).where(eq(letters.key, key));
}
const rowOf = async (key: string) => {
  const [row] = await store.db.select().from(letters).where(eq(letters.key, key));
  return row ?? {};
};
const goneGroups = async () => (await groupsOf(store.db, plan.id)).filter(({ gone }) => gone !== null);
const texts = () => posts.map(({ text }) => text.split('\n')[0]);
const chats = () => posts.map(({ chat }) => chat);

/** A process that looks at the outbox alone, at a moment that the test sets. */
function begin(platform: Partial<Platform> = {}) {
  const log = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) });
  const { parts, clock } = processOn(store, posts, { log, platform });
  clock.move(now.getTime());
  const end = new AbortController();
  const wakes: Date[] = [];
  return {
    clock,
    end,
    wakes,
    deliver: async () => {
      const look = await lookAt(parts, await momentOf(parts, plan, clock.now()));
      return parts.delivery.deliver(look, end.signal, (at) => wakes.push(at));
    },
    sent: async function sent() {
      await (await this.deliver()).over;
    },
  };
}
/** Sends that end as the test says; what came is kept. */
function answering(...outcomes: Outcome[]) {
  const came: Post[] = [];
  const send: Platform['send'] = async (_, post) => {
    came.push(post);
    return outcomes.shift() ?? { is: 'sent' };
  };
  return { came, send };
}

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
