import { afterEach, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { doors } from './setup/stores.ts';

describe.each(doors)('a conversation through the real $door ($kind)', ({ door, open }) => {
  let living: LivingHouse;
  const enter = async (day = '2026-04-09', time = '10:00') => {
    living = await openLivingHouse(await open(), day, time, { door });
    return living;
  };
  afterEach(() => living.close());

  test('a chief reports in a WeCom group and hears before, after, standard and how to undo', async () => {
    const { say } = await enter();
    const answer = await say('leaders', 'sec_anquan', '4.3.2 隐患+12 演练+1');
    expect(answer).toContain('已记录【4.3.2】预案演练与校园安全整治');
    expect(answer).toContain('隐患:0项→12项(只统计,全年至少120项)');
    expect(answer).toContain('演练:0次→1次(全年至少4次)');
    expect(answer).toContain('10分钟内回复「撤回」');
  });

  test('both platforms share one ledger', async () => {
    const { say } = await enter();
    await say('leaders', 'sec_anquan', '4.3.2 演练+1');
    expect(await say('anquan', 'dt-anquan', '4.3.2 演练+1')).toContain('演练:1次→2次');
    expect(await say('dingtalk', 'dt-anquan', '查 4.3.2')).toContain('演练2次,全年至少4次');
  });

  test('a retry changes nothing, and tells nothing that was not told before', async () => {
    const { heard, wecom, say } = await enter();
    const first = await heard('leaders', 'sec_anquan', '4.3.2 隐患+12');
    const again = await wecom.again(first.id);
    // A hook's retry wants its answer; over a connection the first one has been given.
    expect(again.answer).toBe(door === 'hook' ? first.answer : null);
    expect(await say('wecom', 'sec_anquan', '查 4.3.2')).toContain('隐患12项');
  });

  test('two messages of one person in the same second are both recorded', async () => {
    const { say } = await enter();
    await Promise.all([
      say('anquan', 'dt-anquan', '4.3.2 演练+1'),
      say('anquan', 'dt-anquan', '4.3.2 演练+1'),
    ]);
    expect(await say('dingtalk', 'dt-anquan', '查 4.3.2')).toContain('演练2次');
  });

  test('撤回 takes the last message back, once, and only within ten minutes', async () => {
    const { say, clock } = await enter();
    await say('wecom', 'sec_anquan', '4.3.2 隐患+12 演练+1');
    expect(await say('wecom', 'sec_anquan', '撤回')).toContain('已撤回【4.3.2】');
    expect(await say('wecom', 'sec_anquan', '查 4.3.2')).toContain('隐患0项');
    expect(await say('wecom', 'sec_anquan', '撤回')).toContain('没有可撤回的记录');
    await say('wecom', 'sec_anquan', '4.3.2 演练+1');
    clock.move(10 * 60_000 + 1);
    expect(await say('wecom', 'sec_anquan', '撤回')).toContain('没有可撤回的记录');
  });

  test('撤回 is refused once somebody else has built on it', async () => {
    const { say } = await enter();
    await say('wecom', 'sec_anquan', '4.3.2 演练+1');
    await say('wecom', 'off_gongzuo', '4.3.2 演练+2');
    expect(await say('wecom', 'sec_anquan', '撤回')).toContain('之后已有他人登记');
  });

  test("a clerk's figure waits for the chief", async () => {
    const { say } = await enter();
    expect(await say('anquan', 'dt-clk-anquan', '4.3.2 演练+1')).toContain('待科长确认');
  });

  test("what isn't the speaker's and what doesn't exist are refused in the same words", async () => {
    const { say } = await enter();
    const foreign = await say('leaders', 'sec_caiwu', '4.3.2 演练+1');
    const missing = await say('leaders', 'sec_caiwu', '查 9.9.9');
    expect(foreign).toContain('请与整改办联系');
    expect(foreign).not.toContain('已记录');
    expect([foreign, missing]).not.toContain(null);
  });

  test('a restricted task is shown one to one and in the office group, and nowhere else', async () => {
    const { say } = await enter();
    living.pushes();
    expect(await say('leaders', 'sec_jiwei', '查 3.3.2')).toBe('已私信您。');
    await living.at('2026-04-09', '10:01');
    const told = living.pushes().filter(({ text }) => text.includes('【3.3.2】'));
    expect(told.map(({ chat }) => chat)).toEqual(['sec_jiwei']);
    expect(told[0]?.text).toMatch(/^【3.3.2】专项监督与举报办理[\s\S]*【无需回复】$/);
    expect(await say('leaders', 'sec_jiwei', '3.3.2 专项监督+1')).toBe('该事项请在与我的单聊中查询或办理。');
    expect(await say('wecom', 'sec_jiwei', '查 3.3.2')).toContain('【3.3.2】');
    expect(await say('office', 'off_zhuren', '查 3.3.2')).toContain('【3.3.2】');
    expect(await say('wecom', 'sec_anquan', '查 3.3.2')).not.toContain('监督');
  });

  test('a stranger hears how to bind and nothing else', async () => {
    const { say } = await enter();
    expect(await say('leaders', 'nobody', '总览')).toBe(
      '尚未绑定身份。请向整改办领取绑定码,再发「绑定 绑定码」。',
    );
  });

  test('a question is answered by a number, the answer undone, and put right in another way', async () => {
    const { say } = await enter();
    expect(await say('anquan', 'dt-anquan', '4.3.2 演练1次')).toContain('演练:0次→1次');
    expect(await say('anquan', 'dt-anquan', '4.3.2 演练3次')).toBe(
      '数量不明:“演练3次”是 1 新增3次,还是 2 累计3次?请回复序号。',
    );
    expect(await say('anquan', 'dt-anquan', '2')).toContain('演练:1次→3次');
    expect(await say('anquan', 'dt-anquan', '撤回')).toContain('已撤回【4.3.2】');
    await say('anquan', 'dt-anquan', '演练累计2次');
    expect(await say('anquan', 'dt-anquan', '更正 4.3.2 演练 累计1次')).toContain('演练:2次→1次');
  });

  test('what would take a figure away is neither added nor offered as a total, but told how to be put right', async () => {
    const { say } = await enter();
    for (const words of ['4.3.2 演练-1', '4.3.2 督查减1', '4.3.2 演练0次', '4.3.2 演练－1次']) {
      expect(await say('wecom', 'sec_anquan', words), words).toContain('要改已登记的数,请写「更正');
    }
    expect(await say('wecom', 'sec_anquan', '查 4.3.2')).toContain('演练0次');
  });

  test('a word that fits two tasks is asked about, and answered by the place in the list', async () => {
    const { say } = await enter();
    const asked = await say('wecom', 'sec_jiwei', '措施累计31条');
    expect(asked).toContain('1 【2.3.2】');
    expect(asked).toContain('2 【6.2.2】');
    expect(await say('wecom', 'sec_jiwei', '第二个')).toMatch(/已记录【6\.2\.2】[\s\S]*31条/);
  });

  test('an open question is dropped when something else is said', async () => {
    const { say } = await enter();
    await say('anquan', 'dt-anquan', '4.3.2 演练+1');
    await say('anquan', 'dt-anquan', '4.3.2 演练3次');
    expect(await say('anquan', 'dt-anquan', '4.3.2 督查+1次')).toContain('督查:0次→1次');
    expect(await say('anquan', 'dt-anquan', '2')).not.toContain('已记录');
  });

  test("a member's own figure shows its number only to himself", async () => {
    const { say } = await enter();
    const answer = await say('leaders', 'ldr_jijiao', '2.1.3 党课+1');
    expect(answer).toContain('党课:推进中');
    expect(answer).not.toMatch(/1次/);
    expect(await say('wecom', 'ldr_jijiao', '2.1.3 党课+1')).toContain('党课:1次→2次');
  });
});
