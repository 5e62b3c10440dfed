import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What of the plan people ask to see, in the words of a command and in their own: one house, a Monday in April. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-13', '10:00');
});
afterAll(() => living.close());

const secretary = (text: string) => living.say('leaders', 'ldr_shuji', text);
const office = (text: string) => living.say('office', 'off_zhuren', text);

describe('a list', () => {
  test.each([
    ['清单 红', '清单(红)'],
    ['清单 挂牌', '清单(挂牌)'],
    ['有没有挂牌的', '清单(挂牌)'],
    ['哪些逾期了', '清单(逾期)'],
    ['谁还没完成', '清单(未销号)'],
    ['还剩几项没动', '清单(未启动)'],
    ['哪些已经销号了', '清单(已销号):没有'],
    ['清单 本月到期', '清单(本月到期)'],
    ['亮灯的有哪些', '清单(亮灯)'],
    ['清单', '清单(全部)'],
    ['现在逾期的有几项', '清单(逾期)'],
    ['哪个科室拖得最厉害', '清单(滞后)'],
    ['哪些科室有逾期', '清单(逾期)'],
    ['所有黄灯任务', '清单(黄)'],
    ['哪些延期了', '清单(延期):没有'],
  ])('of a state is what «%s» asks for', async (words, head) => {
    expect(await secretary(words)).toContain(head);
  });

  test.each([
    ['清单 4', '清单(第4类)共7项'],
    ['第四类进展如何', '清单(第4类)共7项'],
    ['清单 3.2', '清单(3.2)'],
    ['3.2怎么样了', '清单(3.2)'],
    ['清单 安全科', '清单(安全管理科)共2项'],
    ['财务科怎么样了', '清单(财务科)'],
    ['安全这块怎么还是黄的', '清单(安全管理科)共2项'],
  ])('of a part of the plan is what «%s» asks for', async (words, head) => {
    expect(await secretary(words)).toContain(head);
  });

  test.each([
    ['清单 安全科 红', '清单(安全管理科·红):没有'],
    ['安全科几项没完成', '清单(安全管理科·未销号)共2项'],
    ['机关党委逾期的有哪些', '清单(机关党委·逾期)共1项'],
    ['第五类有哪些逾期', '清单(第5类·逾期)共1项'],
    ['清单 5.1 逾期', '清单(5.1·逾期)共1项'],
  ])('is of both where «%s» names both', async (words, head) => {
    expect(await secretary(words)).toContain(head);
  });

  test("of what has not been recorded this month is the office's alone", async () => {
    expect(await office('这个月谁没报')).toContain('清单(本月未登记)');
    expect(await office('清单 未登记')).toContain('【4.3.1】');
    await living.say('wecom', 'sec_anquan', '4.3.1 排查+1');
    expect(await office('哪些科室还没报4月进展')).not.toContain('【4.3.1】');
    expect(await secretary('这个月谁没报')).toBe(
      '哪些有登记、哪些还没有由整改办掌握,这里不列。本人的发「我的」,滞后的发「清单 滞后」。',
    );
    expect(await living.say('system', 'dt-off-zhuren', '这个月谁没报')).toContain('由整改办掌握');
  });

  test("of what has long been silent or lacks its evidence is the office's, and of evidence those who look after it", async () => {
    const proof = '【3.3.1】';
    await living.say('wecom', 'sec_fagui', '3.3.1 核心权力10项');
    expect(await office('哪些任务没有佐证')).toMatch(/清单\(缺佐证\)[\s\S]*【3\.3\.1】/u);
    expect(await living.say('wecom', 'sec_fagui', '3.3.1/1 佐证:公示文件 4月10日 存科内卷1')).toContain(
      '已记录',
    );
    expect(await office('清单 缺佐证')).not.toContain(proof);
    expect(await office('上周谁没登记')).toMatch(/清单\(上周以来未登记\)[\s\S]*【1\.1\.1】/u);
    await living.say('wecom', 'sec_dangwei', '1.1.1 4月8日研讨1次');
    expect(await office('上周谁没登记')).not.toContain('【1.1.1】');
    expect(await secretary('上周谁没登记')).toContain('由整改办掌握');
    expect(await living.say('wecom', 'sec_anquan', '哪些任务没有佐证')).toContain('由整改办掌握');
    expect(await living.say('system', 'dt-off-zhuren', '哪些任务没有佐证')).not.toContain('【');
  });

  test('of what was moved or is asked to be names the tasks', async () => {
    await living.say('wecom', 'sec_dangwei', '延期 1.1.2 至 8月31日 上级办法未下发');
    expect(await office('哪些延期了')).toContain('【1.1.2】');
    expect(await office('今天谁报了')).toMatch(/清单\(今日已登记\)[\s\S]*【1\.1\.2】/u);
    expect(await secretary('今天谁报了')).toContain('由整改办掌握');
  });

  test('of what it does not know names what it knows', async () => {
    expect(await secretary('清单 快点')).toContain('清单后可写:红、黄、逾期、挂牌');
    expect(await secretary('清单 4.9')).toContain('清单只列此刻的情况');
  });
});

test.each(['有什么要我批的', '待我审批的', '这周有什么要我定的', '要我签的有哪些'])(
  '«%s» hears what waits for him, or that nothing does',
  async (words) => {
    const asked = () => living.say('wecom', 'ldr_shuji', words);
    expect(await asked()).toBe('目前没有待您审批的事项。由本人负责的任务发「我的」。');
    await living.say('office', 'off_zhuren', '挂牌 5.1.1 责任书未签齐 至5月29日');
    expect(await asked()).toContain('待您办理:「同意挂牌 5.1.1」');
    await living.say('office', 'off_zhuren', '撤回');
  },
);

test.each(['下次调度会什么时候', '调度会几点', '调度会在哪开'])('«%s» hears the meeting', async (words) => {
  expect(await secretary(words)).toMatch(/4月调度会议程\(4月\d+日15:00,/);
});
