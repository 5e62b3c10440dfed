import { instantOf } from '../../src/ledger/days.ts';
import type { Store } from '../../src/ledger/db.ts';
import { type ChatName, type LivingHouse, openLivingHouse } from './house.ts';

type Step = [chat: ChatName, user: string, words: string, answer: string];

/** Stands only where restricted matters are spoken of. */
export const CANARY = '鸾';

/** What people said from January to July, with what has to be in the answer. */
const months: [day: string, steps: Step[]][] = [
  [
    '2026-01-28',
    [
      ['dingtalk', 'dt-anquan', '4.3.1 1月排查1次 佐证:一月排查记录(科内卷2)', '已记录【4.3.1】'],
      ['wecom', 'sec_dangwei', '1.1.1 1月研讨1次 佐证:一月学习记录(党委卷1)', '已记录【1.1.1】'],
      ['wecom', 'sec_guihua', '4.2.2 学位+1200', '已记录【4.2.2】'],
    ],
  ],
  [
    '2026-02-26',
    [
      ['dingtalk', 'dt-anquan', '4.3.1 2月排查1次', '已记录【4.3.1】'],
      ['dingtalk', 'dt-anquan', '4.3.2 隐患+12', '已记录【4.3.2】'],
      ['dingtalk', 'dt-anquan', '4.3.2 演练+1 佐证:演练简报(2月25日,存科内卷5)', '演练佐证'],
      ['anquan', 'dt-clk-anquan', '4.3.2 督查+1', '待科长确认'],
      ['dingtalk', 'dt-anquan', '确认', '【4.3.2】督查'],
      ['wecom', 'sec_jiwei', '1.2.2 正在核实鸾甲线索', '已记录【1.2.2】'],
      ['wecom', 'sec_jiwei', '3.3.2 受理+7', '已记录【3.3.2】'],
    ],
  ],
  [
    '2026-03-26',
    [
      ['wecom', 'clk_dangwei', '5.1.1 责任书 17/20', '待科长确认'],
      ['wecom', 'sec_dangwei', '确认', '17/20'],
      ['wecom', 'sec_bangongshi', '2.2.1 实事 累计4件(教育3件) 佐证:办结清单(办公室卷3)', '已记录【2.2.1】'],
      ['wecom', 'sec_dangwei', '5.1.1 余三家拟于4月17日前签订', '已记录【5.1.1】'],
    ],
  ],
  [
    '2026-04-08',
    [
      ['dangwei', 'sec_dangwei', '延期 5.1.1 至 4月30日 余3家正在签订', '逾期后申请'],
      ['office', 'off_zhuren', '不同意延期 5.1.1 请按原时限', '仍按3月31日完成'],
      ['office', 'off_zhuren', '挂牌 5.1.1 责任书逾期未签齐 至5月29日', '拟挂牌督办'],
      ['dingtalk', 'dt-shuji', '同意挂牌 5.1.1', '列为挂牌督办事项'],
    ],
  ],
  [
    '2026-05-13',
    [
      ['wecom', 'sec_dangwei', '1.1.2 考核办法已印发 佐证:考核办法(党委卷4)', '已记录【1.1.2】'],
      ['wecom', 'sec_dangwei', '申请销号 1.1.2', '已记录【1.1.2】'],
      ['wecom', 'ldr_dangjian', '同意销号 1.1.2', '审核通过'],
      ['office', 'off_zhuren', '同意销号 1.1.2 原件已核', '核验通过'],
      ['wecom', 'ldr_shuji', '批准销号 1.1.2', '销号'],
      ['wecom', 'sec_jiwei', '1.2.2 鸾乙问题移交', '已记录【1.2.2】'],
      ['wecom', 'sec_guihua', '4.2.2 学位+900 佐证:验收单(规划卷2)', '已记录【4.2.2】'],
    ],
  ],
  [
    '2026-06-17',
    [
      ['wecom', 'sec_jiwei', '延期 6.1.1 至 9月30日 大会拟与警示月合并', '已记录【6.1.1】'],
      ['wecom', 'ldr_jijian', '同意延期 6.1.1', '同意延期'],
      ['wecom', 'sec_jiwei', '回头看 1.1.2 巩固 办法在执行', '继续有效'],
      ['office', 'off_zhuren', '议定 4.3.2 暑期前各校再查一遍 至7月20日', '议定'],
      ['dingtalk', 'dt-anquan', '申请销号 4.3.2', '尚不具备'],
      ['dingtalk', 'dt-anquan', '坚持申请 4.3.2 督查余项暑期完成', '坚持申请'],
      ['office', 'off_zhuren', '摘牌 5.1.1 责任书基本签齐', '拟摘牌'],
      ['dingtalk', 'dt-anquan', '4.3.1 6月排查1次', '已记录【4.3.1】'],
    ],
  ],
];

/** A half year on the sample plan through the real webhooks; the clock stands on the evening of its last day. */
export async function liveHalfYear(
  store: Store,
  until = '2026-07-01',
  /** Looks in on the evening of each day on which something was said. */
  evening?: (living: LivingHouse, day: string) => Promise<void>,
): Promise<{ living: LivingHouse; strayed: string[] }> {
  const living = await openLivingHouse(store, '2026-01-05', '09:00');
  const strayed: string[] = [];
  const goTo = (day: string, time: string) => {
    const { clock } = living;
    clock.move(instantOf(day, time, 'Asia/Shanghai').getTime() - clock.now().getTime());
  };
  for (const [day, steps] of months) {
    if (day > until) break;
    goTo(day, '10:00');
    for (const [chat, user, words, answer] of steps) {
      const said = await living.say(chat, user, words);
      if (!said?.includes(answer)) strayed.push(`${user}: ${words} → ${said}`);
    }
    await evening?.(living, day);
  }
  goTo(until, '18:00');
  return { living, strayed };
}
