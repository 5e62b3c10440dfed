import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChatName, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00');
});
afterAll(() => living.close());

const all = ['查', '总览', '清单', '记录', '收到'];
const reports = ['任务编号 指标+数', '佐证', '更正', '撤回', '我的'];
const asks = ['申请销号', '延期'];
const decides = ['同意销号', '退回', '同意延期'];
const staffing = ['交接', '停用', '启用', '新增', '称呼', '排序'];

/** Who, where, what they are told of, and what they aren't. */
const rows: [who: string, chat: ChatName, user: string, told: string[], not: string[]][] = [
  [
    'a chief',
    'anquan',
    'dt-anquan',
    [...all, ...reports, ...asks, '确认', '代办'],
    [...decides, ...staffing, '挂牌', '封存'],
  ],
  [
    'a clerk',
    'anquan',
    'dt-clk-anquan',
    [...all, ...reports],
    [...asks, ...decides, ...staffing, '确认', '代办'],
  ],
  [
    'a leader',
    'leaders',
    'ldr_anquan',
    [...all, ...reports, ...asks, ...decides, '代办', '暂停推送'],
    [...staffing, '挂牌'],
  ],
  [
    'the secretary',
    'wecom',
    'ldr_shuji',
    [...all, ...reports, ...decides, '同意挂牌', '同意摘牌', '交办'],
    [...asks, ...staffing, '封存', '挂牌', '摘牌', '议定'],
  ],
  [
    'the office',
    'office',
    'off_zhuren',
    [...all, ...reports, ...decides, ...staffing, '封存', '运行状态'],
    [...asks, '绑定码'],
  ],
  ['the office', 'wecom', 'off_zhuren', [...staffing, '绑定码', '封存', '核验台账'], [...asks, '确认']],
  [
    'the office',
    'leaders',
    'off_zhuren',
    [...decides, '调度会'],
    [...staffing, '封存', '绑定码', '核验台账', '运行状态'],
  ],
  [
    'discipline',
    'wecom',
    'sec_jiwei',
    ['回头看', '封存', '核验台账', '运行状态', '申请销号'],
    [...staffing, '挂牌'],
  ],
  [
    'an admin',
    'wecom',
    'adm_xinxi',
    [...all, '绑定码', '登记本群', '运行状态'],
    [...reports, ...asks, ...decides, '停用', '封存'],
  ],
  ['an admin', 'system', 'dt-adm-xinxi', all, [...reports, '绑定码', '运行状态']],
];

describe('帮助', () => {
  test.each(rows)(
    'tells %s in %s (%s) what they may say there, on one screen',
    async (_, chat, user, told, not) => {
      const text = (await living.say(chat, user, '帮助')) ?? '';
      const words = text.split(/[\n:、。]/).map((word) => word.trim());
      for (const word of told) expect(words, text).toContain(word);
      for (const word of not) expect(words, text).not.toContain(word);
      expect(text.split('\n').length).toBeLessThanOrEqual(8);
      expect(text).not.toMatch(/其余略|下一页/);
    },
  );

  test('tells of each word how it is written, with examples, and of none that is not one’s own', async () => {
    expect(await living.say('wecom', 'sec_anquan', '帮助 撤回')).toContain('例:撤回 4.3.1');
    expect(await living.say('wecom', 'sec_anquan', '怎么延期')).toContain('例:延期 4.3.1 至 5月31日');
    expect(await living.say('wecom', 'sec_anquan', '不清楚怎么报佐证')).toContain('例:佐证 4.3.1');
    expect(await living.say('wecom', 'sec_anquan', '帮助 停用')).toContain('没有这种写法');
    expect(await living.say('wecom', 'off_zhuren', '帮助 停用')).toMatch(/例:停用 \S+内勤/);
  });

  test('about a command never runs it, and finds it by any of its words', async () => {
    for (const [word, told] of [
      ['核验台账', '例:核验台账'],
      ['议程', '例:议程'],
      ['运行状态', '例:运行状态'],
      ['挂牌', '例:挂牌 1.3.1 逾期较久'],
      ['调卷', '调卷 任务/全部 文号'],
    ] as const) {
      for (const text of [`帮助 ${word}`, `帮助${word}`]) {
        expect(await living.say('wecom', 'off_zhuren', text), text).toContain(told);
      }
    }
    for (const word of ['挂牌', '调卷', '封存']) {
      expect(await living.say('wecom', 'sec_anquan', `帮助 ${word}`), word).toContain('没有这种写法');
    }
    expect(await living.say('wecom', 'ldr_shuji', '帮助 挂牌')).not.toContain('例:挂牌');
    expect(await living.say('wecom', 'sec_anquan', '帮助 议定')).toContain('例:议定 4.3.1 已办结');
  });
});
