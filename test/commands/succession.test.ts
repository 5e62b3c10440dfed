import { afterEach, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('what a chief asked for who has handed over ($kind)', ({ open }) => {
  let living: LivingHouse;
  afterEach(() => living.close());

  const say = (user: string, text: string) => living.say('wecom', user, text);
  async function enter() {
    living = await openLivingHouse(await open(), '2026-04-09', '10:00');
    await living.at('2026-04-09', '10:01');
    living.pushes();
  }
  let minute = 1;
  /** Who is written to at the next look, and what. */
  async function letters(): Promise<string[][]> {
    minute += 1;
    await living.at('2026-04-09', `10:${String(minute).padStart(2, '0')}`);
    return living.pushes().map(({ chat, text }) => [chat, text]);
  }

  test('is told to the successor once it is decided, also where the predecessor may no longer know of it', async () => {
    await enter();
    await say('sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('sec_jiwei', '坚持申请 3.3.2 佐证随后补');
    await say('sec_dangwei', '延期 5.1.1 至 12月18日 余3家正在签订');
    await say('off_zhuren', '交接 安全管理科 负责人 体育中心主任');
    await say('off_zhuren', '交接 机关纪委 负责人 财务科科长');
    await say('off_zhuren', '交接 机关党委 负责人 机关党委内勤');
    await letters();
    await say('ldr_anquan', '退回 4.3.2 佐证不齐');
    expect(await letters()).toEqual([['sec_tizhong', expect.stringContaining('「佐证不齐」')]]);
    await say('ldr_jijian', '退回 3.3.2 佐证不齐');
    expect(await letters()).toEqual([['sec_caiwu', expect.stringContaining('「佐证不齐」')]]);
    await say('off_zhuren', '不同意延期 5.1.1 请按原时限');
    expect(await letters()).toEqual([['clk_dangwei', expect.stringContaining('不同意延期')]]);
  });

  test('a proposal of somebody who has left the office is nothing to the section that has not heard of it', async () => {
    await enter();
    await say('off_gongzuo', '挂牌 4.3.2 演练未开展');
    await say('off_zhuren', '角色 整改办工作人员 取消 整改办');
    await letters();
    await say('ldr_shuji', '不同意挂牌 4.3.2');
    expect(await letters()).toEqual([]);
  });

  test('waits for the successor, who is told so in the morning, and then goes on where it was', async () => {
    await enter();
    await say('sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('ldr_anquan', '同意销号 4.3.2');
    await say('sec_dangwei', '延期 5.1.1 至 12月18日 余3家正在签订');
    await say('off_zhuren', '交接 安全管理科 负责人 体育中心主任 自 4月10日');
    await say('off_zhuren', '交接 机关党委 负责人 机关党委内勤 自 4月10日');
    await letters();
    await living.at('2026-04-10', '08:42');
    const asked = living.pushes().filter(({ text }) => text.includes('待您确认'));
    expect(asked.map(({ chat, text }) => [chat, /前任.*/.exec(text)?.[0]])).toEqual([
      ['clk_dangwei', '前任的延期申请待您确认后继续办理,请回复「确认 5.1.1」。'],
      ['sec_tizhong', '前任的销号申请待您确认后继续办理,请回复「确认 4.3.2」。'],
    ]);
    expect(await say('sec_tizhong', '我的')).toContain('待您办理:「确认 4.3.2」');
    await living.at('2026-04-10', '09:30');
    living.pushes();
    await say('sec_tizhong', '确认 4.3.2');
    await say('clk_dangwei', '确认');
    await living.at('2026-04-10', '09:31');
    expect(living.pushes().map(({ chat, text }) => [chat, text])).toEqual([
      ['off_zhuren', expect.stringMatching(/【4.3.2】.*现待整改办核验/)],
      ['ldr_shuji', expect.stringMatching(/【5.1.1】.*申请延期:3月31日→12月18日.*,已经新任科长确认。/)],
    ]);
    await living.at('2026-04-13', '08:42');
    expect(living.pushes().filter(({ text }) => text.includes('待您确认'))).toEqual([]);
  });

  test('is asked of whoever may decide once who was asked may no more, in the morning and once', async () => {
    await enter();
    await say('sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('ldr_anquan', '同意销号 4.3.2');
    await say('sec_anquan', '坚持申请 4.3.1 佐证随后补');
    await say('sec_anquan', '延期 3.2.1 至 12月30日 细则未定');
    await say('off_zhuren', '挂牌 5.1.1 逾期较久');
    expect((await letters()).map(([chat]) => chat)).toContain('off_zhuren');
    await say('off_gongzuo', '角色 整改办主任 取消 整改办');
    await say('off_gongzuo', '停用 分管安全规划副局长');
    expect(await letters()).toEqual([]);
    const asked = async (day: string) => {
      await living.at(day, '08:42');
      const said = living.pushes().filter(({ text }) => text.includes('待您办理'));
      return said.map(({ chat, text }) => [chat, text.match(/【4.*现待[^。]*/g)]);
    };
    expect(await asked('2026-04-10')).toEqual([
      [
        'off_gongzuo',
        [expect.stringMatching(/4\.3\.1.*现待整改办核验/), expect.stringMatching(/4\.3\.2.*现待整改办核验/)],
      ],
    ]);
    expect(await asked('2026-04-13')).toEqual([]);
  });

  test('what was asked of a predecessor and has not left is told to the office as undelivered', async () => {
    await enter();
    await living.at('2026-04-09', '20:00');
    await living.say('office', 'off_zhuren', '议定 4.3.2 隐患逐校过一遍');
    await say('off_zhuren', '交接 安全管理科 负责人 体育中心主任');
    await living.at('2026-04-10', '08:42');
    await living.at('2026-04-13', '08:42');
    const told = living.pushes().filter(({ text }) => text.includes('未能送达'));
    expect(told).toEqual([{ chat: 'office', text: expect.stringMatching(/未能送达:安全管理科科长/) }]);
  });
});
