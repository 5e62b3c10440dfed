import { afterEach, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';

describe.each(bothDoors)("a quarter's bulletin whose platforms are away (by $door)", ({ door, open }) => {
  let living: LivingHouse;
  afterEach(() => living.close());

  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-03-31', '10:00', { door });
    await living.at('2026-04-01', '09:12');
    const waits = '按既定授权于4月2日09:12发布;如需暂缓';
    for (const user of ['ldr_shuji', 'off_zhuren']) {
      expect(await living.say('wecom', user, '通报')).toContain(waits);
    }
    await living.at('2026-04-02', '08:42');
    living.pushes();
  };
  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const pass = async (...steps: number[]) => {
    for (const minutes of steps) {
      living.clock.move(minutes * 60_000);
      await living.look();
    }
  };
  /** Words and each file leave one after the other. */
  const seen = async (day: string, time: string) => {
    await living.at(day, time);
    await pass(1, 1, 1);
    return living.pushes();
  };
  const chatsOf = (posts: { chat: string; text: string }[], mark: string) =>
    posts.flatMap(({ chat, text }) => (text.includes(mark) ? [chat] : [])).toSorted();

  test('that is given up is told to the office, and goes once more at its word, as often as that is needed', async () => {
    await enter();
    await living.wecom.fail('errcode', { code: 40058 });
    await living.dingtalk.fail('errcode', { code: -1 });
    await living.at('2026-04-02', '09:12');
    await pass(1, 1, 1);
    expect(living.pushes()).toEqual([]);
    for (const double of [living.wecom, living.dingtalk]) await double.heal();
    const [told] = (await seen('2026-04-03', '16:12')).filter(({ text }) => text.includes('未能送达'));
    expect(told).toMatchObject({
      chat: 'office',
      text: expect.stringContaining('通报未能送达:领导小组群、全系统群'),
    });
    expect(told?.text).toContain('请回复「补发通报」');
    expect(await office('通报')).toContain('4月2日发布。有群未送达或送达不明');
    expect(await office('通报已看到')).toContain('未能送达的请回复「补发通报」');

    await living.dingtalk.fail('errcode', { code: -1 });
    expect(await office('补发通报')).toContain('将补发并标明');
    expect(chatsOf(await seen('2026-04-03', '16:20'), '〔补发〕【季度通报】')).toEqual(['leaders']);
    await living.dingtalk.heal();
    expect(chatsOf(await seen('2026-04-07', '08:42'), '通报未能送达:全系统群,')).toEqual(['office']);
    expect(await office('补发通报')).toContain('将补发并标明');
    expect(chatsOf(await seen('2026-04-07', '09:00'), '〔补发〕【季度通报】')).toEqual(['system']);
    expect(await office('补发通报')).toContain('没有送达不明的通报');
    expect(await office('通报')).not.toContain('未送达');
  });

  test('and have its robots rest all day goes on the next, by itself and once', async () => {
    await enter();
    await living.wecom.fail('errcode', { code: 45009 });
    await living.at('2026-04-02', '09:12');
    for (let hour = 10; hour < 18; hour += 1) await living.at('2026-04-02', `${hour}:29`);
    await living.at('2026-04-02', '17:31');
    expect(chatsOf(living.pushes(), '【季度通报】')).toEqual(['system']);
    await living.wecom.heal();
    expect(chatsOf(await seen('2026-04-03', '08:42'), '【季度通报】')).toEqual(['leaders']);
    expect(chatsOf(await seen('2026-04-07', '09:12'), '【季度通报】')).toEqual([]);
  });
});
