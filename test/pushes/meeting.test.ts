import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { plans } from '../../src/ledger/schema.ts';
import { chats, type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';
import { wordsIn } from '../setup/zip.ts';

describe.each(bothDoors)('the monthly meeting (by $door)', ({ door, open }) => {
  let living: LivingHouse;
  const enter = async (day = '2026-04-13') => {
    living = await openLivingHouse(await open(), day, '10:00', { door });
    await living.say('wecom', 'sec_dangwei', '帮助');
    living.pushes();
  };
  afterEach(() => living.close());

  const told = async (day: string, time: string) => {
    await living.at(day, time);
    return living.pushes().filter(({ text }) => /会议通知|会议提示/.test(text));
  };

  test('is announced five working days ahead to the leaders and the office, once', async () => {
    await enter();
    expect(await told('2026-04-16', '16:00')).toEqual([]);
    const [first, second, ...more] = await told('2026-04-17', '15:12');
    expect(more).toEqual([]);
    expect([first?.chat, second?.chat].toSorted()).toEqual(['leaders', 'office']);
    const lines = first?.text.split('\n').map((line) => line.trim());
    expect(lines?.[0]).toContain('【会议通知】4月整改工作月调度会');
    expect(lines?.[1]).toBe('时间:4月24日(周五)15:00,不超过90分钟 地点:局三楼会议室');
    expect(lines?.join('\n')).toContain('请于4月22日17:00前单独发整改办');
    expect(await told('2026-04-17', '16:00')).toEqual([]);
    expect(await told('2026-04-20', '15:12')).toEqual([]);
  });

  test('is announced a day late when nobody was there, and not after the last day for matters', async () => {
    await enter();
    expect(await told('2026-04-20', '16:00')).toHaveLength(2);
    await living.close();
    await enter();
    expect(await told('2026-04-23', '15:00')).toEqual([]);
  });

  test('is called to mind the day before with what is on, the tasks of the office’s papers only there', async () => {
    await enter();
    await living.say('dangwei', 'sec_dangwei', '延期 5.1.1 至 4月30日 余3家正在签订');
    const posts = await told('2026-04-23', '15:12');
    const leaders = posts.find(({ chat }) => chat === 'leaders')?.text ?? '';
    const office = posts.find(({ chat }) => chat === 'office')?.text ?? '';
    expect(leaders).toContain('【会议提示】4月调度会:4月24日(明日)15:00,局三楼会议室');
    expect(leaders).toContain('【5.1.1】机关党委');
    expect(leaders).toContain('延期1件,材料由整改办会上印发。');
    expect(leaders).toContain('数据截至今日15:12');
    expect(office).toContain('延期:【5.1.1】');
    expect(await told('2026-04-24', '08:42')).toHaveLength(2);
    expect(await told('2026-04-24', '15:12')).toEqual([]);
  });

  test('brings the office its papers, the restricted annex apart where there is something in it, and nobody else', async () => {
    const papersOn = async (day: string) => {
      await living.at(day, '15:12');
      // Words and each file leave one after the other, so many of them a minute.
      for (let minutes = 0; minutes < 4; minutes++) {
        living.clock.move(60_000);
        await living.look();
      }
      return [...living.wecom.lines(), ...living.dingtalk.lines()].flatMap(({ chat, enclosed }) =>
        enclosed ? [{ chat, name: enclosed.name, words: wordsIn(enclosed.bytes) }] : [],
      );
    };
    const chat = chats.office;
    await enter();
    const [pack, ...none] = await papersOn('2026-04-23');
    expect(none).toEqual([]);
    expect(pack).toMatchObject({ chat: { group: chat.group }, name: '4月调度会材料(代拟稿).docx' });
    await living.close();
    await enter();
    const proposed = await living.say('office', 'off_zhuren', '挂牌 1.2.2 线索核实较慢 至5月29日');
    expect(proposed).toContain('拟挂牌督办');
    const [open, annex, ...more] = await papersOn('2026-04-23');
    expect(more).toEqual([]);
    expect(open?.words).not.toContain('1.2.2');
    expect(annex).toMatchObject({ chat: { group: chat.group }, name: '4月调度会限知附件(代拟稿).docx' });
    expect(annex?.words).toContain('1.2.2');
  });

  test('moves before a holiday, by the plan’s own rule', async () => {
    await enter('2026-09-14');
    const [notice] = await told('2026-09-18', '15:12');
    expect(notice?.text).toContain('时间:9月24日(周四)15:00');
  });

  test('has the office asked for its day once where none stands, also later while a notice is in time', async () => {
    const without = async () => {
      const settings = sql`${plans.settings} || '{"meeting": null}'::jsonb`;
      await enter();
      await living.store.db.update(plans).set({ settings });
    };
    await without();
    expect(await told('2026-04-14', '15:00')).toEqual([]);
    const [asked, ...more] = await told('2026-04-14', '15:12');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ chat: 'office', text: expect.stringContaining('4月调度会尚未定日期') });
    expect(await told('2026-04-15', '15:12')).toEqual([]);
    await living.close();
    await without();
    expect(await told('2026-04-16', '16:00')).toHaveLength(1);
    await living.close();
    await without();
    expect(await told('2026-04-17', '15:12')).toEqual([]);
  });

  test('is set by the office alone, and announced anew when it was moved', async () => {
    await enter();
    await told('2026-04-17', '15:12');
    expect(await living.say('leaders', 'ldr_anquan', '调度会 4月23日 14:30 局二楼会议室')).toContain(
      '请转整改办',
    );
    expect(await living.say('office', 'off_zhuren', '调度会 4月25日 14:30 局二楼会议室')).toContain('休息日');
    expect(await living.say('office', 'off_zhuren', '调度会 4月28日下午2点半 局二楼会议室')).toContain(
      '4月调度会定于4月28日14:30,局二楼会议室',
    );
    const [notice] = await told('2026-04-21', '15:12');
    expect(notice?.text).toContain('时间:4月28日(周二)14:30,不超过90分钟 地点:局二楼会议室');
    expect(await living.say('leaders', 'ldr_anquan', '议程')).toContain(
      '4月调度会议程(4月28日14:30,局二楼会议室)',
    );
  });

  test('is again on the day for which it was set once its having been held is taken back', async () => {
    await enter('2026-04-20');
    const office = (text: string) => living.say('office', 'off_zhuren', text);
    expect(await office('4月14日调度会已召开 参会26人 时长85分钟')).toContain('已召开');
    const decided = await living.say('wecom', 'off_gongzuo', '议定 4.3.2 预案逐校过一遍 5月29日前');
    expect(decided).toContain('已记录');
    expect(await office('撤回')).toContain('已撤回');
    expect(await office('议程')).toContain('4月调度会议程(4月24日15:00');
    expect(await office('查 4.3.2')).toContain('预案逐校过一遍');
    const posts = await told('2026-04-23', '15:12');
    expect(new Set(posts.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'office']));
  });

  test('that is moved after it was announced is told of at once, each time, and not where nothing changed', async () => {
    await enter();
    const set = async (words: string) => {
      const answer = await living.say('office', 'off_zhuren', `调度会 ${words}`);
      await living.look();
      const posts = living.pushes().filter(({ text }) => text.includes('【会议变更】'));
      return { answer, chats: posts.map(({ chat }) => chat), text: posts[0]?.text ?? '' };
    };
    expect(await set('4月27日 15:00 局三楼会议室')).toMatchObject({ chats: [] });
    expect(await set('4月24日 15:00 局三楼会议室')).toMatchObject({ chats: [] });
    expect(await told('2026-04-23', '15:12')).toHaveLength(2);
    await living.at('2026-04-23', '16:30');
    const moved = await set('4月28日 15:00 局三楼会议室');
    expect(new Set(moved.chats)).toEqual(new Set(['leaders', 'office']));
    expect(moved.text).toContain('原定4月24日15:00,现定4月28日(周二)15:00 地点:局三楼会议室');
    expect(moved.answer).toContain('变更通知发领导小组群、整改办群');
    expect(await set('4月28日 15:00 局三楼会议室')).toMatchObject({ chats: [] });
    expect((await set('4月28日 15:00 局二楼会议室')).text).toContain('地点:局二楼会议室');
    expect((await set('4月24日 15:00 局三楼会议室')).text).toContain('现定4月24日(周五)15:00');
    expect((await told('2026-04-24', '08:42'))[0]?.text).toContain('今日15:00在局三楼会议室');
    await living.at('2026-04-24', '09:00');
    expect((await set('4月24日 10:30 局三楼会议室')).text).toContain(
      '原定4月24日15:00,现定4月24日(周五)10:30',
    );
    expect((await set('4月28日 15:00 局三楼会议室')).chats).toHaveLength(2);
    const [notice] = await told('2026-04-24', '15:12');
    expect(notice?.text).toContain('时间:4月28日(周二)15:00');
  });

  test('that is moved while its notice could not leave calls nobody to the old hour any more', async () => {
    await enter();
    await living.wecom.fail('errcode', { code: -1 });
    expect(await told('2026-04-17', '15:12')).toEqual([]);
    await living.say('office', 'off_zhuren', '调度会改到4月28日15:00 局三楼会议室');
    await living.wecom.heal();
    for (const time of ['15:15', '15:30']) await living.at('2026-04-17', time);
    const posts = living.pushes().map(({ text }) => text);
    expect(posts.filter((text) => text.includes('【会议变更】'))).toHaveLength(2);
    expect(posts.filter((text) => text.includes('【会议通知】'))).toEqual([]);
    const [notice] = await told('2026-04-21', '15:12');
    expect(notice?.text).toContain('时间:4月28日(周二)15:00');
  });

  test('that is moved into the next month is no more in its own, and what is set there beside it leaves it alone', async () => {
    await enter();
    expect(await told('2026-04-17', '15:12')).toHaveLength(2);
    await living.at('2026-04-20', '10:00');
    const set = (words: string) => living.say('office', 'off_zhuren', `调度会${words}`);
    expect(await set(' 5月6日 15:00 局三楼会议室')).toContain('4月24日15:00的调度会仍按原定召开');
    expect(await living.say('office', 'off_zhuren', '整改工作调度会 5月6日 15:00 局三楼会议室')).toContain(
      '4月24日15:00的调度会仍按原定召开',
    );
    expect(await set('改到5月6日15:00')).toContain('4月24日15:00的调度会改到此次,原定时间不再开会');
    await living.look();
    const moved = living.pushes().filter(({ text }) => text.includes('【会议变更】'));
    expect(new Set(moved.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'office']));
    expect(moved[0]?.text).toContain('原定4月24日15:00,现定5月6日(周三)15:00');
    for (const [day, time] of [
      ['2026-04-23', '15:12'],
      ['2026-04-24', '08:42'],
    ] as const)
      expect(await told(day, time)).toEqual([]);
    const [notice] = await told('2026-04-27', '15:12');
    expect(notice?.text).toContain('时间:5月6日(周三)15:00');
    expect(await living.say('office', 'off_zhuren', '议程')).toContain('5月调度会议程(5月6日15:00');
    await living.at('2026-05-06', '17:00');
    expect(await living.say('office', 'off_zhuren', '已召开 参会26人 时长85分钟')).toContain(
      '5月6日月调度会已召开',
    );
  });

  test('that is moved twice in an evening is told of once, and one that is set for the next day at once', async () => {
    await enter();
    const set = (words: string) => living.say('office', 'off_zhuren', `调度会 ${words}`);
    const told = () =>
      living
        .pushes()
        .filter(({ chat, text }) => chat === 'leaders' && text.includes('【会议变更】'))
        .map(({ text }) => text);
    await living.at('2026-04-23', '15:12');
    await living.at('2026-04-23', '20:00');
    living.pushes();
    await set('4月28日 15:00 局三楼会议室');
    await set('4月29日 15:00 局三楼会议室');
    await living.at('2026-04-24', '08:36');
    expect(told()).toEqual([expect.stringContaining('现定4月29日(周三)15:00')]);
    await living.at('2026-05-07', '15:30');
    expect(await set('5月8日 08:40 局三楼会议室')).toContain('变更通知发领导小组群');
    await living.look();
    expect(told()).toEqual([expect.stringContaining('现定5月8日(周五)08:40')]);
  });

  test('is not called to mind after its hour by a word that had to wait', async () => {
    await enter();
    await living.say('office', 'off_zhuren', '调度会 4月24日 09:30 局三楼会议室');
    const waits = async (until: string) => {
      await living.wecom.fail('refuse');
      await told('2026-04-24', '08:42');
      await living.wecom.heal();
      return told('2026-04-24', until);
    };
    expect(await waits('09:32')).toEqual([]);
  });

  test('whose day the office declares off moves by its rule, which those who were called are told, and is asked for where it was set', async () => {
    await enter();
    const office = (words: string) => living.say('office', 'off_zhuren', words);
    const changes = async () => {
      await living.look();
      return living
        .pushes()
        .flatMap(({ chat, text }) => (text.includes('【会议变更】') ? [[chat, text]] : []));
    };
    expect(await office('日历 2026-05-29 休')).toContain('5月调度会随之由5月29日改为5月28日15:00。');
    expect(await changes()).toEqual([]);
    await told('2026-04-17', '15:12');
    await living.at('2026-04-22', '16:00');
    expect(await office('日历 2026-04-24 休')).toMatch(
      /4月调度会随之由4月24日改为4月23日15:00。变更通知发领导小组群/,
    );
    const text = expect.stringContaining('原定4月24日15:00,现定4月23日(周四)15:00 地点:局三楼会议室');
    expect((await changes()).toSorted()).toEqual([
      ['leaders', text],
      ['office', text],
    ]);
    await living.at('2026-04-23', '08:42');
    expect(await office('日历 2026-04-23 休')).toContain('4月调度会定于4月23日15:00,请另定');
    await office('调度会 4月28日');
    expect(await office('日历 2026-04-28 休')).toContain('4月调度会定于4月28日15:00,请另定');
  });

  test('whose notice the office read during the trial is announced to the leaders once that is over', async () => {
    await enter();
    const settings = sql`${plans.settings} || '{"trial_until": "2026-04-20"}'::jsonb`;
    await living.store.db.update(plans).set({ settings });
    const before = await told('2026-04-17', '15:12');
    expect([...new Set(before.map(({ chat }) => chat))]).toEqual(['office']);
    expect((await told('2026-04-21', '15:12')).map(({ chat }) => chat)).toEqual(['leaders']);
  });
});
