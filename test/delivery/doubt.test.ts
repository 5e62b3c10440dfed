import { like } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { retract, settle } from '../../src/ledger/outbox.ts';
import { letters } from '../../src/ledger/schema.ts';
import { bothDoors, doors } from '../setup/stores.ts';
import { claimed, enter, living, look, seen, states } from './entered.ts';
import { pass, passMinutes, rowsOf, type To, write } from './letters.ts';

afterEach(() => living.close());

describe.each(doors)('a letter of which nobody knows whether it arrived (by $door, $kind)', (store) => {
  test('that may have arrived with others goes again with those that still hold, and says that it does', async () => {
    const { wecom, dingtalk } = await enter(store);
    const rounds: [time: string, ...to: To[]][] = [
      ['09:02', { group: 'leaders' }, { group: 'anquan' }],
      ['09:16', { wecom: 'sec_anquan' }, { dingtalk: 'dt-caiwu' }],
    ];
    for (const [time, ...chats] of rounds) {
      for (const [at, to] of chats.entries()) {
        await write(living, to, `${time}过时${at}`, { until: ['2026-01-09', time] });
        await write(living, to, `${time}照旧${at}`);
        await write(living, to, `${time}收回${at}`);
      }
      const mark = `awaits:close-out:${time}`;
      const { db } = living.store;
      await db
        .update(letters)
        .set({ marks: [mark] })
        .where(like(letters.key, `${time}收回_`));
      for (const double of [wecom, dingtalk]) await double.fail('reset after accepting', { times: 1 });
      await passMinutes(living, 1);
      expect(seen()).toEqual(chats.map((_, at) => `${time}过时${at}`));
      await retract(db, [mark], living.clock.now());
      await pass(living, 13);
      expect(living.pushes().map(({ text }) => text)).toEqual(
        chats.map((_, at) => `〔补发〕${time}照旧${at}\n【4.3.2】\n【无需回复】`),
      );
    }
    const rows = await rowsOf(living);
    expect(rows.map(({ state }) => state)).toEqual(Array(4).fill(['unknown', 'sent', 'unknown']).flat());
    expect(rows.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  test('whose process died while sending goes once more with a mark, after its lease', async () => {
    await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    await claimed('甲');
    living.clock.move(44_000);
    await look();
    expect(await states()).toEqual(['sending']);
    living.clock.move(1_000);
    await look();
    expect(await states()).toEqual(['unknown']);
    await passMinutes(living, 3);
    expect(seen()).toEqual(['〔补发〕甲']);
    expect(await states()).toEqual(['sent']);
  });

  test('whose matter was settled while it was being sent goes no second time', async () => {
    await enter(store);
    const { db } = living.store;
    await write(living, { group: 'leaders' }, '甲');
    await db.update(letters).set({ marks: ['awaits:close-out:1'] });
    await claimed('甲');
    await retract(db, ['awaits:close-out:1'], living.clock.now());
    living.clock.move(45_000);
    await look();
    await passMinutes(living, 15);
    expect(seen()).toEqual([]);
    expect(await rowsOf(living)).toEqual([
      expect.objectContaining({ state: 'unknown', endedAt: expect.any(Date) }),
    ]);
  });
});

describe.each(bothDoors)('a letter of which nobody knows whether it arrived (by $door)', (store) => {
  test('that may have arrived never counts as dead or expired', async () => {
    const { wecom } = await enter(store);
    await wecom.fail('reset after accepting', { times: 1 });
    await write(living, { group: 'leaders' }, '甲');
    await look();
    await wecom.fail('errcode', { code: -1 });
    await passMinutes(living, 40);
    expect(await states()).toEqual(['unknown']);
    expect((await rowsOf(living))[0]?.endedAt).not.toBeNull();
  });

  test('that may have arrived goes once more soon where its robot answers others, whatever other robots do', async () => {
    const { wecom, dingtalk } = await enter(store);
    await wecom.fail('reset after accepting', { times: 1 });
    await dingtalk.fail('reset after accepting', { times: 1 });
    await write(living, { group: 'leaders' }, '甲');
    await write(living, { dingtalk: 'dt-caiwu' }, '子');
    await look();
    await passMinutes(living, 1);
    await write(living, { wecom: 'sec_caiwu' }, '乙');
    await write(living, { dingtalk: 'dt-renshi' }, '丑');
    await passMinutes(living, 2);
    expect(seen()).toEqual(['甲', '乙', '子', '丑', '〔补发〕子']);
    await passMinutes(living, 10);
    expect(seen()).toEqual(['〔补发〕甲']);
  });

  test('that its platform may have forgotten before it comes there again says that it does', async () => {
    const { wecom, clock } = await enter(store);
    await wecom.fail('reset after accepting', { times: 1 });
    await write(living, { wecom: 'sec_caiwu' }, '甲');
    await look();
    clock.move(29.5 * 60_000);
    await look();
    expect(seen()).toEqual(['甲', '〔补发〕甲']);
    expect(await states()).toEqual(['sent']);
  });

  test('whose second try is in doubt as well is left alone', async () => {
    const { wecom } = await enter(store);
    await wecom.fail('reset after accepting');
    await write(living, { group: 'leaders' }, '甲');
    await look();
    await passMinutes(living, 11);
    expect(seen()).toEqual(['甲']);
    await passMinutes(living, 20);
    expect(seen()).toEqual(['〔补发〕甲']);
    expect((await rowsOf(living))[0]).toMatchObject({
      state: 'unknown',
      attempt: 2,
      endedAt: expect.any(Date),
    });
  });

  test('that is a bulletin of unknown fate is not repeated', async () => {
    const { wecom } = await enter(store);
    await wecom.fail('reset after accepting', { times: 1 });
    await write(living, { group: 'leaders' }, '通报', { once: true });
    await look();
    await passMinutes(living, 20);
    expect(seen()).toEqual(['通报']);
    expect((await rowsOf(living))[0]).toMatchObject({
      state: 'unknown',
      attempt: 1,
      endedAt: expect.any(Date),
    });
  });

  test('that was given up for unknown is sent when its process says so after all', async () => {
    const { wecom } = await enter(store);
    await write(living, { group: 'leaders' }, '甲');
    const slow = await claimed('甲');
    await passMinutes(living, 1);
    expect(await states()).toEqual(['unknown']);
    await settle(living.store.db, [slow], { is: 'sent' }, false, living.clock.now());
    await passMinutes(living, 5);
    expect(await states()).toEqual(['sent']);
    expect(wecom.sent).toEqual([]);
  });
});
