import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../src/ledger/entries/audit.ts';
import { entries, people } from '../src/ledger/schema.ts';
import { type ChatName, type LivingHouse, openLivingHouse } from './setup/house.ts';
import { stores } from './setup/stores.ts';

type Step = [chat: ChatName, user: string, words: string, answer: string];

describe.each(stores)('a year of a task through the real webhooks ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-03-02', '10:00');
    await living.say('wecom', 'sec_dangwei', '帮助');
  };
  afterEach(() => living.close());

  async function take(day: string, time: string, steps: Step[]): Promise<void> {
    await living.at(day, time);
    for (const [chat, user, words, answer] of steps) {
      expect(await living.say(chat, user, words), `${user}: ${words}`).toContain(answer);
    }
  }

  /** From the first figure to a close-out that relapses and is closed again, each step by whose it is. */
  const year: [day: string, time: string, steps: Step[]][] = [
    [
      '2026-03-09',
      '10:00',
      [
        ['dangwei', 'clk_dangwei', '5.1.1 责任书 17/20', '待科长确认'],
        ['dingtalk', 'dt-dangwei', '确认', '17/20'],
      ],
    ],
    [
      '2026-04-08',
      '10:00',
      [
        ['dangwei', 'sec_dangwei', '延期 5.1.1 至 4月30日 余3家正在签订', '逾期后申请'],
        ['office', 'off_zhuren', '不同意延期 5.1.1 请按原时限', '仍按3月31日完成'],
        ['office', 'off_zhuren', '挂牌 5.1.1 责任书未签齐 至5月29日', '拟挂牌督办'],
        ['dingtalk', 'dt-shuji', '同意挂牌 5.1.1', '列为挂牌督办事项'],
        ['leaders', 'ldr_anquan', '清单 挂牌', '【5.1.1】'],
      ],
    ],
    [
      '2026-05-08',
      '10:00',
      [
        ['dangwei', 'sec_dangwei', '5.1.1 责任书 20/20 佐证:责任书汇编(科内卷1)', '已记录【5.1.1】'],
        ['dangwei', 'sec_dangwei', '申请销号 5.1.1', '已收到申请,核对结果已私信'],
        ['dangwei', 'sec_dangwei', '坚持申请 5.1.1 责任清单随后补齐', '坚持申请'],
        ['office', 'off_zhuren', '退回 5.1.1 缺责任清单', '退回继续整改'],
        ['dangwei', 'sec_dangwei', '坚持申请 5.1.1 责任清单已报整改办', '坚持申请'],
        ['office', 'off_gongzuo', '同意销号 5.1.1', '核验通过'],
        ['leaders', 'ldr_shuji', '批准销号 5.1.1', '5月8日销号'],
        ['office', 'off_zhuren', '摘牌 5.1.1 已销号', '拟摘牌'],
        ['leaders', 'ldr_shuji', '同意摘牌 5.1.1', '解除挂牌督办'],
      ],
    ],
    [
      '2026-07-08',
      '10:00',
      [
        ['office', 'off_zhuren', '回头看 5.1.1 反弹', '请写明反弹情况'],
        ['wecom', 'sec_jiwei', '回头看 5.1.1 反弹 两家责任书过期', '重新推进'],
        ['dangwei', 'sec_dangwei', '查 5.1.1', '7月8日反弹,重新推进'],
        ['dangwei', 'sec_dangwei', '坚持申请 5.1.1 过期责任书已重签', '坚持申请'],
        ['office', 'off_zhuren', '同意销号 5.1.1', '核验通过'],
        ['dingtalk', 'dt-shuji', '批准销号 5.1.1', '7月8日销号'],
        ['office', 'off_gongzuo', '回头看 5.1.1 巩固', '继续有效'],
      ],
    ],
  ];

  test('goes by the right people, and its history holds until a byte of it is changed', async () => {
    await enter();
    for (const [day, time, steps] of year) await take(day, time, steps);
    expect(await living.say('wecom', 'off_zhuren', '核验台账')).toContain('台账核验通过');
    const { db } = living.store;
    const verdict = await verify(db);
    expect(verdict).toMatchObject({ sound: true });
    await db.execute(sql`alter table entries disable trigger all`);
    await db.execute(
      sql`update entries set detail = '{"term":"2026-06-29"}' where chain = '5.1.1' and act = 'order'`,
    );
    expect(await verify(db)).toMatchObject({ sound: false, task: '5.1.1', why: '内容与校验值不符' });
    const told = await living.say('wecom', 'off_zhuren', '核验台账');
    expect(told).toContain('台账核验未通过:【5.1.1】');
  });

  test('goes by nobody else: whoever isn’t named for a step leaves the history as it is', async () => {
    await enter();
    const everyone = await living.store.db.select().from(people);
    const others = everyone.filter(
      ({ roles }) => !roles.some((role) => ['office', 'secretary'].includes(role)),
    );
    const accountOf = new Map(
      (await living.store.db.query.accounts.findMany())
        .filter(({ platform }) => platform === 'wecom')
        .map(({ personId, account }) => [personId, account]),
    );
    const seq = async () =>
      (await living.store.db.query.tasks.findMany()).find(({ code }) => code === '5.1.1')?.headSeq;
    const before = await seq();
    const acts = ['挂牌 5.1.1 拖延', '同意挂牌 5.1.1', '摘牌 5.1.1', '同意延期 5.1.1', '批准销号 5.1.1'];
    for (const [index, { id, name }] of others.entries()) {
      const words = acts[index % acts.length] ?? '';
      const answer = await living.say('wecom', accountOf.get(id) ?? '', words);
      expect(answer, `${name}: ${words}`).not.toContain('已记录');
      expect(await seq(), `${name}: ${words}`).toBe(before);
    }
  });

  test('pauses a group at a leader’s word, and only the office starts it again', async () => {
    await enter();
    expect(await living.say('dangwei', 'sec_dangwei', '暂停推送')).toContain('请与整改办联系');
    expect(await living.say('dangwei', 'ldr_dangjian', '暂停推送')).toContain('由整改办核实后恢复');
    living.pushes();
    await living.at('2026-04-07', '08:42');
    expect(living.pushes().map(({ chat }) => chat)).not.toContain('dangwei');
    expect(await living.say('wecom', 'off_zhuren', '运行状态')).toContain('机关党委群(已暂停)');
    expect(await living.say('dangwei', 'ldr_dangjian', '恢复推送')).toContain('请转整改办');
    expect(await living.say('office', 'off_zhuren', '恢复推送')).toContain('恢复推送:机关党委群');
    await living.at('2026-04-07', '09:00');
    expect(living.pushes().map(({ chat }) => chat)).toContain('dangwei');
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('mutes the reminders of a task for thirty days at the office’s word, twice at most', async () => {
    await enter();
    expect(await living.say('dangwei', 'sec_dangwei', '静音 5.1.1 等待上级文件')).toContain('请与整改办联系');
    expect(await living.say('office', 'off_zhuren', '静音 5.1.1')).toContain('请写明理由');
    await living.at('2026-03-31', '10:00');
    living.pushes();
    expect(await living.say('office', 'off_zhuren', '静音 5.1.1 等待上级文件')).toContain('静音30天(第1次');
    const toChief = () =>
      living
        .pushes()
        .filter(
          ({ chat, text }) =>
            chat === 'sec_dangwei' && text.includes('整改提示') && text.includes('【5.1.1】'),
        );
    for (const day of ['2026-04-01', '2026-04-08', '2026-04-29']) await living.at(day, '08:42');
    expect(toChief()).toEqual([]);
    await living.at('2026-05-06', '08:42');
    expect(toChief()).toHaveLength(1);
    await living.say('office', 'off_zhuren', '静音 5.1.1 仍等待上级文件');
    expect(await living.say('office', 'off_zhuren', '静音 5.1.1 再等一等')).toContain('已静音2次');
  });

  test('tells how sending goes to the office, the discipline and the admin alone, where nobody else reads it', async () => {
    await enter();
    await living.at('2026-03-09', '08:42');
    const told = await living.say('wecom', 'adm_xinxi', '运行状态');
    expect(told).toContain('最近一次推送检查:3月9日 08:42');
    expect(told).toMatch(/近七天消息:已送达\d+条/);
    expect(await living.say('wecom', 'sec_dangwei', '运行状态')).toContain('请与整改办联系');
    expect(await living.say('leaders', 'off_zhuren', '运行状态')).toBe('已私信您。');
    expect(await living.say('leaders', 'off_zhuren', '核验台账')).toBe('已私信您。');
    living.pushes();
    await living.at('2026-03-09', '08:43');
    // Both answers go to one person, so they leave together.
    expect(living.pushes()).toEqual([
      { chat: 'off_zhuren', text: expect.stringMatching(/^运行状态 [\s\S]*台账核验通过/) },
    ]);
  });
});

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
