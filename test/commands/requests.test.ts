import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('asking for a close-out ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async (day = '2026-11-17') => {
    living = await openLivingHouse(await open(), day, '16:30');
    return living;
  };
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    await living.close();
  });
  const state = async (task: string) =>
    /未启动|推进中|已申请销号|已销号/.exec(
      (await living.say('wecom', 'off_zhuren', `查 ${task}`)) ?? '',
    )?.[0];

  test('by anybody but the chief and the leader is a note, and they hear who has to ask', async () => {
    const { say } = await enter();
    for (const user of ['clk_anquan', 'off_zhuren', 'sec_tiwei']) {
      for (const text of ['4.3.2 已完成', '坚持申请 4.3.2 材料随后补']) {
        const answer = await say('wecom', user, text);
        expect(answer).toContain('已记录【4.3.2】');
        expect(answer).toContain('销号请科长本人申请');
      }
    }
    expect(await say('wecom', 'off_zhuren', '代安全科申请销号 4.3.2')).toContain('销号请科长本人申请');
    expect(await say('wecom', 'sec_caiwu', '4.3.2 已完成')).toContain('请与整改办联系');
    expect(await say('wecom', 'off_zhuren', 'G4 已完成')).toContain('常设事项不办理销号');
    expect(await state('4.3.2')).toBe('推进中');
  });

  test('by the leader himself needs no review, and he reviews nothing then', async () => {
    const { say } = await enter();
    expect(await say('wecom', 'ldr_anquan', '申请销号 6.3.2')).toContain(
      '流程:责任领导申请(本次)→整改办核验→组长批准',
    );
    expect(await say('wecom', 'ldr_anquan', '坚持申请 6.3.2 检查记录随后补')).toContain(
      '下一步:整改办核验。',
    );
    expect(await say('wecom', 'ldr_anquan', '同意销号 6.3.2')).toContain('同一人不能办两个环节');
  });

  test('on the office’s own task is verified by discipline, on the secretary’s goes straight there', async () => {
    const { say } = await enter();
    await say('wecom', 'sec_bangongshi', '坚持申请 3.2.1 佐证随后补');
    expect(await say('wecom', 'off_zhuren', '同意销号 3.2.1')).toBe(
      '【3.2.1】现待机关纪委核验,请机关纪委办理。',
    );
    expect(await say('wecom', 'ldr_shuji', '同意销号 3.2.1')).toContain('现待机关纪委核验');
    expect(await say('wecom', 'sec_jiwei', '核验通过 3.2.1')).toContain('下一步:组长批准');
    expect(await say('wecom', 'ldr_shuji', '批准销号 3.2.1')).toContain('组长批准,11月17日销号。');
  });

  test('is agreed to for several tasks in one message, each on its own', async () => {
    const { say } = await enter();
    for (const [user, task] of [
      ['sec_anquan', '4.3.1'],
      ['sec_anquan', '4.3.2'],
      ['sec_caiwu', '6.3.2'],
    ] as const) {
      await say('wecom', user, `坚持申请 ${task} 佐证随后补`);
    }
    await say('wecom', 'ldr_anquan', '退回 4.3.1 排查记录不全');
    const answer = await say('wecom', 'ldr_anquan', '同意销号 4.3.1、4.3.2、6.3.2');
    expect(answer).toContain('【4.3.1】没有待办的销号申请。');
    expect(answer?.match(/已记录【(?:4\.3\.2|6\.3\.2)】/g)).toHaveLength(2);
    expect(answer?.match(/下一步:整改办核验/g)).toHaveLength(2);
  });

  test('is answered by quoting the bot, and turned down only with a reason', async () => {
    const { say } = await enter();
    const quote = '【4.3.2】安全管理科申请销号,请审核。';
    const leader = (text: string) => say('wecom', 'ldr_anquan', text, { quote });
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    expect(await leader('不同意')).toContain('请写明退回理由');
    expect(await leader('不同意,材料不全')).toContain('分管领导审核未通过,退回继续整改');
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    expect(await leader('同意')).toContain('分管领导审核通过。下一步:整改办核验。');
  });

  test('in time keeps a task from being overdue until it is sent back', async () => {
    const { say, clock } = await enter('2026-03-30');
    const light = async () => /【红[^】]*】/.exec((await say('wecom', 'sec_dangwei', '查 5.1.1')) ?? '')?.[0];
    await say('wecom', 'sec_dangwei', '坚持申请 5.1.1 余3家4月签');
    clock.move(14 * 24 * 60 * 60_000);
    expect(await light()).toBeUndefined();
    await say('wecom', 'off_zhuren', '退回 5.1.1 责任书未签齐');
    expect(await light()).toBe('【红·逾期8个工作日】');
  });

  test('tells nothing of the check where part of it may not be shown', async () => {
    const { say } = await enter();
    living.pushes();
    expect(await say('leaders', 'sec_bangongshi', '申请销号 3.1.1')).toBe(
      '【3.1.1】已收到申请,核对结果已私信。',
    );
    await living.at('2026-11-17', '16:31');
    const told = living.pushes().filter(({ text }) => text.includes('尚不具备提交条件'));
    expect(told.map(({ chat, text }) => [chat, text.split('\n')[0]])).toEqual([
      ['sec_bangongshi', '【3.1.1】销号核对:3项中0项齐备,尚不具备提交条件'],
    ]);
    expect(await say('leaders', 'sec_bangongshi', '坚持申请 3.1.1 佐证随后补')).toBe(
      '该事项请在与我的单聊中查询或办理。',
    );
    expect(await state('3.1.1')).toBe('未启动');
    expect(await say('wecom', 'sec_bangongshi', '申请销号 3.1.1')).toContain('调研:推进中,缺佐证');
    expect(await say('wecom', 'sec_jiwei', '申请销号 2.3.1')).toContain('本人事项:推进中,缺佐证');
    await say('wecom', 'sec_bangongshi', '坚持申请 3.1.1 佐证随后补');
    expect(await say('leaders', 'ldr_shuji', '查 3.1.1')).toContain('(坚持申请,附缺项),现待分管领导审核');
    expect(await say('wecom', 'ldr_shuji', '查 3.1.1')).toContain('缺项:调研推进中、缺佐证');
  });

  test('is taken back by 撤回 until somebody has taken the next step', async () => {
    const { say, clock } = await enter();
    const chief = (text: string) => say('wecom', 'sec_anquan', text);
    await chief('坚持申请 4.3.2 佐证随后补');
    expect(await chief('撤回')).toContain('已撤回【4.3.2】销号申请');
    expect(await state('4.3.2')).toBe('未启动');
    expect(await say('wecom', 'ldr_anquan', '同意销号 4.3.2')).toBe('【4.3.2】没有待办的销号申请。');
    await chief('4.3.2 演练+1');
    await chief('坚持申请 4.3.2 佐证随后补');
    await chief('撤回');
    expect(await state('4.3.2')).toBe('推进中');
    await chief('坚持申请 4.3.2 佐证随后补');
    await say('wecom', 'ldr_anquan', '同意销号 4.3.2');
    expect(await chief('撤回')).toContain('销号申请已进入下一环节,不能撤回');
    expect(await say('wecom', 'ldr_anquan', '撤回')).toContain('销号环节已办理,不能撤回');
    await say('wecom', 'off_zhuren', '退回 4.3.2 佐证不全');
    expect(await chief('撤回')).toContain('销号申请已进入下一环节,不能撤回');
    await chief('坚持申请 4.3.2 佐证随后补');
    clock.move(10 * 60_000 + 1);
    expect(await chief('撤回')).toContain(
      '没有可撤回的记录:【4.3.2】登记已超过10分钟,不能撤回。需要收回请由现在的环节回复「退回 4.3.2 理由」。',
    );
    expect(await state('4.3.2')).toBe('已申请销号');
  });

  test('and what else was done is taken back within ten minutes, or is told what stands in its place', async () => {
    const { say, clock } = await enter();
    const office = (text: string) => say('wecom', 'off_zhuren', text);
    expect(await office('静音 5.1.1 等待上级文件')).toContain('第1次');
    expect(await office('撤回')).toContain('已撤回【5.1.1】静音');
    expect(await office('静音 5.1.1 等待上级文件')).toContain('第1次');
    expect(await office('撤回 4.3.2')).toContain('本人最近一次登记不含【4.3.2】');
    clock.move(11 * 60_000);
    expect(await office('撤回')).toContain('【5.1.1】登记已超过10分钟,不能撤回。静音到期自行结束。');
    await say('wecom', 'sec_anquan', '4.3.2 方案正在会签');
    clock.move(11 * 60_000);
    expect(await say('wecom', 'sec_anquan', '撤回')).toContain('说明不改数,有变化请再登记一条。');
    expect(await say('wecom', 'sec_caiwu', '撤回')).toBe('没有可撤回的记录:本人没有登记。');
    await say('wecom', 'sec_paizhu', '现场核验 5.2.1 会议 与台账一致');
    expect(await say('wecom', 'sec_paizhu', '撤回')).toContain('已撤回【5.2.1】');
  });
});
