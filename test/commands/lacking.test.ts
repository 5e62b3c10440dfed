import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What was said in full but for one thing, and the message that says it: one house, from the last day of April. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-30', '10:00');
});
afterAll(() => living.close());

const ofOffice = (text: string, more = {}) => living.say('wecom', 'off_zhuren', text, more);

describe('a reason that was asked for', () => {
  test('is taken by itself, with the day that stands in it', async () => {
    expect(await ofOffice('挂牌 4.2.2')).toContain('请写明理由');
    expect(await ofOffice('进度滞后 至6月30日')).toContain('拟挂牌督办,办结时限6月30日');
    await living.look();
    const [letter] = living.pushes().filter(({ chat }) => chat === 'ldr_shuji');
    expect(letter?.text).toContain('说明:「进度滞后」');
  });

  test('is taken also where the task was only quoted', async () => {
    expect(await ofOffice('静音', { quote: '【4.2.3】体育产业与赛事品牌' })).toContain('请写明理由');
    expect(await ofOffice('等待上级文件')).toContain('已记录【4.2.3】');
  });

  test('follows a choice by its number', async () => {
    expect(await ofOffice('静音 4.2')).toContain('请回复序号');
    expect(await ofOffice('1')).toContain('【4.2.1】请写明理由');
    expect(await ofOffice('等待上级文件')).toContain('已记录【4.2.1】');
  });

  test.each(['稍等,我再看看', '理由怎么写?', '收到', '4.2.3 已办结', '总览'])('is not %s', async (text) => {
    const before = await living.store.db.$count(entries);
    expect(await ofOffice('静音 4.1.1')).toContain('请写明理由');
    expect((await ofOffice(text)) ?? '').not.toContain('已记录【4.1.1】');
    expect((await living.store.db.select().from(entries)).slice(before).map(({ act }) => act)).not.toContain(
      'mute',
    );
  });

  test('is dropped by 算了', async () => {
    expect(await ofOffice('静音 4.1.1')).toContain('请写明理由');
    expect(await ofOffice('算了')).toContain('上一问不再等回复');
    expect(await ofOffice('等待上级文件')).not.toContain('已记录');
  });

  test('of two commands at once is asked of neither', async () => {
    expect(await ofOffice('静音 4.1.1,4.1.2')).toMatch(/4\.1\.1】请写明理由[\s\S]*4\.1\.2】请写明理由/);
    expect(await ofOffice('等待上级文件')).not.toContain('已记录');
  });
});

describe('why a term is to be moved', () => {
  const chief = async (text: string) => (await living.say('wecom', 'sec_jiwei', text)) ?? '';
  const asked = async () => expect(await chief('延期 6.1.1 至7月31日')).toContain('请写明原因');

  test.each([
    ...['不延期了', '不用延期了', '那不延了', '我点错了', '请科长写', '我请示一下', '没有原因', '原因待报'],
    ...['校舍施工到8月31日', '改到8月31日吧,场地没落实', '日期错了,是8月31日', '大会已召开'],
    ...['延期到8月31日,场地没落实'],
  ])('is not %s', async (text) => {
    await asked();
    expect(await chief(text)).not.toContain('申请延期');
    expect((await living.store.db.select().from(entries)).filter(({ act }) => act === 'extend')).toHaveLength(
      0,
    );
  });

  test('may look ahead, and leaves the day that was named', async () => {
    await asked();
    expect(await chief('考虑到学校放假至7月31日,等下周场地落实')).toContain('申请延期:6月30日→7月31日');
    expect(await chief('撤回')).toContain('已撤回');
  });
});

test.each([
  ['4.2.3', '滞后', '拟挂牌督办,'],
  ['3.1.1', '逾期 至6月30日', '拟挂牌督办,办结时限6月30日'],
  ['5.1.1', '请按规定督办', '拟挂牌督办,'],
])('%s is listed for the state it is in, or the rule: %s', async (code, why, told) => {
  expect(await ofOffice(`挂牌 ${code}`)).toContain('请写明理由');
  expect(await ofOffice(why)).toContain(told);
});

test('both sides of a ratio that were asked for are taken by themselves', async () => {
  expect(await living.say('wecom', 'sec_dangwei', '责任书签了17家')).toContain('如「5.1.1 责任书 17/20」');
  expect(await living.say('wecom', 'sec_dangwei', '17/20')).toContain('责任书:尚未登记→17/20');
});

test('of several orders that wait one is settled by its number', async () => {
  await ofOffice('议定 4.3.2 5月30日前报演练方案');
  await ofOffice('议定 4.3.2 6月10日前报督查通报');
  expect(await ofOffice('议定 4.3.2 第1条已办结')).toContain('「5月30日前报演练方案」:已办结');
  await ofOffice('议定 4.3.2 6月20日前报隐患清单');
  expect(await ofOffice('议定 4.3.2 已办结')).toContain('第2条「6月10日前报督查通报」');
  expect(await ofOffice('1')).toBeNull();
  expect(await ofOffice('前一个')).toContain('「6月10日前报督查通报」:已办结');
  for (let day = 1; day <= 8; day += 1) await ofOffice(`议定 4.3.2 7月${day}日前报周报`);
  expect(await ofOffice('议定 4.3.2 已办结')).toContain('第11条「7月8日前报周报」');
  expect(await ofOffice('算了')).toContain('上一问不再等回复');
  await ofOffice('议定 4.3.2 已办结');
  expect(await ofOffice('第11条')).toContain('「7月8日前报周报」:已办结');
});

test('a day that was answered in vain is asked for as before', async () => {
  const chief = (text: string) => living.say('wecom', 'sec_jiwei', text);
  expect(await chief('延期 6.1.1 因报告厅在修')).toContain('请写明日期');
  expect(await chief('9月中旬')).toContain('“延期 6.1.1 因报告厅在修”请写明日期');
  expect(await chief('9月30日')).toContain('申请延期:6月30日→9月30日');
  await living.look();
  const [letter] = living.pushes().filter(({ chat }) => chat === 'ldr_jijian');
  expect(letter?.text).toContain('说明:「因报告厅在修」');
});

describe('the rest of a list', () => {
  const list = (text: string) => living.say('office', 'off_zhuren', text);

  test('comes on 下一页 in whatever spelling, also after something else was looked up', async () => {
    expect(await list('清单')).toContain('【1.1.1】');
    expect(await list('下一页。')).toContain('【1.3.2】');
    expect(await list('查 6.1.1')).toContain('6.1.1');
    expect(await list('再来一页')).toContain('【3.1.1】');
    expect(await list('下页')).toContain('【4.1.1】');
  });

  test('leaves what was asked in between open', async () => {
    await list('清单');
    expect(await list('静音 4.1.1')).toContain('请写明理由');
    expect(await list('下一页')).toContain('【1.3.2】');
    expect(await list('等待上级文件')).toContain('已记录【4.1.1】');
  });

  test('is forgotten once something was recorded that may change it', async () => {
    await list('清单');
    expect(await list('静音 4.1.2 等待上级文件')).toContain('已记录');
    expect(await list('下一页')).toContain('没有下一页');
  });

  test('is said not to be there once it has all been shown', async () => {
    let answer = await list('清单');
    while (answer?.includes('后面还有')) answer = await list('更多');
    expect(await list('下一页')).toBe('没有下一页。要看哪些请重新发,如「清单 红」「我的」。');
  });
});

test('what was asked about before midnight is of the day before', async () => {
  await living.at('2026-04-30', '23:56');
  await living.say('wecom', 'sec_anquan', '4.3.1 排查1次');
  expect(await living.say('wecom', 'sec_anquan', '4.3.1 排查2次')).toContain('1 新增2次');
  await living.at('2026-05-01', '00:02');
  const answer = await living.say('wecom', 'sec_anquan', '1');
  expect(answer).toContain('排查:1次→3次(每月1次),计入4月');
  expect(answer).toContain('发生日期4月30日');
});
