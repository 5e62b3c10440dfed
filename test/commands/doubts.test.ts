import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversations } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What is plain by its words and doubtful beside what stands, or not the speaker's: one house, a Tuesday in July. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-07-21', '10:00');
});
afterAll(() => living.close());

const alone = (user: string) => (text: string) => living.say('wecom', user, text);
const chief = alone('sec_anquan');

describe('a figure', () => {
  test('that takes the place of one said before it in the message is written alone, unless that one stands', async () => {
    expect(await chief('4.3.2 隐患 +3,不对,是+5')).toContain('隐患:0项→5项');
    await chief('4.3.2 隐患+3');
    const refused = await chief('4.3.2 隐患+3,不对,是+6');
    expect(refused).toContain('本人上一次登记的隐患也是+3,未记录');
    expect(refused).toContain('「更正 4.3.2 隐患6项」');
    expect(await chief('更正 4.3.2 隐患6项')).toContain('更正 隐患:8项→11项');
  });

  test('under a plan is asked whether it is done, not how much it is', async () => {
    expect(await chief('下月计划:\n4.3.2 演练+2')).toContain(
      '尚未记录。“演练+2”看不出是否已经完成:已完成的请单独发「4.3.2 演练+2」。',
    );
  });

  test('in parts of what is counted whole isn’t told to be sent again as it was', async () => {
    expect(await chief('4.3.2 隐患+1.5')).toContain(
      '“隐患+1.5”隐患的数应为整数,请核对后重报,如「4.3.2 隐患+1」。',
    );
  });

  test('of a day that no calendar has is told so', async () => {
    expect(await chief('4.3.2 演练+1 2月30日')).toContain('没有2月30日这一天,请写明日期,如「6月30日」');
    expect(await chief('6月30日')).toContain('演练:0次→1次');
  });

  test('that is a total by 已 alone never lowers what stands', async () => {
    expect(await chief('隐患已整改4处')).toContain('隐患已记11项,比所报的4项多,未记录');
    expect(await chief('隐患已整改15处')).toContain('隐患:11项→15项');
    expect(await chief('隐患累计9')).toContain('累计数比原登记少6项');
  });

  test('of a month, said again with the month alone, is told what stands and how either is written', async () => {
    expect(await chief('4.3.1 7月排查1次')).toContain('排查:0次→1次');
    expect(await chief('4.3.1 本月排查1次')).toContain(
      '7月排查已记1次,未记录。另有1次请写「4.3.1 7月排查+1」',
    );
    expect(await chief('4.3.1 7月排查+1')).toContain('排查:1次→2次');
  });

  test('that is a total beyond what one month wants may be the year’s, and is told how either is written', async () => {
    const party = alone('sec_dangwei');
    const refused = await party('研讨累计5次');
    expect(refused).toContain('研讨按7月计(1次),累计5次不明各属哪一期,未记录');
    expect(refused).toContain('「1.1.1 7月研讨+1」');
    expect(await party('今年研讨累计5次')).toContain('累计5次不明各属哪一期,未记录');
    expect(await party('1.1.1 7月研讨累计2')).toContain('研讨:0次→2次');
  });

  test('of a day to come is told that it is, and counts nothing', async () => {
    expect(await chief('7月28日排查1次')).toContain('未改动数。7月28日还没到,办完后再报');
  });

  test('of what was settled is no more than what came in', async () => {
    const posted = alone('sec_paizhu');
    const answer = await posted('受理累计12件,办结15件');
    expect(answer).toContain('受理:0件→12件');
    expect(answer).toContain('办结率的分子15多于受理12,未记录');
    expect(await posted('3.3.2 办结11件')).toContain('11/12');
  });

  test('that is more than ten times of what any plan wants is a slip of the finger', async () => {
    const planner = alone('sec_guihua');
    expect(await planner('4.2.2 学位累计1.2亿个')).toContain('学位的数不合常理,未记录');
    expect(await planner('4.2.2 学位累计5000个')).toContain('0个→5000个');
  });

  test('of a past month’s paper counts in that month', async () => {
    expect(await alone('ldr_dangjian')('6月的党性分析已交')).toContain('计入6月');
    expect(await alone('ldr_dangjian')('4月5月的党性分析已交')).toContain('逐月分开写');
  });

  test('among others that is refused is told by its words', async () => {
    const answer = await alone('ldr_anquan')('7月调研5天,走访+4');
    expect(answer).toContain('调研:0天→5天');
    expect(answer).toContain('“走访+4”未记录:');
    const asked = await alone('ldr_anquan')('7月调研6天,走访3个');
    expect(asked).toContain('“走访3个”未记录:');
    const strange = await alone('sec_tizhong')('2.1.2 党性分析1篇 另有党课1次');
    expect(strange).toContain('与整改办联系');
    expect(strange).not.toContain('党课');
  });

  test('without a name is put right where the last message has one figure in its unit', async () => {
    const safety = alone('sec_anquan');
    await safety('4.3.2 演练+1 隐患+9');
    expect(await safety('改成12处')).toContain('更正 隐患:');
    await safety('4.3.2 演练+1 隐患+9');
    expect(await safety('改成12')).toContain('请写明改哪个指标');
    expect(await safety('改成2次和12处')).toMatch(/更正 演练:[\s\S]*请写明改哪个指标/);
  });
});

describe('what each member owes', () => {
  test('is the member’s to report on a task that is closed to him otherwise, and nobody else’s', async () => {
    const leader = alone('ldr_tiyu');
    expect(await leader('5.1.2 专题研究1次')).toContain('专题研究:0次→1次');
    expect(await leader('责任认领完成')).toContain('班子成员责任认领:0份→1份');
    expect(await leader('承诺书签了')).toContain('2 【6.2.3】');
    expect(await leader('5.1.2 谈话3人次')).toContain('请转整改办');
    expect(await leader('查 5.1.2')).toContain('请转整改办');
    expect(await living.say('leaders', 'ldr_tiyu', '5.1.2 专题研究+1')).toContain('单聊');
    expect(await alone('sec_caiwu')('5.1.2 专题研究+1')).not.toContain('已记录');
  });
});

describe('words about a report', () => {
  test('are refused where they would have to be asked about, and no question keeps them', async () => {
    const { say, store } = living;
    const answer = await say('wecom', 'sec_jiwei', '举报丁某收礼的线索1件已转');
    expect(answer).toBe('该内容未记录,请按保密规定线下办理。举报只记受理数和办结数。');
    const kept = await store.db.select().from(conversations);
    expect(JSON.stringify(kept)).not.toContain('丁某');
  });
});

describe('撤回', () => {
  test('takes back what is named of the last message, and nothing where that holds none of it', async () => {
    await chief('演练+1 督查+1');
    expect(await chief('撤回延期')).toContain('最近一次登记不含“延期”,没有可撤回的记录');
    expect(await chief('演练那条撤了')).toMatch(/^已撤回【4\.3\.2】演练的登记。/);
    expect(await chief('撤回前两条')).toMatch(/督查的登记。[\s\S]*每次撤回最近一次登记/);
    expect(await chief('恢复刚才撤回的')).toContain('撤回的不能恢复');
  });

  test('of a request is told to whoever was asked to decide on it', async () => {
    await alone('sec_dangwei')('延期 5.1.1 至 9月30日 余3家正在签订');
    await living.at('2026-07-21', '10:02');
    const [asked] = living.pushes().filter(({ text }) => text.includes('待您办理'));
    await alone('sec_dangwei')('撤回');
    await living.at('2026-07-21', '10:04');
    const told = living.pushes().filter(({ text }) => text.includes('延期申请已由提出人收回,不必办理'));
    expect(told.map(({ chat }) => chat)).toEqual([asked?.chat]);
  });
});

describe('what waits for somebody', () => {
  test('is told beside a bare 同意 and in 我的, one to one and to nobody else', async () => {
    await alone('sec_dangwei')('延期 5.1.1 至 9月30日 余3家正在签订');
    for (const text of ['同意', '待办', '我的'])
      expect(await alone('ldr_shuji')(text), text).toContain('待您办理:「同意延期 5.1.1」');
    expect(await living.say('leaders', 'ldr_shuji', '同意')).not.toContain('5.1.1');
    expect(await alone('ldr_tiyu')('同意')).not.toContain('5.1.1');
    expect(await alone('ldr_shuji')('同意延期 5.1.1')).toContain('完成时限');
    expect(await alone('ldr_shuji')('我的')).not.toContain('待您办理');
  });
});

describe('a meeting', () => {
  test('of which no day is said is the last one only soon after it', async () => {
    const office = alone('off_zhuren');
    expect(await office('会议已开,32人参加,80分钟')).toContain('请写明是哪天开的,如「6月26日调度会已召开');
    expect(await office('7月20日会议已开,32人参加,80分钟')).toContain('7月20日月调度会已召开');
  });
});

describe('a screen', () => {
  test('of a task in a group holds eight lines, whatever was decided on it', async () => {
    for (const what of ['隐患清零', '预案复核', '演练补课'])
      await alone('off_zhuren')(`议定 4.3.2 ${what} 9月15日前`);
    const shown = (await living.say('anquan', 'dt-anquan', '查 4.3.2')) ?? '';
    expect(shown.split('\n').length).toBeLessThanOrEqual(8);
    expect(shown).toContain('下一页');
    expect(await living.say('anquan', 'dt-anquan', '下一页')).toContain('隐患');
  });
});
