import { and, eq, gt, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { bulletins, letters, lights, plans, postings, tasks } from '../../src/ledger/schema.ts';
import type { Frozen } from '../../src/reports/figures.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';

describe.each(bothDoors)("a quarter's bulletin to be signed (by $door)", ({ door, open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-03-30', '10:00', { door });
    const [plan] = await living.store.db.select().from(plans);
    if (!plan) throw new Error('there is no plan');
    await living.store.db
      .update(plans)
      .set({ settings: { ...plan.settings, bulletin: { release: 'signed' } } })
      .where(eq(plans.id, plan.id));
    await living.say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
    living.pushes();
  });
  afterAll(() => living.close());

  const told = async (day: string, time: string, mark: string) => {
    await living.at(day, time);
    return living.pushes().filter(({ text }) => text.includes(mark));
  };
  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const secretary = (text: string) => living.say('dingtalk', 'dt-shuji', text);

  test('is only looked at before its quarter is over', async () => {
    const preview = await office('通报 2026年一季度');
    expect(preview).toContain('预览,未冻结');
    expect(preview).toContain('3月29日24:00');
    expect(await secretary('签发通报')).toContain('没有待签发的通报');
    expect(await living.say('leaders', 'ldr_anquan', '通报')).toContain('季度通报尚未发布');
  });

  test('is drafted for the office and the secretary, its figures frozen, the sections shown their own rows', async () => {
    // Said of the quarter’s months on the morning after it: they happened in it, and nothing of the task is missing.
    await living.at('2026-04-01', '08:50');
    const chief = (text: string) => living.say('dingtalk', 'dt-anquan', text);
    expect(await chief('4.3.1 1月排查1次')).toContain('发生日期1月31日');
    await chief('4.3.1 排查1次,记入2月');
    await chief('4.3.1 排查+1');
    expect(await chief('4.3.1 记入3月')).toContain('计入3月');
    const drafts = await told('2026-04-01', '09:12', '【通报稿');
    const chats = drafts.map(({ chat }) => chat);
    expect(chats).toEqual(expect.arrayContaining(['office', 'dt-shuji', 'sec_dangwei']));
    expect(chats).not.toContain('system');
    expect(drafts.find(({ chat }) => chat === 'office')?.text).toContain('【4.3.2】演练1次');
    const [frozen] = await living.store.db.select().from(bulletins);
    const laggards = (frozen?.figures as Frozen | undefined)?.laggards.map(({ code }) => code);
    expect(laggards).toContain('1.1.1');
    expect(laggards).not.toContain('4.3.1');
    expect(await living.store.db.$count(lights)).toBeGreaterThan(0);
    await living.say('dingtalk', 'dt-anquan', '4.3.2 3月30日演练+5');
    expect(await office('通报')).toContain('演练1次');
    const inGroup = (await living.say('leaders', 'ldr_shuji', '通报')) ?? '';
    expect(inGroup).toContain('通报稿请在单聊或整改办群发「通报」查看');
    expect(inGroup).not.toContain('演练');
    expect(await living.say('dangwei', 'sec_dangwei', '更正通报 演练应为6次')).not.toContain('已记录');
  });

  test('waits, is called to mind once on the eighth working day, and can be held with a reason', async () => {
    expect(await told('2026-04-02', '09:12', '【季度通报】')).toEqual([]);
    for (const takenBack of ['那就签发吧', '不暂缓了', '算了签发']) {
      expect(await office('暂缓通报')).toContain('请写明理由');
      expect((await office(takenBack)) ?? '').not.toContain('暂缓发布');
    }
    expect(await office('暂缓通报')).toContain('请写明理由');
    expect(await office('3.1.1的数不准')).toContain('暂缓发布');
    expect(await office('签发通报')).not.toContain('已记录');
    await living.say('dingtalk', 'dt-anquan', '4.3.2 3月28日督查+1');
    expect(await office('通报')).not.toContain('督查');
    const again = (await office('重拟通报')) ?? '';
    expect(again).toContain('【4.3.2】演练6次、【4.3.2】督查1次');
    expect(again).toContain('仍为暂缓');
    expect(await secretary('重拟通报')).not.toContain('已重拟');
    expect(await told('2026-04-03', '10:00', '已按更正后的登记重拟')).toHaveLength(1);
    expect(await told('2026-04-10', '16:12', '一季度通报暂缓中,待组长签发')).toHaveLength(1);
    expect(await told('2026-04-13', '09:12', '【通报待签发】')).toHaveLength(1);
    expect(await told('2026-04-14', '09:12', '【通报待签发】')).toEqual([]);
  });

  test('leaves at the next 09:12 after it is signed, to the leaders and the whole system, with what was frozen', async () => {
    expect(await secretary('签发通报')).toContain('4月15日09:12发布');
    await living.at('2026-04-15', '09:12');
    const all = living.pushes();
    const files = all.filter(({ text }) => text.includes('.docx')).map(({ text }) => text);
    expect(files).toHaveLength(2);
    expect(files.join()).toContain('2026年一季度整改进展情况通报.docx');
    expect(files.join()).not.toContain('代拟稿');
    const posts = all.filter(({ text }) => text.includes('【季度通报】'));
    expect(new Set(posts.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'system']));
    for (const { text } of posts) {
      expect(text).toContain('【4.3.2】演练6次');
      expect(text).toContain('全文见附件');
    }
    expect(await told('2026-04-16', '09:12', '【季度通报】')).toEqual([]);
    expect(await living.say('leaders', 'ldr_anquan', '通报')).toContain('4月15日发布');
  });

  test('counts once, for the quarter that it is of, on the plan’s indicator and the standing duty', async () => {
    expect(await office('记录 1.3.1')).toContain('季通报发布,计1次');
    expect((await office('记录 G6'))?.match(/发布,计1次/g)).toHaveLength(1);
    const rows = await living.store.db.select().from(postings).where(eq(postings.happenedOn, '2026-04-15'));
    expect(rows.map(({ period, value, op }) => ({ period, value, op }))).toEqual([
      { period: '2026-Q1', value: 1, op: 'add' },
      { period: '2026-Q1', value: 1, op: 'add' },
    ]);
    for (const text of ['1.3.1 季通报+1', 'G6 通报+1']) {
      expect(await office(text), text).toContain('季通报发布时自动计入');
    }
  });

  test('is never changed: a correction goes out beside it, once the secretary has signed it', async () => {
    expect(await office('更正通报 4.3.2 演练应为6次')).toContain('待组长签发');
    expect(await told('2026-04-17', '09:12', '【更正】')).toEqual([]);
    expect(await secretary('签发通报')).toContain('更正签发,4月20日09:12发出');
    const posts = await told('2026-04-20', '09:12', '【更正】');
    expect(new Set(posts.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'system']));
    expect(posts[0]?.text).toContain('【4.3.2】演练应为6次');
    expect(await told('2026-04-21', '09:12', '【更正】')).toEqual([]);
    const [kept] = await living.store.db.select().from(bulletins);
    expect(kept?.state).toBe('released');
    expect(await office('通报')).toContain('4月15日发布');
    expect(await office('记录 方案')).toMatch(/更正通报 .*演练应为6次/);
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('of which nobody knows whether it arrived goes again only at the office’s word, marked', async () => {
    await living.store.db
      .update(letters)
      .set({ state: 'unknown' })
      .where(and(eq(letters.push, 'bulletin'), like(letters.key, 'bulletin:%')));
    expect((await told('2026-04-22', '08:42', '通报是否送达待核'))[0]?.text).toContain('全系统群');
    expect(await office('补发通报')).toContain('将补发并标明');
    expect(await told('2026-04-22', '11:00', '〔补发〕')).not.toEqual([]);
    expect(await office('补发通报')).toContain('没有送达不明的通报');
    expect(await office('通报已看到')).toContain('没有送达不明的通报');
  });

  test('a day that the office types wins over the calendar in the product', async () => {
    expect(await office('日历 2026-05-06 休')).toContain('2026年5月6日休息');
    expect(await told('2026-05-06', '08:42', '')).toEqual([]);
    expect(await office('日历 2026-05-06 班')).toContain('上班');
    expect(await office('日历 2026-02-30 休')).toContain('请写明日期');
  });

  test('a closed task is looked back at sixty days later, once', async () => {
    await living.store.db
      .update(tasks)
      .set({ state: 'closed', closedOn: '2026-03-01' })
      .where(eq(tasks.code, '6.1.1'));
    expect((await told('2026-05-06', '09:12', '【回头看】'))[0]?.text).toContain('【6.1.1】');
    expect(await told('2026-05-07', '09:12', '【回头看】')).toEqual([]);
  });

  test('the office sees what comes next', async () => {
    const status = (await office('运行状态')) ?? '';
    expect(status).toMatch(/接下来:5月7日 15:12|接下来:5月8日 08:42 个人提醒/);
    expect(status.match(/个人提醒|整改进展|每周梳理/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test('the year over, what is recorded late is taken until the fifth working day of January and then refused', async () => {
    await living.at('2027-01-08', '10:00');
    expect(await living.say('dingtalk', 'dt-anquan', '4.3.2 12月28日演练+1')).toContain('已记录');
    expect(await living.say('dingtalk', 'dt-anquan', '更正 4.3.2 演练2次')).toContain('已记录');
    expect(await living.say('dingtalk', 'dt-anquan', '4.3.1 12月排查1次')).toContain('计入12月');
    for (const text of ['4.3.2 演练+1', '4.3.1 1月5日排查1次', '1月7日调度会已召开 参会9人 时长60分钟']) {
      const chief = text.startsWith('4') ? 'dt-anquan' : 'dt-off-zhuren';
      expect(await living.say('dingtalk', chief, text), text).toContain(
        '在本方案截止之后,未记录。补报请写明12月31日以前的发生日期',
      );
    }
    expect(await office('实地登记 安全科')).toContain('在本方案截止之后');
    const after = await living.store.db.select().from(postings).where(gt(postings.happenedOn, '2026-12-31'));
    expect(after).toEqual([]);
    await living.at('2027-01-11', '10:00');
    const refused = await living.say('dingtalk', 'dt-anquan', '4.3.2 12月28日演练+1');
    expect(refused).toContain('已于1月8日停止登记');
    const pieces = await living.say('wecom', 'sec_anquan', '4.3.2 演练+1 督查+1');
    expect(pieces?.match(/未记录/g)).toHaveLength(2);
    expect(await living.say('dingtalk', 'dt-anquan', '查 4.3.2')).toContain('4.3.2');
  });

  test('the year’s account offers the office the set for the archive, in words that it only has to send', async () => {
    const [account] = await told('2027-01-13', '09:12', '年度台账结账');
    expect(account?.chat).toBe('office');
    expect(account?.text.split('\n').length).toBeLessThanOrEqual(8);
    const words = /「(调卷 [^」]+)」/.exec(account?.text ?? '')?.[1] ?? '';
    const asked = await office(words);
    expect(asked).toContain('全部任务,局档案室,2026年度归档');
    const number = /第(\d+)号/.exec(asked ?? '')?.[1];
    expect(await secretary(`同意调卷 ${number}`)).toContain('同意调卷');
    const [made] = await told('2027-01-14', '08:42', `调卷第${number}号经组长批准`);
    expect(made?.chat).toBe('off_zhuren');
    expect(made?.text).toContain('.docx');
  });
});

describe.each(bothDoors.slice(0, 1))(
  "a quarter's bulletin during the plan's trial (by $door)",
  ({ door, open }) => {
    test('waits for its end, and then goes to whom it is for', async () => {
      const living = await openLivingHouse(await open(), '2026-03-30', '10:00', { door });
      const { db } = living.store;
      await db
        .update(plans)
        .set({ settings: sql`${plans.settings} || '{"trial_until": "2026-04-03"}'::jsonb` });
      const told = async (day: string, mark: string) => {
        await living.at(day, '09:12');
        return living.pushes().flatMap(({ chat, text }) => (text.includes(mark) ? [{ chat, text }] : []));
      };
      const [draft] = await told('2026-04-01', '【通报稿】');
      expect(draft?.text).toContain('按既定授权于4月7日09:12发布');
      expect(await told('2026-04-02', '【季度通报】')).toEqual([]);
      expect(await told('2026-04-03', '【季度通报】')).toEqual([]);
      const posts = await told('2026-04-07', '【季度通报】');
      expect(posts.map(({ chat }) => chat).toSorted()).toEqual(['leaders', 'system']);
      await living.close();
    });
  },
);
