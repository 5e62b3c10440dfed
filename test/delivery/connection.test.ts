import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHouse } from '../../src/house.ts';
import { chatsMet } from '../../src/ledger/inbox/met.ts';
import { groups } from '../../src/ledger/schema.ts';
import { connect, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';

/** On 31 March 5.1.1 (机关党委) is due and nothing of it recorded. */
describe('a push over WeCom’s connection, where there is neither app nor group robot', () => {
  let living: LivingHouse;

  beforeEach(async () => {
    const store = await bothDoors[1]?.open();
    if (!store) throw new Error('there is no store');
    living = await openLivingHouse(store, '2026-03-31', '20:00', { door: 'connection', strangers: true });
  });
  afterEach(() => living.close());

  const onWecom = ['leaders', 'office', 'dangwei', 'sec_dangwei'];
  const lookAt = async (day: string, time = '08:42') => {
    living.clock.move(Date.parse(`${day}T${time}:00+08:00`) - living.clock.now().getTime());
    await living.house.beat.look();
    return living.pushes().filter(({ chat }) => onWecom.includes(chat));
  };

  test('reaches groups and persons that have spoken with the bot, and no others', async () => {
    await living.say('wecom', 'sec_dangwei', '查 5.1.1');
    living.pushes();
    expect((await lookAt('2026-04-01')).map(({ chat }) => chat)).toEqual(['sec_dangwei']);
    await living.say('leaders', 'ldr_jijiao', '总览');
    expect(await chatsMet(living.store.db)).toEqual(
      new Set(['wecom:single:sec_dangwei', 'wecom:group:wrSampleLeaders0001']),
    );
    living.pushes();
    const chats = (await lookAt('2026-04-07')).map(({ chat }) => chat);
    expect(chats).toContain('leaders');
    expect(chats).not.toContain('office');
  });

  test('waits for the connection to be back, and goes once', async () => {
    await living.say('wecom', 'sec_dangwei', '查 5.1.1');
    living.pushes();
    await living.house.connections.close();
    expect(await lookAt('2026-04-01')).toEqual([]);
    const { config, store, clock } = living;
    const next = await openHouse({ config, store, clock, log: pino({ level: 'silent' }) });
    await connect(next);
    await next.beat.look();
    await next.beat.look();
    expect(living.pushes().filter(({ chat }) => chat === 'sec_dangwei')).toHaveLength(1);
    await next.close();
  });

  test('that WeCom refuses for now is tried again', async () => {
    await living.say('wecom', 'sec_dangwei', '查 5.1.1');
    living.pushes();
    living.wecom.gateway.refuse(-1, 1);
    expect(await lookAt('2026-04-01')).toEqual([]);
    const texts = async (minute: number) =>
      (await lookAt('2026-04-01', `08:${minute}`)).filter(({ chat }) => chat === 'sec_dangwei');
    const [first] = [...(await texts(43)), ...(await texts(44))];
    expect(first?.text).toContain('【5.1.1】');
    const [group] = await living.store.db.select().from(groups).where(eq(groups.code, 'leaders'));
    expect(group?.gone).toBeNull();
  });
});
