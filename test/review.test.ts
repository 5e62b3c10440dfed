import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { verify } from '../src/ledger/entries/audit.ts';
import { entries } from '../src/ledger/schema.ts';
import { type ChatName, openLivingHouse } from './setup/house.ts';
import { stores } from './setup/stores.ts';

type Try = [chat: ChatName, user: string, answer: string];
/** Who tries it in vain first, each with what they hear, and then whose it is. */
interface Turn {
  at?: [day: string, time: string];
  words: string;
  not?: Try[];
  by: Try;
}

const notYours = '该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。';
const alone = '该事项请在与我的单聊中查询或办理。';
const notYoursForLeaders = '该事项按程序由整改办办理,请转整改办。';
const notYoursForOffice = '该事项不由整改办登记或办理,或编号、科室有误。请发「查 任务编号」核对承办科室。';

describe.each(stores.slice(0, 1))('a year of a task with a review, step by step ($kind)', ({ open }) => {
  const overstep: Try[] = [
    ['wecom', 'sec_caiwu', notYours],
    ['dingtalk', 'dt-ldr-tiyu', notYoursForLeaders],
    ['wecom', 'adm_xinxi', notYours],
  ];
  const turns: Turn[] = [
    {
      words: '节点 1.1.2/d1 4月30日 1份',
      not: [...overstep, ['dangwei', 'sec_dangwei', notYours], ['leaders', 'ldr_shuji', notYoursForLeaders]],
      by: ['office', 'off_zhuren', '4月30日节点:1份'],
    },
    {
      at: ['2026-05-06', '10:00'],
      words: '查 1.1.2',
      by: ['dangwei', 'sec_dangwei', '【黄·滞后】【1.1.2】'],
    },
    {
      words: '延期 1.1.2 至 7月31日 征求意见未结束',
      not: [...overstep, ['dangwei', 'clk_dangwei', '延期请科长或分管领导本人申请']],
      by: ['dingtalk', 'dt-dangwei', '申请延期:6月30日→7月31日'],
    },
    {
      words: '不同意延期 1.1.2 请按原时限',
      not: [...overstep, ['dangwei', 'sec_dangwei', notYours], ['wecom', 'sec_jiwei', notYours]],
      by: ['leaders', 'ldr_dangjian', '仍按6月30日完成'],
    },
    {
      at: ['2026-07-06', '10:00'],
      words: '挂牌 1.1.2 办法未印发 至8月31日',
      not: [
        ...overstep,
        ['leaders', 'ldr_dangjian', notYoursForLeaders],
        ['dangwei', 'sec_dangwei', notYours],
      ],
      by: ['office', 'off_zhuren', '拟挂牌督办'],
    },
    {
      words: '同意挂牌 1.1.2',
      not: [
        ...overstep,
        ['office', 'off_gongzuo', '现待组长批准'],
        ['leaders', 'ldr_dangjian', notYoursForLeaders],
      ],
      by: ['dingtalk', 'dt-shuji', '列为挂牌督办事项,办结时限8月31日'],
    },
    {
      words: '1.1.2 办法已印发',
      not: overstep,
      by: ['dangwei', 'clk_dangwei', '待科长确认'],
    },
    {
      words: '确认 1.1.2',
      not: [...overstep, ['dangwei', 'clk_dangwei', notYours], ['office', 'off_zhuren', notYoursForOffice]],
      by: ['dingtalk', 'dt-dangwei', '经确认计入台账'],
    },
    { words: '申请销号 1.1.2', not: overstep, by: ['dangwei', 'sec_dangwei', '核对结果已私信'] },
    {
      words: '坚持申请 1.1.2 佐证随后补',
      not: overstep,
      by: ['dangwei', 'sec_dangwei', '下一步:分管领导审核'],
    },
    {
      words: '退回 1.1.2 缺佐证',
      not: [
        ['wecom', 'sec_caiwu', notYours],
        ['dingtalk', 'dt-ldr-tiyu', '请分管领导办理'],
        ['office', 'off_zhuren', '现待分管领导审核,请分管领导办理'],
        ['dangwei', 'sec_dangwei', notYours],
      ],
      by: ['leaders', 'ldr_dangjian', '退回继续整改'],
    },
    {
      words: '佐证 1.1.2 市教体〔2026〕18号 2026-03-02 存党委卷4',
      not: overstep,
      by: ['dingtalk', 'dt-dangwei', '佐证:'],
    },
    { words: '申请销号 1.1.2', not: overstep, by: ['dangwei', 'sec_dangwei', '各项均达到,佐证齐'] },
    {
      words: '交接 机关党委 负责人 机关党委内勤 自7月6日',
      not: [...overstep, ['dangwei', 'sec_dangwei', notYours]],
      by: ['office', 'off_zhuren', '负责人由机关党委内勤接任,即日生效'],
    },
    { words: '确认 1.1.2', by: ['dangwei', 'clk_dangwei', '1.1.2'] },
    {
      words: '同意销号 1.1.2',
      not: [
        ['wecom', 'sec_caiwu', notYours],
        ['leaders', 'ldr_tiyu', '请分管领导办理'],
        ['leaders', 'ldr_shuji', '请分管领导办理'],
        ['office', 'off_zhuren', '请分管领导办理'],
      ],
      by: ['dingtalk', 'dt-ldr-dangjian', '分管领导审核通过。下一步:整改办核验'],
    },
    {
      words: '同意销号 1.1.2',
      not: [
        ['leaders', 'ldr_dangjian', '同一人不能办两个环节'],
        ['wecom', 'sec_jiwei', '请整改办办理'],
        ['leaders', 'ldr_shuji', '请整改办办理'],
      ],
      by: ['office', 'off_gongzuo', '整改办核验通过。下一步:组长批准'],
    },
    {
      words: '坚持申请 5.1.1 佐证随后补',
      not: overstep,
      by: ['dangwei', 'clk_dangwei', '下一步:整改办核验'],
    },
    { words: '核验通过 5.1.1', by: ['office', 'off_zhuren', '下一步:组长批准'] },
    {
      words: '批准销号 1.1.2 5.1.1',
      not: [
        ['office', 'off_zhuren', '请组长办理'],
        ['leaders', 'ldr_dangjian', '同一人不能办两个环节'],
        ['dangwei', 'sec_dangwei', notYours],
      ],
      by: ['leaders', 'ldr_shuji', '【5.1.1】管党治党清单与责任书:组长批准,7月6日销号'],
    },
    { words: '查 1.1.2', by: ['dangwei', 'clk_dangwei', '已销号 7月6日,晚于时限4个工作日'] },
    {
      at: ['2026-09-07', '10:00'],
      words: '回头看 1.1.2 反弹 办法未落实',
      not: [
        ...overstep,
        ['dangwei', 'clk_dangwei', notYours],
        ['leaders', 'ldr_dangjian', notYoursForLeaders],
      ],
      by: ['wecom', 'sec_jiwei', '反弹,重新推进;7月6日销号的记录保留'],
    },
    { words: '申请销号 1.1.2', not: overstep, by: ['dangwei', 'clk_dangwei', '下一步:分管领导审核'] },
    { words: '同意销号 1.1.2', by: ['leaders', 'ldr_dangjian', '下一步:整改办核验'] },
    { words: '同意销号 1.1.2', by: ['office', 'off_zhuren', '下一步:组长批准'] },
    { words: '批准销号 1.1.2', by: ['dingtalk', 'dt-shuji', '9月7日销号'] },
    {
      words: '3.3.2 专项监督+1',
      not: [
        ['leaders', 'sec_jiwei', alone],
        ['system', 'dt-jiwei', alone],
        ['wecom', 'sec_dangwei', notYours],
      ],
      by: ['wecom', 'sec_jiwei', '已记录【3.3.2】'],
    },
  ];

  test('works for whose step it is on both platforms, and for nobody else', async () => {
    const living = await openLivingHouse(await open(), '2026-04-09', '10:00');
    const { db } = living.store;
    const written = async () => (await db.select({ id: entries.id }).from(entries)).length;
    for (const { at, words, not = [], by } of turns) {
      if (at) await living.at(...at);
      const before = await written();
      for (const [chat, user, answer] of not) {
        expect(await living.say(chat, user, words), `${user}: ${words}`).toContain(answer);
      }
      expect(await written(), words).toBe(before);
      const [chat, user, answer] = by;
      expect(await living.say(chat, user, words), `${user}: ${words}`).toContain(answer);
    }
    expect(await verify(db)).toMatchObject({ sound: true });
    await db.execute(sql`alter table entries disable trigger all`);
    await db.execute(
      sql`update entries set detail = jsonb_set(detail, '{to}', '"2026-07-30"') where chain = '1.1.2' and act = 'extend'`,
    );
    expect(await verify(db)).toMatchObject({ sound: false, task: '1.1.2' });
    await living.close();
  }, 120_000);
});
