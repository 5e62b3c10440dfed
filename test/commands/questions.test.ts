import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lock } from '../../src/ledger/facts.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What is asked back of what people say, and how it is settled: one house, a Monday in April. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-13', '10:00');
});
afterAll(() => living.close());

describe('a message of several pieces', () => {
  test('is told what of it does not count', async () => {
    const answer = await living.say('wecom', 'sec_dangwei', '研讨+1,学习+2天,3月26日召开案例交流会');
    expect(answer).toContain('集中学习:0天→2天');
    expect(answer).toContain('未计入:「3月26日召开案例交流会」。要登记的请写明指标和数,另发一条。');
    expect(await living.say('wecom', 'sec_anquan', '4.3.2 演练+1,进展顺利')).not.toContain('未计入');
  });

  test('is recorded as far as it is clear, and the open figure is asked about by its own words', async () => {
    await living.say('wecom', 'sec_anquan', '4.3.2 督查+1');
    const asked = await living.say('wecom', 'sec_anquan', '4.3.2 隐患+12,督查2次');
    expect(asked).toContain('隐患:0项→12项');
    expect(asked).toContain('数量不明:“督查2次”是 1 新增2次,还是 2 累计2次?请回复序号。');
    expect(await living.say('wecom', 'sec_anquan', '1')).toContain('督查:1次→3次');
  });

  test('with two open figures is one question about both', async () => {
    const asked = await living.say('wecom', 'sec_anquan', '4.3.2 演练三次,督查5次');
    expect(asked).toBe('数量不明:“演练三次”“督查5次”都是 1 新增,还是 2 累计?请回复序号。');
    const told = await living.say('wecom', 'sec_anquan', '累计');
    expect(told).toContain('演练:1次→3次');
    expect(told).toContain('督查:3次→5次');
  });

  test('says of an act that does not count how it is done, and not how a figure is', async () => {
    expect(await living.say('anquan', 'dt-anquan', '4.3.2 隐患+1,申请销号,什么时候开调度会?')).toContain(
      '未计入:「申请销号」。要办理的请写明任务编号,另发一条。',
    );
  });

  test('about one figure for two months is asked to be written month by month', async () => {
    expect(await living.say('wecom', 'sec_anquan', '4.3.1 3月、4月排查1次')).toContain('逐月分开写');
  });
});

test('a member who is named with a deed stands in the words by which it would count', async () => {
  expect(await living.say('wecom', 'sec_dangwei', '党组书记4月8日党课讲完了')).toContain(
    '要计数的写「2.1.3 4月8日党组书记党课+1」',
  );
});

test('改到 under a quote is asked about, with the task that was quoted', async () => {
  const quote = '【4.3.2】预案演练与校园安全整治';
  expect(await living.say('wecom', 'sec_anquan', '改到6月30日', { quote })).toContain(
    '「延期 4.3.2 至 日期 原因」',
  );
});

describe('a count with its parts', () => {
  test('is one question about the count, and none of the parts is added', async () => {
    expect(await living.say('anquan', 'dt-anquan', '督查4次:一中1次、二小2次、职校1次')).toBe(
      '数量不明:“督查4次”是 1 新增4次,还是 2 累计4次?请回复序号。',
    );
    expect(await living.say('anquan', 'dt-anquan', '+4')).toContain('已记录【4.3.2】');
  });
});

test('a count that needs no question, for nothing stands yet, has what is beside it told', async () => {
  expect(await living.say('wecom', 'sec_zhijiao', '4.1.2 重大改革2项,另发现漏洞3处')).toContain(
    '未计入:「另发现漏洞3处」',
  );
});

describe('a bare count', () => {
  const say = (text: string) => living.say('wecom', 'sec_guihua', text);

  test('of papers is no question where none stands yet', async () => {
    expect(await living.say('wecom', 'sec_anquan', '4.3.2 预案2个')).toContain('预案:0个→2个');
    expect(await living.say('wecom', 'sec_anquan', '4.3.2 预案3个')).toContain('1 新增3个,还是 2 累计3个');
  });

  test('is no question where nothing stands yet, and one from then on', async () => {
    expect(await say('4.2.2 教育集团两个')).toContain('教育集团:0个→2个');
    expect(await say('教育集团两个')).toBe('数量不明:“教育集团两个”是 1 新增2个,还是 2 累计2个?请回复序号。');
  });

  test('said by two at once is recorded once, and asked about then', async () => {
    const { db } = living.store;
    const said = await db.transaction(async (tx) => {
      await lock(tx, 1, ['4.3.1']);
      const both = [
        living.say('wecom', 'sec_anquan', '4.3.1 排查2次'),
        living.say('anquan', 'dt-anquan', '4.3.1 排查2次'),
      ];
      const waiting = sql`datname = current_database() and wait_event_type = 'Lock'`;
      while ((await db.$count(sql`pg_stat_activity`, waiting)) < both.length);
      return both;
    });
    const answers = await Promise.all(said);
    const recorded = answers.filter((answer) => answer?.includes('排查:0次→2次'));
    const asked = answers.filter((answer) => answer?.includes('数量不明'));
    expect([recorded.length, asked.length]).toEqual([1, 1]);
  });

  test.each([
    ['累计', '教育集团:2个→2个'],
    ['是累计的', '教育集团:2个→2个'],
    ['2 累计2个', '教育集团:2个→2个'],
    ['选2', '教育集团:2个→2个'],
    ['2吧', '教育集团:2个→2个'],
    ['累计3个', '教育集团:2个→3个'],
    ['新增2个', '教育集团:3个→5个'],
  ])('is settled by %s', async (answer, told) => {
    await say('教育集团两个');
    expect(await say(answer)).toContain(told);
  });

  test('that is asked about and then left is not recorded, and 撤回 takes nothing else back', async () => {
    await say('教育集团两个');
    expect(await say('撤回')).toBe('上一问不再等回复,未记录。要撤回已登记的,请再发「撤回」。');
    expect(await say('查 4.2.2')).toContain('教育集团5个');
    expect(await say('撤回')).toContain('已撤回【4.2.2】教育集团');
  });

  test('stated below what stands is recorded, and said to be less', async () => {
    const told = await say('教育集团累计2个');
    expect(told).toContain('教育集团:3个→2个');
    expect(told).toContain('累计数比原登记少1个,如有误请回复「撤回」。');
    expect(await say('撤回')).toContain('已撤回【4.2.2】教育集团');
  });

  test('of last week keeps its days when the answer says it in full', async () => {
    expect(await say('4月8日成立教育集团两三个')).toContain('新增请写「4.2.2 教育集团+数」');
    expect(await say('+1')).toContain('发生日期4月8日');
  });

  test('in per cent is told what to write', async () => {
    expect(await say('县区覆盖率71%')).toBe(
      '尚未记录。“县区覆盖率71%”请报已覆盖县区数和全部县区数,如「4.2.2 县区覆盖 17/20」。',
    );
    expect(await living.say('wecom', 'sec_anquan', '隐患整改率93%')).toContain('不按百分比记');
  });

  test('that no group reads is asked about one to one, and nothing is said to be done', async () => {
    await living.say('wecom', 'sec_renshi', '5.3.1 谈心谈话+10');
    living.pushes();
    expect(await living.say('leaders', 'sec_renshi', '谈心谈话12人次')).toBe('答复已私信您。');
    await living.at('2026-04-13', '10:02');
    const [told] = living.pushes().filter(({ chat }) => chat === 'sec_renshi');
    expect(told?.text).toContain('新增请写「5.3.1 谈心谈话+12」,累计请写「5.3.1 谈心谈话累计12」');
    expect(told?.text).not.toContain('无需回复');
  });
});

describe('a question with one choice', () => {
  test('is answered by yes or no', async () => {
    const quote = '【黄·滞后】【4.3.2】应急预案:已记2个';
    const asked = await living.say('leaders', 'sec_jiwei', '偏差+1', { quote });
    expect(asked).toContain('尚未记录。“偏差+1”是指【4.3.2】预案演练与校园安全整治吗?请回复「是」或「否」。');
    expect(await living.say('leaders', 'sec_jiwei', '否')).toContain('“偏差+1”请写任务编号');
  });
});

describe('第N次', () => {
  const chief = (text: string) => living.say('wecom', 'sec_dangwei', text);
  test('counts through the year or the quarter, as what stands bears out, and else is asked about', async () => {
    expect(await chief('1.1.1 一季度案例交流会1次')).toContain('交流会:0次→1次');
    expect(await chief('第2次案例交流会已于4月10日举行')).toMatch(/交流会:0次→1次.*计入二季度/);
    expect(await chief('第5次案例交流会已举行')).toContain('今年已记2次,与“第5次”对不上,未记录');
    // One stands in this quarter and two in the year: the second of which?
    expect(await chief('第2次案例交流会已举行')).toContain('对不上');
    expect(await chief('本季度第2次案例交流会已举行')).toContain('交流会:1次→2次');
  });
});

describe('a question', () => {
  const say = (text: string) => living.say('wecom', 'sec_dangwei', text);

  test('about whose figure it is is answered by a name', async () => {
    expect(await say('党课讲了1次')).toContain('请写明是哪位');
    expect(await say('书记')).toContain('党课(党组书记):+1次');
    expect(await say('组织生活1次')).toContain('请写明是哪位');
    const answer = await say('书记和党建副局长');
    expect(answer).toContain('组织生活(党组书记):+1次');
    expect(answer).toContain('组织生活(分管党建副局长):+1次');
  });

  test('about which task or until when is answered by that alone', async () => {
    expect(await say('完成了')).toContain('请写任务编号');
    expect(await say('1.1.2')).toContain('【1.1.2】销号核对');
    expect(await say('1.1.2 延期')).toContain('请写明日期');
    expect(await say('到7月底 还在征求意见')).toContain('申请延期:6月30日→7月31日');
    expect(await say('第二个')).toContain('请写任务编号');
    expect(await say('2.1.1')).toContain('标准:');
  });

  test('about an amount is answered by when it was, or by another amount', async () => {
    await say('宣讲累计2场');
    expect(await say('宣讲3场')).toContain('1 新增3场,还是 2 累计3场');
    expect(await say('不对,是4场')).toContain('1 新增4场,还是 2 累计4场');
    expect(await say('今年到现在')).toContain('宣讲:2场→4场');
    expect(await say('讲堂累计1期')).toContain('讲堂:0期→1期');
    expect(await say('讲堂2期')).toContain('1 新增2期');
    expect(await say('又办了1期')).toContain('讲堂:1期→2期');
  });

  test('is as good as asked by a note that counts nothing', async () => {
    expect(await say('4月研讨搞了')).toContain('要计数的写「1.1.1 4月研讨+1」');
    expect(await say('1次,4月10日')).toContain('研讨:1次→2次(每月1次),计入4月');
  });
});
