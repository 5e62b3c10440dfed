import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What people get back for what they say: one house, a Monday in April. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-13', '10:00');
});
afterAll(() => living.close());

describe('a text that begins like a command and has not its form', () => {
  test.each([
    ['off_zhuren', '封存 4.3.2 5', '未记录。写法:封存 任务编号 记录号 理由'],
    ['off_zhuren', '新增 张三 财务科', '未记录。写法:新增 姓名 科室 职务'],
    ['off_zhuren', '日历 春节休', '例:日历 2027-02-20 班'],
    ['off_zhuren', '周梳理', '周五16:12自动送整改办'],
    ['off_zhuren', '中止 4.3.2 经费未到', '未记录。任务中止须经批准'],
    ['sec_anquan', '佐证 4.3.2', '写法:佐证 任务编号 指标'],
    ['sec_anquan', '代办 4.3.2', '写法:代办 某人 至 日期'],
    ['sec_anquan', '封存 4.3.2 5', '没有看懂,未记录'],
    ['sec_anquan', '延期', '请写任务编号,如「延期 4.3.1 至 5月31日'],
    ['sec_anquan', '查', '请写任务编号,如「查 4.3.1」'],
  ])('of %s (%s) is no note: it is told how to be written', async (user, text, answer) => {
    const before = await living.say('wecom', 'off_zhuren', '记录 4.3.2');
    expect(await living.say('wecom', user, text)).toContain(answer);
    expect(await living.say('wecom', 'off_zhuren', '记录 4.3.2')).toBe(before);
  });
});

describe('a text that is too long', () => {
  test.each([
    ['typed', '隐患'.repeat(750)],
    ['as it is read, one character being eighteen', 'ﷺ'.repeat(200)],
  ])('%s is not recorded, and says so', async (_, words) => {
    expect(await living.say('wecom', 'sec_anquan', `4.3.2 隐患+1 ${words}`)).toMatch(
      /^这条消息超过1500字,未记录/,
    );
    expect(await living.say('wecom', 'sec_anquan', '查 4.3.2')).toContain('隐患0项');
  });
});

describe('a leader', () => {
  test('who asks 怎么还没动 hears the last record, the term and the next milestone', async () => {
    await living.say('wecom', 'off_zhuren', '节点 4.3.2 预案 6月30日 5个');
    await living.say('wecom', 'sec_anquan', '4.3.2 督查新增1次');
    const line = /^(?:【\S+】)?【4\.3\.2】最近记录4月13日:督查\+1;方案时限12月31日,6月30日节点预案5个。$/m;
    expect(await living.say('leaders', 'ldr_anquan', '4.3.2怎么还没动')).toMatch(line);
    expect(await living.say('leaders', 'ldr_anquan', '到哪一步了')).toMatch(line);
  });

  test('who asks it of nothing that was shown hears of what is his', async () => {
    for (const text of ['怎么还没动', '进度怎么样'])
      expect(await living.say('wecom', 'ldr_tiyu', text), text).toContain('负责的任务');
  });

  test('who wants something of a task without a day is told how it becomes an order', async () => {
    const quote = '【黄·滞后】【4.3.2】应急预案:已记2个';
    const how = '要交办的请写明期限,如「4.3.2 下周三前报我」。';
    expect(await living.say('leaders', 'ldr_shuji', '这个抓紧', { quote })).toBe(`尚未记录。【4.3.2】${how}`);
    expect(await living.say('leaders', 'ldr_anquan', '这个抓紧', { quote })).toContain(`记为意见,未改动数。`);
    expect(await living.say('leaders', 'ldr_shuji', '下周三前报我', { quote })).toContain('交办:');
  });

  test.each([
    ['学位建了多少了', '【4.2.2】'],
    ['人事科进展', '清单(人事科)'],
    ['哪些还没动', '清单(未启动)'],
    ['总揽', '42项'],
    ['学校布局这块怎么样了', '可发「总览」'],
    ['中午一起吃饭', '没有看懂'],
    ['好,同意', '「同意销号 1.1.1」'],
  ])('who says %s hears %s', async (text, told) => {
    expect(await living.say('leaders', 'ldr_shuji', text)).toContain(told);
  });

  test('hears whom to turn to, where something is not his', async () => {
    expect(await living.say('leaders', 'ldr_anquan', '挂牌 4.3.2 进展慢')).toBe(
      '该事项按程序由整改办办理,请转整改办。',
    );
    expect(await living.say('leaders', 'ldr_anquan', '9.9.9 已完成')).toBe(
      '该事项按程序由整改办办理,请转整改办。',
    );
  });
});

describe('a section', () => {
  test.each([
    ['我想问下我们还差啥', '负责的任务'],
    ['怎么报', '登记进展'],
    ['4.3.1 排查完了', '要计数的写「4.3.1 排查+1」'],
    ['4.3.1 4月10日排查完了', '要计数的写「4.3.1 4月10日排查+1」'],
    ['4.3.1 下周排查完', '记为进展说明,未改动数。  \n'],
    ['4.3.2 隐患全部整改完了', '记为进展说明,未改动数。  \n'],
    ['一中、职校各演练1次', '请一条一条分开写,如「4.3.2 演练+1」'],
    ['一中演练累计3次', '请写本次新增的,如「4.3.2 演练+1」'],
    ['4.3.1 一季度大约排查3次', '请写明各属哪一期,如「4.3.1 3月排查1次」'],
    ['我科所有任务均按计划推进', '没有看懂,未记录'],
  ])('that says %s hears %s', async (text, told) => {
    expect(await living.say('wecom', 'sec_anquan', text)).toContain(told);
  });

  test('that says thanks, or that it will report later, hears nothing', async () => {
    for (const text of ['谢谢', '在外面出差,明天报', '收到,马上办'])
      expect(await living.say('wecom', 'sec_anquan', text), text).toBeNull();
  });
});

describe('清单', () => {
  test('in a group is one screen, the rest on 下一页; one to one it is whole', async () => {
    const first = (await living.say('leaders', 'ldr_shuji', '清单')) ?? '';
    expect(first.split('\n')).toHaveLength(8);
    expect(first).toContain('后面还有,回复「下一页」');
    const second = (await living.say('leaders', 'ldr_shuji', '下一页')) ?? '';
    expect(second.split('\n')).toHaveLength(8);
    expect(second.split('\n')[0]).not.toBe(first.split('\n')[0]);
    const third = (await living.say('leaders', 'ldr_shuji', '＠督办 下一页')) ?? '';
    expect(third.split('\n')[0]).toMatch(/^【/);
    expect([first, second]).not.toContain(third);
    expect((await living.say('wecom', 'off_zhuren', '清单'))?.split('\n').length).toBeGreaterThan(30);
  });

  test('of all categories (总览) is one screen of a group', async () => {
    expect((await living.say('leaders', 'ldr_shuji', '总览'))?.split('\n')).toHaveLength(8);
  });

  test('knows what is due this week, and tells a section of no register that it can’t read', async () => {
    expect(await living.say('wecom', 'ldr_shuji', '本周到期')).toBe(
      '清单(本周到期):没有可在这里列出的任务。',
    );
    expect(await living.say('wecom', 'ldr_shuji', '下月到期')).toContain('清单(下月到期)');
    const hint = await living.say('wecom', 'sec_anquan', '清单 三季度');
    expect(hint).toContain('清单后可写:红、黄');
    expect(hint).not.toContain('点单');
    expect(await living.say('wecom', 'ldr_shuji', '安全科怎么还没动')).toContain('清单(安全管理科)');
  });
});

describe('wording', () => {
  test('of an increment of nothing is a question', async () => {
    expect(await living.say('wecom', 'sec_anquan', '4.3.2 演练+0')).toContain(
      '尚未记录。“演练+0”要改已登记的数',
    );
  });

  test('of 撤回 names what was taken back, and speaks of figures only where there are any', async () => {
    await living.say('wecom', 'sec_anquan', '4.3.2 演练方案正在会签');
    expect(await living.say('wecom', 'sec_anquan', '撤回')).toMatch(
      /已撤回【4\.3\.2】进展说明。\s*撤回留有记录。$/,
    );
    await living.say('wecom', 'off_zhuren', '挂牌 4.3.1 排查较慢 至5月29日');
    expect(await living.say('wecom', 'off_zhuren', '撤回')).toMatch(
      /已撤回【4\.3\.1】挂牌的提请。\s*撤回留有记录。$/,
    );
  });

  test('of 坚持申请 tells what is missing, also where nothing was checked before', async () => {
    const answer = await living.say('wecom', 'sec_anquan', '4.3.2 督查+1,坚持申请销号 材料随后补');
    expect(answer).toMatch(/缺项随申请一并报送:\S*预案差\d个/);
    expect(answer?.match(/回复「撤回」/g)).toHaveLength(1);
    await living.say('wecom', 'sec_anquan', '撤回');
  });

  test('of a reason does not repeat its day, and an order shows no mention', async () => {
    await living.say('wecom', 'sec_dangwei', '延期 5.1.1 至 4月30日 3家学校正在签订');
    await living.at('2026-04-13', '10:05');
    const asked = living.pushes().filter(({ text }) => text.includes('申请延期'));
    expect(asked.length).toBeGreaterThan(0);
    for (const { text } of asked) expect(text).toContain('说明:「3家学校正在签订」');
    expect(await living.say('leaders', 'ldr_anquan', '@李科 4.3.2 下周三前报我')).not.toContain('@李科');
  });

  test('of everyone’s own matter tells the office how many have done it, and links nowhere', async () => {
    await living.say('wecom', 'ldr_anquan', '2.1.2 4月党性分析材料已交');
    const shown = (await living.say('wecom', 'off_zhuren', '查 2.1.2')) ?? '';
    expect(shown).toMatch(/4月已交1人,未交\d人/);
    expect(shown).not.toContain('board/task');
  });
});

describe('evidence', () => {
  test('behind a figure is asked for what it lacks, in words that keep the rest', async () => {
    const answer = await living.say('wecom', 'sec_anquan', '4.3.2 隐患新增1项 佐证在安全科2号柜');
    expect(answer).toContain(
      '隐患佐证未记录,还缺名称或文号,请写「佐证 4.3.2 隐患 名称 4月13日 存安全科2号柜」。',
    );
  });

  test('that nothing was made of is told how it is written', async () => {
    const answer = await living.say('wecom', 'sec_dangwei', '研讨+1,学习+2天,照片存党办3号柜');
    expect(answer).toContain('未计入:「照片存党办3号柜」。佐证请写「佐证 任务编号 指标 名称 日期 存放处」。');
  });
});
