import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inPrivate, notHere, notHereForLeaders } from '../../src/ledger/refusal.ts';
import { type ChatName, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00');
});
afterAll(() => living.close());

const no = RegExp(`^(?:${notHere().message.slice(0, 20)}|${notHereForLeaders})`);
const alone = RegExp(`^(?:${inPrivate().message.slice(0, 12)}|已私信您)`);
const done = /^已记录/;
const shown = /^【|项:|负责的任务/;

/** Cells of the matrix as people say them; 5.2.2 is 限知, of the bureau's office with 机关纪委. */
const cells: [chat: ChatName, user: string, text: string, answer: RegExp][] = [
  ['anquan', 'dt-anquan', '4.3.2 演练+1', done],
  ['anquan', 'dt-clk-anquan', '4.3.2 演练+1', done],
  ['system', 'dt-anquan', '4.3.2 演练+1', done],
  ['office', 'off_zhuren', '4.3.2 演练+1', done],
  ['wecom', 'sec_caiwu', '4.3.2 演练+1', no],
  ['dangwei', 'sec_dangwei', '4.3.2 演练+1', no],
  ['wecom', 'adm_xinxi', '4.3.2 演练+1', no],
  ['leaders', 'ldr_anquan', '4.3.2 演练+1', done],
  ['leaders', 'ldr_tiyu', '4.3.2 演练+1', no],
  ['wecom', 'sec_paizhu', '4.3.2 演练+1', no],
  ['wecom', 'sec_caiwu', '查 4.3.2', shown],
  ['wecom', 'adm_xinxi', '查 4.3.2', shown],
  ['wecom', 'sec_caiwu', '查 5.2.2', no],
  ['wecom', 'sec_caiwu', '查 9.9.9', no],
  ['wecom', 'sec_caiwu', '记录 5.2.2', no],
  ['wecom', 'sec_caiwu', '5.2.2 已完成,申请销号', no],
  ['system', 'dt-anquan', '查 5.2.2', no],
  ['system', 'dt-shuji', '查 5.2.2', alone],
  ['leaders', 'ldr_shuji', '查 5.2.2', alone],
  ['wecom', 'ldr_shuji', '查 5.2.2', shown],
  ['office', 'off_zhuren', '查 5.2.2', shown],
  ['leaders', 'off_zhuren', '查 5.2.2', alone],
  ['wecom', 'sec_bangongshi', '查 5.2.2', shown],
  ['wecom', 'sec_jiwei', '查 5.2.2', shown],
  ['anquan', 'dt-anquan', '挂牌 4.3.2 进展慢', no],
  ['office', 'off_zhuren', '挂牌 4.3.2 进展慢', done],
  ['leaders', 'ldr_anquan', '同意挂牌 4.3.2', no],
  ['leaders', 'ldr_shuji', '同意挂牌 4.3.2', done],
  ['anquan', 'dt-clk-anquan', '确认', no],
  ['anquan', 'dt-anquan', '确认', done],
  ['wecom', 'sec_caiwu', '停用 安全管理科科长', no],
  ['leaders', 'off_zhuren', '停用 安全管理科内勤', alone],
  ['leaders', 'off_zhuren', '核验台账', alone],
  ['wecom', 'sec_caiwu', '核验台账', no],
  ['office', 'off_zhuren', '绑定码 安全管理科内勤', alone],
  ['wecom', 'sec_caiwu', '绑定码 安全管理科内勤', no],
  ['wecom', 'sec_caiwu', '封存 4.3.2 1 涉及个人信息', no],
  ['wecom', 'adm_xinxi', '我的', no],
  ['wecom', 'sec_caiwu', '回头看 4.3.2 巩固', no],
  ['wecom', 'sec_caiwu', '静音 4.3.2 等文件', no],
];

describe('the matrix of permissions, as people say it', () => {
  test.each(cells)('%s %s: %s', async (chat, user, text, answer) => {
    expect(await living.say(chat, user, text)).toMatch(answer);
  });

  test('the same words stand for what isn’t theirs and what isn’t there', async () => {
    const ask = (text: string) => living.say('wecom', 'sec_caiwu', text);
    for (const text of [
      '查 CODE',
      '记录 CODE',
      'CODE 已完成',
      'CODE怎么还没动',
      '佐证 CODE 简报',
      '延期 CODE 至 12月30日 因故',
    ]) {
      const [hidden, missing] = [
        await ask(text.replace('CODE', '5.2.2')),
        await ask(text.replace('CODE', '5.9.9')),
      ];
      expect(hidden, text).toBe(missing);
    }
  });

  test('a question back names nothing that isn’t the asker’s to know', async () => {
    expect(await living.say('wecom', 'sec_caiwu', '查 5.2')).not.toContain('5.2.2');
    expect(await living.say('wecom', 'ldr_shuji', '查 5.2')).toContain('5.2.2');
    expect(await living.say('leaders', 'ldr_shuji', '查 5.2')).not.toContain('5.2.2');
  });
});
