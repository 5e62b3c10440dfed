import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { accounts, people, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('whose turn it is ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async (day = '2026-11-17') => {
    living = await openLivingHouse(await open(), day, '10:30');
    await living.at(day, '10:31');
    living.pushes();
    return living;
  };
  afterEach(() => living.close());

  let minute = 31;
  /** Who is written to at the next look, and the task and the deed that each is told. */
  async function letters(): Promise<string[][]> {
    minute += 1;
    await living.at('2026-11-17', `10:${minute}`);
    return living.pushes().map(({ chat, text }) => [chat, text]);
  }
  const told = (...parts: string[]) => expect.stringMatching(new RegExp(parts.join('[\\s\\S]*')));

  test('is told one to one at each step of a close-out, and to who asked at its end', async () => {
    const { say } = await enter();
    await say('leaders', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    expect(await letters()).toEqual([
      ['ldr_anquan', told('待您办理', '【4.3.2】.*申请销号\\(坚持申请,附缺项\\),现待分管领导审核')],
    ]);
    await say('leaders', 'ldr_anquan', '退回 4.3.2 督查还差一次');
    expect(await letters()).toEqual([
      [
        'sec_anquan',
        told('办理结果', '分管领导审核未通过,退回继续整改。理由:「督查还差一次」', '【无需回复】'),
      ],
    ]);
    await say('leaders', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await letters();
    await say('leaders', 'ldr_anquan', '同意销号 4.3.2');
    expect(await letters()).toEqual([['off_zhuren', told('【4.3.2】', '现待整改办核验')]]);
    await say('office', 'off_gongzuo', '核验通过 4.3.2');
    expect(await letters()).toEqual([['ldr_shuji', told('【4.3.2】', '现待组长批准')]]);
    await say('leaders', 'ldr_shuji', '批准销号 4.3.2');
    expect(await letters()).toEqual([['sec_anquan', told('办理结果', '组长批准,11月17日销号')]]);
    await say('office', 'off_zhuren', '回头看 4.3.2 反弹 两家学校复查不合格');
    const relapse = told('【4.3.2】.*回头看:反弹,重新推进', '情况:「两家学校复查不合格」', '【无需回复】');
    expect((await letters()).toSorted(([one = ''], [other = '']) => one.localeCompare(other))).toEqual([
      ['ldr_anquan', relapse],
      ['sec_anquan', relapse],
    ]);
  });

  test('is told each time that it comes round, however soon, in words that the platform shows anew', async () => {
    const { say } = await enter();
    const ask = () => say('office', 'off_zhuren', '挂牌 3.2.1 细则未定');
    const back = () => say('office', 'off_zhuren', '撤回');
    const heard: unknown[] = [];
    for (const each of [ask, back, ask, back, ask]) {
      await each();
      await living.look();
      heard.push(...living.pushes().map(({ chat, text }) => [chat, text]));
    }
    expect(heard).toEqual([
      ['ldr_shuji', told('拟挂牌督办', '同意挂牌 3.2.1')],
      ['ldr_shuji', told('不必办理')],
      ['ldr_shuji', told('拟挂牌督办', '本条10:\\d\\d提出。')],
      ['ldr_shuji', told('不必办理', '本条10:\\d\\d提出。')],
      ['ldr_shuji', told('拟挂牌督办', '本条10:\\d\\d:00提出。')],
    ]);
  });

  test('is told as well to who proposed a listing that is not ordered, and to nobody else', async () => {
    const { say } = await enter();
    await say('office', 'off_zhuren', '挂牌 3.2.1 细则未定');
    await letters();
    await say('leaders', 'ldr_shuji', '不同意挂牌 3.2.1');
    expect(await letters()).toEqual([['off_zhuren', told('【3.2.1】.*不同意挂牌。', '【无需回复】')]]);
  });

  test('of several approved at a meeting is answered a line each, and told to each who asked', async () => {
    const { say } = await enter();
    for (const [user, task] of [
      ['sec_bangongshi', '3.2.1'],
      ['sec_renshi', '4.1.1'],
      ['sec_dangwei', '5.1.1'],
    ] as const) {
      await say('wecom', user, `坚持申请 ${task} 佐证随后补`);
    }
    expect((await letters()).map(([chat]) => chat)).toEqual(['sec_jiwei', 'ldr_renshi', 'off_zhuren']);
    await say('wecom', 'ldr_renshi', '同意销号 4.1.1');
    await say('wecom', 'sec_jiwei', '核验通过 3.2.1');
    await say('office', 'off_zhuren', '核验通过 4.1.1 5.1.1');
    await letters();
    const answer = await say('leaders', 'ldr_shuji', '批准销号 3.2.1 4.1.1 5.1.1 6.2.1');
    expect((answer ?? '').split('\n').map((line) => line.trim())).toEqual([
      '已记录【3.2.1】修订议事规则规范三重一大:组长批准,11月17日销号。',
      '已记录【4.1.1】高质量考核办法与容错激励:组长批准,11月17日销号。',
      '已记录【5.1.1】管党治党清单与责任书:组长批准,11月17日销号。',
      '【6.2.1】没有待办的销号申请。',
    ]);
    expect(new Set((await letters()).map(([chat]) => chat))).toEqual(
      new Set(['sec_bangongshi', 'sec_dangwei', 'sec_renshi']),
    );
  });

  test('of an extension, a listing and a follow-up is told the same way', async () => {
    const { say } = await enter();
    await say('leaders', 'sec_anquan', '延期 4.3.2 至 12月31日 等待场地');
    expect(await letters()).toEqual([]);
    await say('dangwei', 'sec_dangwei', '延期 5.1.1 至 12月18日 余3家正在签订');
    expect(await letters()).toEqual([
      ['ldr_shuji', told('申请延期:3月31日→12月18日\\(逾期后申请\\)', '同意延期 5.1.1')],
    ]);
    await say('office', 'off_zhuren', '不同意延期 5.1.1 请按原时限');
    expect(await letters()).toEqual([['sec_dangwei', told('不同意延期', '理由:「请按原时限」')]]);
    await say('office', 'off_zhuren', '挂牌 5.1.1 责任书未签齐');
    expect(await letters()).toEqual([['ldr_shuji', told('拟挂牌督办', '同意挂牌 5.1.1')]]);
    await say('leaders', 'ldr_shuji', '同意挂牌 5.1.1');
    expect(await letters()).toEqual([['sec_dangwei', told('经批准列为挂牌督办事项')]]);
    await say('office', 'off_zhuren', '议定 4.3.2 隐患逐校过一遍 12月10日前');
    expect(await letters()).toEqual([['sec_anquan', told('【议定】【4.3.2】', '议定 4.3.2 已办结')]]);
  });

  test('stands in the section’s group where nothing else reaches its chief, if the group may read of it', async () => {
    const { say, store } = await enter();
    const { db } = store;
    const [chief] = await db.select().from(people).where(eq(people.name, '机关党委专职副书记'));
    await db.delete(accounts).where(eq(accounts.personId, chief?.id ?? 0));
    await say('office', 'off_zhuren', '议定 5.1.1 余3家逐家签订 12月10日前');
    await say('office', 'off_zhuren', '挂牌 5.1.1 责任书未签齐');
    await say('leaders', 'ldr_shuji', '同意挂牌 5.1.1');
    const posts = (await letters()).filter(([chat]) => chat === 'dangwei' || chat === 'office');
    // Both have waited for this look, and are one post.
    expect(posts).toEqual([
      [
        'dangwei',
        told(
          ...['^【整改提示】待机关党委专职副书记办理', '【议定】【5.1.1】', '议定 5.1.1 已办结'],
          ...['【整改提示】办理结果\\(机关党委专职副书记\\)', '经批准列为挂牌督办事项'],
        ),
      ],
    ]);
    await db.update(tasks).set({ level: 'office' }).where(eq(tasks.code, '5.1.1'));
    await say('office', 'off_zhuren', '摘牌 5.1.1 已签齐');
    await say('wecom', 'ldr_shuji', '同意摘牌 5.1.1');
    expect((await letters()).filter(([chat]) => chat === 'dangwei')).toEqual([]);
    await living.at('2026-11-18', '08:42');
    expect(living.pushes().find(({ chat }) => chat === 'office')?.text).toContain(
      '未能送达:机关党委专职副书记',
    );
  });

  test('waits out the night, and is never told of what the reader may not know', async () => {
    const { say } = await enter();
    await living.at('2026-11-17', '19:00');
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await living.at('2026-11-17', '19:01');
    expect(living.pushes()).toEqual([]);
    await living.at('2026-11-18', '08:31');
    expect(living.pushes().map(({ chat }) => chat)).toEqual(['ldr_anquan']);
  });

  test.each([
    ['2026-09-30', '2026-10-08'],
    ['2026-02-14', '2026-02-24'],
  ])('waits out the days off between %s and %s, however many', async (eve, back) => {
    const { say } = await enter(eve);
    await living.at(eve, '17:40');
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('office', 'off_zhuren', '议定 5.1.1 逐家签订 12月10日前');
    living.pushes();
    await living.at(back, '08:31');
    const asked = living.pushes().map(({ chat, text }) => [chat, text]);
    expect(asked).toContainEqual(['ldr_anquan', told('待您办理', '【4.3.2】')]);
    expect(asked).toContainEqual(['sec_dangwei', told('【议定】【5.1.1】')]);
  });

  test('and is not told in the morning of what was decided or taken back in the evening', async () => {
    const { say } = await enter();
    await living.at('2026-11-17', '19:00');
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('wecom', 'ldr_anquan', '退回 4.3.2 督查还差一次');
    await say('wecom', 'sec_dangwei', '延期 5.1.1 至 12月18日 余3家正在签订');
    await say('wecom', 'sec_dangwei', '撤回');
    await say('office', 'off_zhuren', '挂牌 3.2.1 细则未定');
    await say('leaders', 'ldr_shuji', '不同意挂牌 3.2.1');
    await say('office', 'off_zhuren', '议定 4.3.1 隐患逐校过一遍 12月10日前');
    await say('office', 'off_zhuren', '议定 4.3.1 已办结');
    await say('wecom', 'sec_renshi', '坚持申请 4.1.1 佐证随后补');
    await say('wecom', 'ldr_renshi', '同意销号 4.1.1');
    await living.at('2026-11-18', '08:31');
    const asks = living.pushes().filter(({ text }) => text.includes('待您办理'));
    expect(asks.map(({ chat, text }) => [chat, text])).toEqual([
      ['off_zhuren', told('【4.1.1】.*现待整改办核验')],
    ]);
  });

  test('is told at once, not at the full minute, while the house keeps its own beat', async () => {
    const { say, house, pushes } = await enter();
    house.beat.start();
    await house.beat.look();
    await say('leaders', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await expect.poll(() => pushes().map(({ chat }) => chat), { timeout: 20_000 }).toEqual(['ldr_anquan']);
  });

  test('and whoever owns what may not be shown even to them alone is told of the rest by 我的', async () => {
    const { say } = await enter();
    expect(await say('wecom', 'sec_dangwei', '我的')).toContain('【5.1.1】');
    expect(await say('wecom', 'sec_dangwei', '我的')).not.toContain('【2.1.2】');
    expect(await say('dangwei', 'sec_dangwei', '我的')).toContain('全部事项已私信您。');
  });
});
