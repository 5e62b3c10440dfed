import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../src/ledger/entries/audit.ts';
import { people } from '../src/ledger/schema.ts';
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
    expect(await living.say('office', 'off_zhuren', '静音 5.1.1 等待上级文件')).toMatch(
      /静音30天,至\d+月\d+日\(第1次.*10分钟内回复「撤回」/s,
    );
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
