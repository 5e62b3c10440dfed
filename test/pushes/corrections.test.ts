import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { dropCorrection } from '../../src/ledger/acts/bulletins.ts';
import { bulletins, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('the correction of a bulletin ($kind)', ({ open }) => {
  let living: LivingHouse;
  /** The first quarter's bulletin is out, by the plan's standing authorisation. */
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-03-30', '10:00');
    await living.at('2026-04-01', '09:12');
    await living.at('2026-04-02', '09:12');
    living.pushes();
  };
  afterEach(() => living.close());

  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const secretary = (text: string) => living.say('dingtalk', 'dt-shuji', text);
  const told = async (day: string, mark: string) => {
    await living.at(day, '09:12');
    return living.pushes().filter(({ text }) => text.includes(mark));
  };

  test('names nothing restricted, neither by its code nor by its name, and the office hears which word it was', async () => {
    await enter();
    for (const [text, word] of [
      ['1.2.2 专项督查应为1次', '1.2.2'],
      ['第5项 督查应为1次', '第5项'],
      ['廉洁承诺书应为12份', '廉洁承诺书'],
      ['3.1.1 调研应为3天', '调研'],
      ['4.2.3/3 应为8%', '4.2.3/3'],
    ] as const) {
      expect(await office(`更正通报 ${text}`), text).toContain(`“${word}”属限知事项`);
    }
    const inWide = await living.say('leaders', 'off_zhuren', '更正通报 1.2.2 专项督查应为1次');
    expect(inWide).toContain('单聊');
    expect(inWide).not.toContain('限知');
    expect(await secretary('签发通报')).toContain('没有待签发的通报');
    for (const text of ['4.3.2 演练应为3次,督查应为1次', '3.1.1 意见应为6条', '4.3.2 4月18号的演练应为3次']) {
      expect(await office(`更正通报 ${text}`), text).toContain('待组长签发');
    }
  });

  test('goes to the office instead where what it names became restricted after it was put', async () => {
    await enter();
    await office('更正通报 4.3.2 演练应为3次');
    await secretary('签发通报');
    await living.store.db.update(tasks).set({ level: 'office' }).where(eq(tasks.code, '4.3.2'));
    const [withheld, ...more] = await told('2026-04-03', '【更正】');
    expect(more).toEqual([]);
    expect(withheld).toMatchObject({ chat: 'office', text: expect.stringContaining('【未发·更正通报】') });
  });

  test('waits for the secretary, who is told of it, and never lets another bulletin go in its place', async () => {
    await enter();
    await living.at('2026-07-01', '09:12');
    await office('暂缓通报 4.3.2数据有误,还在核');
    living.pushes();
    await office('更正通报 4.3.2 演练应为4次');
    const [asked, ...others] = await told('2026-07-02', '更正待签发');
    expect(others).toEqual([]);
    expect(asked?.text).toContain('【4.3.2】演练应为4次');
    const both = await secretary('签发通报');
    expect(both).toContain('2026年二季度通报、2026年一季度通报的更正都在等待');
    expect(both).toContain('「签发通报 二季度」或「签发通报 一季度」');
    await living.at('2026-07-03', '16:12');
    const [review] = living.pushes().filter(({ text }) => text.includes('每周梳理'));
    expect(review?.text).toContain('一季度通报的更正待组长签发。二季度通报暂缓中,待组长签发。');
    expect(await secretary('签发通报 一季度')).toContain('2026年一季度通报的更正签发');
    const posts = await told('2026-07-06', '【');
    expect(posts.filter(({ text }) => text.includes('【季度通报】'))).toEqual([]);
    expect(posts.filter(({ text }) => text.includes('【更正】'))).toHaveLength(2);
    expect(await secretary('签发通报')).toContain('2026年二季度通报签发');
  });

  test('is of the quarter that is named, else of the last one, and doesn’t say the quarter twice', async () => {
    await enter();
    await living.at('2026-07-01', '09:12');
    await living.at('2026-07-02', '09:12');
    living.pushes();
    for (const text of ['更正通报 一季度', '更正一季度通报', '更正通报 2026年第1季度:']) {
      expect(await office(text), text).toContain('请写明更正内容');
    }
    expect(await office('更正通报 三季度 4.3.2 演练应为3次')).toContain('这一季度的通报尚未发布');
    expect(await office('更正通报 4.3.1季度排查应为3次')).toContain('2026年二季度通报的更正待组长签发');
    expect(await office('更正通报 一季度 4.3.2 演练应为3次')).toContain('2026年一季度通报的更正待组长签发');
    expect(await office('更正通报 4.3.2 演练应为5次')).toContain('2026年二季度通报的更正待组长签发');
    expect(await secretary('签发通报 一季度')).toContain('2026年一季度通报的更正签发');
    expect(await secretary('签发通报')).toContain('2026年二季度通报的更正签发');
    const posts = await told('2026-07-03', '【更正】');
    const texts = posts.filter(({ chat }) => chat === 'system').map(({ text }) => text);
    expect(texts).toEqual([
      expect.stringMatching(/【更正】2026年一季度通报\n【4\.3\.2】演练应为3次。/u),
      expect.stringMatching(/【更正】2026年二季度通报\n【4\.3\.2】演练应为5次。/u),
    ]);
  });

  test('takes the place of one that hasn’t gone out, says so, and isn’t lost with it', async () => {
    await enter();
    expect(await office('更正通报 4.3.2 演练应为3次')).not.toContain('代替');
    expect(await office('更正通报 4.3.2 演练应为4次')).toContain('上次的更正尚未发出,由本次代替');
    await secretary('签发通报');
    const [signed] = await living.store.db.select().from(bulletins);
    if (!signed) throw new Error('there is no bulletin');
    expect(await office('更正通报 4.3.2 演练应为5次')).toContain('上次的更正虽已签发,尚未发出,由本次代替');
    // The look that took the signed one away ends only now.
    await dropCorrection(living.store.db, signed);
    expect(await secretary('签发通报')).toContain('2026年一季度通报的更正签发');
    const posts = await told('2026-04-03', '【更正】');
    expect(new Set(posts.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'system']));
    expect(posts.every(({ text }) => text.includes('演练应为5次'))).toBe(true);
  });
});
