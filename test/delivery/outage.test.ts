import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { groups } from '../../src/ledger/schema.ts';
import { createSeal } from '../../src/ledger/seal.ts';
import { faults } from '../../src/platforms/sandbox/double.ts';
import { impatient, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';
import { arrivals, mostInAMinute, pass, rowsOf, type To, write } from './letters.ts';

const [store] = stores;

/** Every way in which a text leaves the house; DingTalk's robot is given an address here. */
const reminders: [string, To][] = [
  ['科室群甲', { group: 'dangwei' }],
  ['机器人乙', { group: 'anquan' }],
  ['单聊丙', { wecom: 'sec_caiwu' }],
  ['单聊丁', { dingtalk: 'dt-renshi' }],
];

describe('ten minutes in which a platform fails', () => {
  let living: LivingHouse;
  afterEach(() => living.close());

  const enter = async () => {
    if (!store) throw new Error('there is no store');
    living = await openLivingHouse(await store.open(), '2026-01-09', '07:00', { fetch: impatient(1_500) });
    const { store: kept, house } = living;
    const base = house.sandbox?.config.DINGTALK_OAPI_BASE;
    const sealedAddress = createSeal('a key that only tests use').close(
      `${base}/robot/send?access_token=sample-anquan`,
    );
    await kept.db.update(groups).set({ sealedAddress }).where(eq(groups.code, 'anquan'));
    await living.at('2026-01-09', '09:00');
    living.pushes();
    for (const { sent } of [living.wecom, living.dingtalk]) sent.length = 0;
    return living;
  };

  test.each(faults)('(%s) lose nothing and show nothing twice without saying so', async (fault) => {
    const { wecom, dingtalk } = await enter();
    for (const double of [wecom, dingtalk]) {
      await double.fail(fault, { code: double === wecom ? -1 : 'too.many.requests' });
    }
    for (const [text, to] of reminders) await write(living, to, text);
    await write(living, { group: 'leaders' }, '通报', { once: true });
    await living.house.beat.look();
    for (const minutes of [1, 1, 1, 2, 3, 2]) await pass(living, minutes);
    await wecom.heal();
    await dingtalk.heal();
    for (const minutes of [2, 1, 2, 3, 10]) await pass(living, minutes);
    const seen = living.pushes().map(({ text }) => text.split('\n')[0]?.trim() ?? '');
    const timesSeen = (text: string) => seen.filter((each) => each === text).length;
    for (const [text] of reminders) {
      expect(timesSeen(text)).toBeLessThanOrEqual(1);
      expect(timesSeen(`〔补发〕${text}`)).toBeLessThanOrEqual(1);
      expect(timesSeen(text) + timesSeen(`〔补发〕${text}`)).toBeGreaterThan(0);
    }
    // Where the platform knows a repeat there is nothing to be marked.
    expect(['机器人乙', '单聊丙'].map(timesSeen)).toEqual([1, 1]);
    expect(['〔补发〕机器人乙', '〔补发〕单聊丙'].map(timesSeen)).toEqual([0, 0]);
    expect(timesSeen('通报') + timesSeen('〔补发〕通报')).toBeLessThanOrEqual(1);
    const rows = await rowsOf(living);
    expect(rows.every((row) => row.endedAt !== null && row.attempt <= 6)).toBe(true);
    expect(rows.filter((row) => !['sent', 'unknown'].includes(row.state))).toEqual([]);
    expect(mostInAMinute(arrivals(living))).toBeLessThanOrEqual(18);
  });

  test('go unnoticed by those who are reached by the other', async () => {
    const { wecom, dingtalk } = await enter();
    await wecom.fail('hang after accepting');
    for (const [text, to] of reminders) await write(living, to, text);
    await living.house.beat.look();
    expect(dingtalk.sent.filter((each) => each.shown)).toHaveLength(2);
  });
});
