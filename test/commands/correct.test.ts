import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { postings } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('a correction through the real webhooks ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-04-20', '10:00');
    await living.say('wecom', 'sec_anquan', '帮助');
    return living;
  };
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    await living.close();
  });

  const chief = (text: string) => living.say('wecom', 'sec_anquan', text);
  const clerk = (text: string) => living.say('wecom', 'clk_anquan', text);
  const office = (text: string) => living.say('wecom', 'off_gongzuo', text);

  test('leaves an increment an increment, also long after ten minutes', async () => {
    const { clock } = await enter();
    await chief('4.3.2 演练累计2');
    await chief('4.3.2 演练+3');
    clock.move(3 * 60 * 60_000);
    const answer = await chief('更正 4.3.2 演练1次');
    expect(answer).toContain('已记录【4.3.2】');
    expect(answer).toContain('更正 演练:5次→3次(全年至少4次),计入2026年');
    expect(await chief('记录 4.3.2')).toContain('更正演练5次→3次');
  });

  test('of the day moves the last figure to it, and with it to the period of that day', async () => {
    const { clock } = await enter();
    await chief('4.3.1 排查+1');
    clock.move(3 * 60 * 60_000);
    const answer = await chief('更正 4.3.1 日期 3月26日');
    expect(answer).toContain('更正 排查:0次→1次(每月1次),计入3月,发生日期3月26日');
    expect(await chief('更正 4.3.1 排查 日期 3月26日')).toContain('与本人上一次登记相同,未改动');
    expect(await chief('排查的日期报错了,应为4月21日')).toContain('4月21日还没到,未更正');
    expect(await chief('日期写错了')).toContain('更正 任务编号 指标 日期');
  });

  test('keeps its place: what others said since still counts on top of it', async () => {
    await enter();
    await chief('4.3.2 演练累计5');
    await office('4.3.2 演练+1');
    expect(await chief('更正 4.3.2 演练4次')).toContain('演练:6次→5次');
    expect(await chief('查 4.3.2')).toContain('演练5次');
    await office('4.3.2 演练累计9');
    expect(await chief('更正 4.3.2 演练3次')).toContain('演练:9次→9次');
  });

  test('of a total sets the period’s figure, with or without an entry of one’s own', async () => {
    await enter();
    await chief('4.3.2 演练+3');
    expect(await chief('更正 4.3.2 演练累计2')).toContain('演练:3次→2次');
    expect(await office('更正 4.3.2 演练累计6')).toContain('演练:2次→6次');
  });

  test('without an entry of one’s own is taken as a total only, and told how to say it', async () => {
    await enter();
    await office('4.3.2 演练+3');
    expect(await chief('更正 4.3.2 演练2次')).toBe(
      '【4.3.2】没有本人可更正的演练登记,未改动。改总数请写「更正 4.3.2 演练累计2」。',
    );
    expect(await chief('查 4.3.2')).toContain('演练3次');
    expect(await chief('更正 4.3.2 演练累计2')).toContain('演练:3次→2次');
  });

  test('is taken back by 撤回, and then so is what it had corrected', async () => {
    await enter();
    await chief('4.3.2 演练+3');
    await chief('更正 4.3.2 演练2次');
    await chief('更正 4.3.2 演练1次');
    expect(await chief('撤回')).toContain('已撤回【4.3.2】演练的登记');
    expect(await chief('查 4.3.2')).toContain('演练2次');
    await chief('撤回');
    expect(await chief('查 4.3.2')).toContain('演练3次');
    await chief('撤回');
    expect(await chief('查 4.3.2')).toContain('演练0次');
    expect(await chief('撤回')).toContain('没有可撤回的记录');
  });

  test('by 撤回 with a day takes back what was recorded for that day alone', async () => {
    await enter();
    await chief('4.3.2 4月9日演练1次');
    expect(await chief('把4月7日那条演练撤了')).toContain('本人最近一次登记不含“4月7日演练”');
    expect(await chief('把4月9日那条演练撤了')).toBe(
      '已撤回【4.3.2】演练的登记。  \n撤回留有记录,数已退回登记之前。',
    );
  });

  test('by a clerk waits for the chief, and never touches what the chief has confirmed', async () => {
    await enter();
    await clerk('4.3.2 演练+3');
    expect(await clerk('更正 4.3.2 演练2次')).toContain('演练:3次→2次(全年至少4次),计入2026年,待科长确认');
    expect(await chief('确认 4.3.2')).toContain('演练:0次→2次');
    expect(await clerk('更正 4.3.2 演练1次')).toBe('【4.3.2】该数已经科长确认,更正请由科长办理。');
    expect(await clerk('撤回')).toContain('已经科长确认,不能撤回');
    expect(await chief('撤回')).toContain('已撤回【4.3.2】确认');
    expect(await clerk('更正 4.3.2 演练1次')).toContain('演练:2次→1次');
  });

  test('of a ratio puts both its parts right, of a single event that event', async () => {
    const { say } = await enter();
    await say('wecom', 'sec_dangwei', '5.1.1 责任书17/20');
    expect(await say('wecom', 'sec_dangwei', '更正 5.1.1 责任书 18/20')).toContain(
      '责任书:17/20(85%)→18/20(90%)',
    );
    await say('wecom', 'sec_bangongshi', '5.2.1 会议时长95分钟');
    await say('wecom', 'sec_bangongshi', '5.2.1 会议时长80分钟');
    expect(await say('wecom', 'sec_bangongshi', '更正 5.2.1 会议时长100分钟')).toContain(
      '会议时长:2次中1次达标→2次中0次达标',
    );
  });

  test('of a member’s own figure leaves the others’ alone', async () => {
    const { say } = await enter();
    await say('wecom', 'sec_dangwei', '2.1.3 班子成员党课均+1');
    expect(await say('wecom', 'ldr_jijiao', '更正 2.1.3 党课3次')).toContain('没有本人可更正的党课登记');
    await say('wecom', 'sec_dangwei', '更正 2.1.3 分管基础教育副局长党课3次');
    expect(await say('wecom', 'ldr_jijiao', '查 2.1.3')).toContain('分管基础教育副局长3');
    expect(await say('wecom', 'ldr_tiyu', '查 2.1.3')).toContain('分管体育副局长1');
  });

  test('of the period moves the last figure there', async () => {
    await enter();
    await chief('4.3.1 排查+1');
    expect(await chief('4.3.1 记入3月')).toContain('更正 排查:0次→1次(每月1次),计入3月');
    expect(await chief('4.3.1 记入3月')).toContain(
      '【4.3.1】排查已计入3月,未改动。改发生日期请写「更正 4.3.1 排查 日期 4月9日」',
    );
  });

  test('right behind a receipt needs no name: the figure or the day of what was recorded just now', async () => {
    const { clock } = await enter();
    await chief('4.3.2 隐患累计40');
    await chief('4.3.2 隐患+12');
    expect(await chief('改成10')).toContain('更正 隐患:52项→50项');
    expect(await chief('写错了,是2处')).toContain('更正 隐患:50项→42项');
    expect(await chief('4月9号的')).toContain('发生日期4月9日');
    expect(await chief('改成累计45')).toContain('更正 隐患:42项→45项');
    await chief('演练+1,督查+1');
    expect(await chief('改成2')).toContain('【4.3.2】请写明改哪个指标');
    expect(await chief('昨天的')).toMatch(/【4\.3\.2】请写明改哪个指标,如「更正 4\.3\.2 \S+ 日期 4月9日」/);
    await chief('督查+1');
    await chief('查 4.3.1');
    expect(await chief('改成2')).toContain('【4.3.1】请写明改哪个指标');
    clock.move(11 * 60_000);
    expect(await chief('改成2')).toContain('请写任务编号');
  });

  test('that names the wrong figure takes only that one away', async () => {
    await enter();
    await chief('4.3.2 隐患累计40');
    expect(await chief('隐患不是6是7')).toContain('本人上一次登记的隐患是40项,不是6项,未改动');
    await chief('4.3.2 隐患+6');
    expect(await chief('隐患不是6是7')).toContain('更正 隐患:46项→47项');
    expect(await chief('隐患不是47是45')).toContain('更正 隐患:47项→45项');
  });

  test('is refused to those who may not report', async () => {
    await enter();
    await chief('4.3.2 演练+3');
    for (const user of ['sec_caiwu', 'ldr_tiyu', 'sec_paizhu', 'adm_xinxi']) {
      expect(await living.say('wecom', user, '更正 4.3.2 演练累计1')).toMatch(/请与整改办联系|请转整改办/);
    }
    expect(await chief('查 4.3.2')).toContain('演练3次');
  });

  test('leaves no ratio above its whole, whichever of the two it changes', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_bangongshi', text);
    await chief('2.2.1 急难愁盼累计10件');
    await chief('2.2.1 教育累计5件');
    await chief('2.2.1 教育类新增4件');
    expect(await chief('更正 2.2.1 教育9件')).toContain('的分子14多于实事10,未记录');
    for (const text of ['更正 2.2.1 急难愁盼累计5', '2.2.1 急难愁盼累计5件']) {
      expect(await chief(text), text).toContain('的分子9多于实事5,未记录');
    }
    expect(await chief('更正 2.2.1 教育3件')).toContain('8/10');
    expect(await chief('更正 2.2.1 急难愁盼累计8件')).toContain('10件→8件');
  });

  test('in January of what is asked for once is still the old year’s', async () => {
    living = await openLivingHouse(await open(), '2027-01-05', '10:00');
    const chief = (text: string) => living.say('wecom', 'sec_bangongshi', text);
    expect(await chief('更正 1.3.1 重点任务累计27项')).toContain('→27');
    const rows = await living.store.db.select().from(postings);
    expect(rows.map(({ happenedOn }) => happenedOn)).toEqual(['2026-12-31']);
  });
});
