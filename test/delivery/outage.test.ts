import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { groups } from '../../src/ledger/schema.ts';
import { createSeal } from '../../src/ledger/seal.ts';
import { type Fault, faults } from '../../src/platforms/sandbox/double.ts';
import { hurried, impatient, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';
import { arrivals, mostInAMinute, pass, rowsOf, type To, write } from './letters.ts';

/** Every way in which a text leaves the house; DingTalk's robot is given an address here. */
const reminders: [string, To][] = [
  ['科室群甲', { group: 'dangwei' }],
  ['机器人乙', { group: 'anquan' }],
  ['单聊丙', { wecom: 'sec_caiwu' }],
  ['单聊丁', { dingtalk: 'dt-renshi' }],
];

/** Over a socket the others come to the same as one of these. */
const overSockets: Fault[] = [
  'errcode',
  'html',
  'hang after accepting',
  'reset after accepting',
  'reset before',
  'refuse',
];

describe.each(bothDoors)('ten minutes in which a platform fails (by $door)', ({ door, open }) => {
  let living: LivingHouse;
  afterEach(() => living.close());

  const enter = async () => {
    const hurry = { fetch: impatient(1_500), timers: hurried(4) };
    living = await openLivingHouse(await open(), '2026-01-09', '07:00', { door, ...hurry });
    const { store, config } = living;
    const sealedAddress = createSeal('a key that only tests use').close(
      `${config.DINGTALK_OAPI_BASE}/robot/send?access_token=sample-anquan`,
    );
    await store.db.update(groups).set({ sealedAddress }).where(eq(groups.code, 'anquan'));
    await living.at('2026-01-09', '09:00');
    living.pushes();
    for (const { sent } of [living.wecom, living.dingtalk]) sent.length = 0;
    return living;
  };

  test.each(door === 'hook' ? faults : overSockets)(
    '(%s) lose nothing and show nothing twice without saying so',
    async (fault) => {
      const { wecom, dingtalk } = await enter();
      for (const double of [wecom, dingtalk]) {
        await double.fail(fault, { code: double === wecom ? -1 : 'too.many.requests' });
      }
      for (const [text, to] of reminders) await write(living, to, text);
      await write(living, { group: 'leaders' }, '通报', { once: true });
      await living.look();
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
      for (const text of door === 'hook' ? ['机器人乙', '单聊丙'] : ['机器人乙']) {
        expect([timesSeen(text), timesSeen(`〔补发〕${text}`)]).toEqual([1, 0]);
      }
      const paths = new Set(wecom.sent.map(({ path }) => path));
      expect(paths.has('aibot_send_msg')).toBe(door === 'connection');
      expect(timesSeen('通报') + timesSeen('〔补发〕通报')).toBeLessThanOrEqual(1);
      const rows = await rowsOf(living);
      expect(rows.every((row) => row.endedAt !== null && row.attempt <= 6)).toBe(true);
      expect(rows.filter((row) => !['sent', 'unknown'].includes(row.state))).toEqual([]);
      expect(mostInAMinute(arrivals(living))).toBeLessThanOrEqual(18);
    },
  );

  test('go unnoticed by those who are reached by the other', async () => {
    const { wecom, dingtalk } = await enter();
    await wecom.fail('hang after accepting');
    for (const [text, to] of reminders) await write(living, to, text);
    await living.look();
    expect(dingtalk.sent.filter((each) => each.shown)).toHaveLength(2);
  });
});
