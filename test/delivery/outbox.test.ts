import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { settle } from '../../src/ledger/outbox.ts';
import { groups, letters } from '../../src/ledger/schema.ts';
import { bothDoors, doors, stores } from '../setup/stores.ts';
import { claimed, enter, living, look, seen, states } from './entered.ts';
import { mostInAMinute, pass, passMinutes, rowsOf, write } from './letters.ts';

const chiefs = [
  ...['bangongshi', 'dangwei', 'jiwei', 'renshi', 'fagui', 'guihua', 'caiwu', 'jijiao', 'zhijiao', 'dudao'],
  ...['anquan', 'tiwei', 'qunti', 'chanye', 'xuanchuan', 'xinxi', 'zhaokao', 'jiaoke', 'tizhong', 'yizhong'],
].map((section) => `sec_${section}`);

afterEach(() => living.close());

describe.each(stores)('the outbox ($kind)', (store) => {
  test('lets all letters leave at once with all others, as far as the minute allows, and the rest in the next', async () => {
    const { wecom } = await enter(store);
    for (const chief of chiefs) await write(living, { wecom: chief }, `给${chief}`);
    await look();
    expect(wecom.sent).toHaveLength(18);
    await passMinutes(living, 1);
    expect(wecom.sent).toHaveLength(20);
    expect(mostInAMinute(wecom.sent)).toBe(18);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });
});

describe.each(doors)('a letter in the outbox (by $door, $kind)', (store) => {
  test('that had to wait goes with those that wait for the same chat, each recorded as sent', async () => {
    const { wecom } = await enter(store, '18:00');
    const until: [string, string] = ['2026-01-12', '17:30'];
    for (const text of ['一', '二', '三']) await write(living, { group: 'leaders' }, text, { until });
    await living.at('2026-01-12', '08:29');
    expect(wecom.sent).toEqual([]);
    await living.at('2026-01-12', '08:30');
    expect(wecom.sent).toHaveLength(1);
    expect(living.pushes()[0]?.text.split('\n')).toEqual([
      // What they share is said once.
      ...['一', '【4.3.2】', '二', '三', '【无需回复】'],
    ]);
    const rows = await rowsOf(living);
    expect(rows.map(({ state, attempt }) => [state, attempt])).toEqual(Array(3).fill(['sent', 1]));
  });

  test('is joined with others for a group as far as one screen goes, whole and in their order', async () => {
    await enter(store, '18:00');
    const until: [string, string] = ['2026-01-12', '17:30'];
    const lines = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => `【4.3.2】${name}${at + 1}`);
    const hold = (group: string, name: string, count: number) =>
      write(living, { group }, `${group}${name}`, {
        until,
        reply: { title: name, lines: lines(name, count), footer: '【无需回复】' },
      });
    for (const group of ['leaders', 'dangwei', 'office']) {
      for (const name of ['一', '二', '三', '四', '五']) await hold(group, name, 2);
      // Too long by itself: it leaves as it is, and holds up nothing.
      await hold(group, '六', 9);
      await hold(group, '七', 5);
    }
    await living.at('2026-01-12', '08:30');
    const posts = living.pushes();
    const of = (group: string) =>
      posts.filter(({ chat }) => chat === group).map(({ text }) => text.replace('\n【无需回复】', ''));
    const text = (name: string, count: number) => [name, ...lines(name, count)].join('\n');
    const screens = [
      ...[`${text('一', 2)}\n${text('二', 2)}`, `${text('三', 2)}\n${text('四', 2)}`],
      ...[text('五', 2), text('六', 9), text('七', 5)],
    ];
    expect(of('leaders')).toEqual(screens);
    expect(of('dangwei')).toEqual(screens);
    expect(of('office')).toHaveLength(1);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });

  test('goes with whatever else reminds the same person at that look, and an answer by itself', async () => {
    await enter(store);
    await write(living, { wecom: 'sec_anquan' }, '答', { quiet: false });
    for (const text of ['一', '二']) {
      await write(living, { wecom: 'sec_anquan' }, text);
      await write(living, { group: 'leaders' }, `群${text}`);
    }
    await look();
    const posts = living.pushes();
    expect(posts.filter(({ chat }) => chat === 'sec_anquan').map(({ text }) => text.split('\n'))).toEqual([
      ['答', '【4.3.2】', '【无需回复】'],
      ['一', '【4.3.2】', '二', '【无需回复】'],
    ]);
    expect(posts.filter(({ chat }) => chat === 'leaders')).toHaveLength(2);
  });
});

describe.each(bothDoors)('a letter in the outbox (by $door)', (store) => {
  test('keeps its place among those to the same chat, also while the first one waits', async () => {
    const { wecom } = await enter(store);
    for (const text of ['一', '二', '三']) await write(living, { group: 'leaders' }, text);
    await wecom.fail('errcode', { code: -1, times: 1 });
    await look();
    expect(seen()).toEqual([]);
    await passMinutes(living, 2);
    expect(seen()).toEqual(['一', '二']);
    expect((await rowsOf(living)).map(({ attempt }) => attempt)).toEqual([2, 1, 1]);
  });

  test('that goes again leaves with none but those it left with before', async () => {
    const { wecom } = await enter(store, '18:00');
    const until: [string, string] = ['2026-01-12', '17:30'];
    await write(living, { wecom: 'sec_anquan' }, '一', { until });
    // Due before the first, and behind it once both go again.
    living.clock.move(-60_000);
    await write(living, { wecom: 'sec_anquan' }, '二', { until });
    await wecom.fail('status 500', { times: 1 });
    await living.at('2026-01-12', '08:30');
    await write(living, { wecom: 'sec_anquan' }, '三');
    await passMinutes(living, 1);
    expect(wecom.sent).toHaveLength(3);
    expect(wecom.sent[1]?.body).toBe(wecom.sent[0]?.body);
    expect(seen()).toEqual(['一', '三']);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
  });

  test('leaves while pushes rest when it is an answer or an order that may', async () => {
    await enter(store, '20:00');
    await write(living, { group: 'office' }, '急', { quiet: false });
    await write(living, { group: 'office' }, '缓');
    await look();
    expect(seen()).toEqual(['急']);
  });

  test('waits while its robot is paused, and those of other robots do not', async () => {
    const { wecom } = await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    await write(living, { dingtalk: 'dt-anquan' }, '乙');
    await wecom.fail('errcode', { code: 45009, times: 1 });
    await look();
    expect(seen()).toEqual(['乙']);
    await write(living, { dingtalk: 'dt-caiwu' }, '丙');
    await look();
    expect(seen()).toEqual(['丙']);
    await passMinutes(living, 1);
    expect(seen()).toEqual(['甲']);
  });

  test('is dead after six tries, and says why', async () => {
    const { wecom } = await enter(store);
    await wecom.fail('errcode', { code: -1 });
    await write(living, { group: 'leaders' }, '甲');
    await look();
    await passMinutes(living, 40);
    const [row] = await rowsOf(living);
    expect(row).toMatchObject({ state: 'dead', attempt: 6, why: expect.stringContaining('errcode -1') });
    expect(wecom.sent).toHaveLength(6);
  });

  test('outlives a platform that wants nothing of its robot for longer than six tries', async () => {
    const { wecom } = await enter(store);
    await wecom.fail('errcode', { code: 45009 });
    await write(living, { group: 'leaders' }, '甲');
    await look();
    for (const minutes of [1, 2, 3, 5, 13, 13]) await pass(living, minutes);
    expect((await rowsOf(living))[0]).toMatchObject({ state: 'waiting', attempt: 7 });
    await wecom.heal();
    await pass(living, 13);
    expect(seen()).toEqual(['甲']);
  });

  test('is recorded once its time is over: as expired, or as unknown where it may have arrived', async () => {
    const { wecom, dingtalk } = await enter(store, '17:10');
    const until: [string, string] = ['2026-01-09', '17:30'];
    await write(living, { dingtalk: 'dt-anquan' }, '甲', { until });
    await write(living, { wecom: 'sec_anquan' }, '乙', { until });
    await dingtalk.fail('errcode', { code: 'too.many.requests' });
    await wecom.fail('reset before');
    await look();
    await passMinutes(living, 20);
    await wecom.heal();
    await dingtalk.heal();
    expect(await states()).toEqual(['expired', 'unknown']);
    expect((await rowsOf(living)).every(({ endedAt }) => endedAt !== null)).toBe(true);
    await living.at('2026-01-12', '08:30');
    expect(seen()).toEqual([]);
  });

  test('leaves its tries to one of them while its robot fails, and all go once that one is taken', async () => {
    const { dingtalk } = await enter(store);
    const names = ['caiwu', 'renshi', 'jiwei', 'fagui', 'guihua', 'dudao'];
    await passMinutes(living, 1);
    await dingtalk.fail('redirect');
    for (const name of names) await write(living, { dingtalk: `dt-${name}` }, `给${name}`);
    await look();
    await passMinutes(living, 3);
    expect(dingtalk.sent).toHaveLength(names.length + 3);
    await dingtalk.heal();
    await passMinutes(living, 1);
    expect(new Set(seen())).toEqual(new Set(names.map((name) => `给${name}`)));
    expect(Math.max(...(await rowsOf(living)).map(({ attempt }) => attempt))).toBe(3);
  });

  test('waits while its group is paused', async () => {
    await enter(store);
    await living.store.db
      .update(groups)
      .set({ pausedAt: living.clock.now() })
      .where(eq(groups.code, 'leaders'));
    await write(living, { group: 'leaders' }, '甲');
    await write(living, { group: 'office' }, '乙');
    await look();
    expect(seen()).toEqual(['乙']);
    await living.store.db.update(groups).set({ pausedAt: null });
    await passMinutes(living, 1);
    expect(seen()).toEqual(['甲']);
  });

  test('listens to its newest attempt alone', async () => {
    await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    const first = await claimed('甲');
    await passMinutes(living, 1);
    living.clock.move(60_000);
    const second = await claimed('甲');
    const { db } = living.store;
    await settle(db, [first], { is: 'never', why: 'late', gone: false }, false, living.clock.now());
    expect(await states()).toEqual(['sending']);
    await settle(db, [second], { is: 'sent' }, false, living.clock.now());
    expect(await states()).toEqual(['sent']);
  });

  test('that is sent is not taken for abandoned by whoever looked a moment earlier', async () => {
    await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    const slow = await claimed('甲');
    const { db } = living.store;
    await settle(db, [slow], { is: 'sent' }, false, living.clock.now());
    await settle(db, [slow], { is: 'unknown', why: 'abandoned' }, false, living.clock.now());
    expect(await states()).toEqual(['sent']);
  });

  test.each([-8 * 60, 2 * 60])('survives a clock that is set by %i minutes', async (minutes) => {
    const { wecom, clock } = await enter(store, '17:00');
    await wecom.fail('errcode', { code: -1, times: 1 });
    await write(living, { group: 'leaders' }, '等', { until: ['2026-01-09', '23:00'], quiet: false });
    await write(living, { wecom: 'sec_caiwu' }, '停', { until: ['2026-01-09', '23:00'], quiet: false });
    await write(living, { group: 'office' }, '断', { until: ['2026-01-09', '23:00'], quiet: false });
    await claimed('断');
    await look();
    await living.store.db.execute(
      `update robots set paused_until = '${new Date(clock.now().getTime() + 600_000).toISOString()}'`,
    );
    clock.move(minutes * 60_000);
    await look();
    await passMinutes(living, 3);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
    expect(new Set(seen())).toEqual(new Set(['〔补发〕断', '停', '等']));
  });

  test('is counted against the robot by which its chat is reached when it leaves', async () => {
    await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    const { db } = living.store;
    await db.update(letters).set({ robot: 'the one before' }).where(eq(letters.key, '甲'));
    await write(living, { group: 'leaders' }, '乙');
    await look();
    expect(seen()).toEqual(['甲', '乙']);
    const robots = new Set((await rowsOf(living)).map(({ robot }) => robot));
    expect([robots.size, robots.has('the one before')]).toEqual([1, false]);
  });

  test('put twice stands once', async () => {
    await enter(store);
    for (let time = 1; time <= 2; time += 1) {
      await write(living, { group: 'leaders' }, '甲');
      await write(living, { group: 'leaders' }, '甲');
      await look();
    }
    expect(seen()).toEqual(['甲']);
    expect(await living.store.db.select().from(letters).where(eq(letters.key, '甲'))).toHaveLength(1);
  });
});
