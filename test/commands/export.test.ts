import { and, isNull, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { letters, papers } from '../../src/ledger/schema.ts';
import { formal } from '../../src/reports/word/marks.ts';
import { CANARY, liveHalfYear } from '../setup/halfYear.ts';
import type { LivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';
import { wordsIn } from '../setup/zip.ts';

const notYours = /请与整改办联系|请转整改办|不由整改办登记或办理/;

describe.each(stores)('papers asked for in chat ($kind)', ({ open }) => {
  let living: LivingHouse;
  let seen = 0;

  /** The files that have come since the last time, with whom they came to. */
  const files = () => {
    const all = [...living.wecom.lines(), ...living.dingtalk.lines()].filter((line) => line.enclosed);
    const fresh = all.slice(seen);
    seen = all.length;
    return fresh.map(({ chat, enclosed }) => ({
      to: 'single' in chat ? chat.single : chat.group,
      name: enclosed?.name ?? '',
      words: enclosed ? wordsIn(enclosed.bytes) : '',
    }));
  };
  /** Words and each file leave one after the other, so many of them a minute. */
  const look = async () => {
    for (let minutes = 0; minutes < 5; minutes++) {
      living.clock.move(60_000);
      await living.house.beat.look();
    }
    return files();
  };
  const office = (words: string) => living.say('wecom', 'off_zhuren', words);
  const secretary = (words: string) => living.say('wecom', 'ldr_shuji', words);

  beforeAll(async () => {
    living = (await liveHalfYear(await open())).living;
    await living.at('2026-07-02', '09:30');
  }, 120_000);
  afterAll(() => living.close());

  test('come as files to the asker alone, wherever they were asked for', async () => {
    expect(await office('导出 台账')).toContain('已生成整改台账2026-07-02(限知).xlsx');
    const [ledger, ...more] = await look();
    expect(more).toEqual([]);
    expect(ledger).toMatchObject({ to: 'off_zhuren', name: '整改台账2026-07-02(限知).xlsx' });
    expect(ledger?.words).toContain('【1.2.2】');
    expect(await living.say('office', 'off_zhuren', '导出 二季度通报')).toContain('已私信您');
    const [bulletin] = await look();
    expect(bulletin).toMatchObject({ to: 'off_zhuren', name: '2026年二季度整改进展情况通报(代拟稿).docx' });
    expect(bulletin?.words).not.toContain(CANARY);
    for (const [words, name] of [
      ['督办单 5.1.1', '整改事项督办单(5.1.1).docx'],
      ['4.3.2 销号审批单', '整改任务销号审批单(4.3.2).docx'],
      ['导出 二季度汇报', '2026年二季度整改情况汇报(代拟稿).docx'],
    ]) {
      expect(await office(words ?? ''), words).toContain(name);
      expect(
        (await look()).map((each) => each.name),
        words,
      ).toEqual([name]);
    }
    await office('导出 考核');
    expect((await look()).map((each) => each.name)).toEqual([
      '2026年度整改考核情况(代拟稿).docx',
      '考核台账2026-07-01(限知).xlsx',
    ]);
    expect(await office('导出 会议材料')).toContain('限知附件');
    expect(await look()).toHaveLength(3);
    // WeCom shows the same file to the same person once in half an hour.
    living.clock.move(30 * 60_000);
    for (const [words, name] of [
      ['考核', '考核台账2026-07-01(限知).xlsx'],
      ['会议材料', '7月调度会材料(代拟稿).docx'],
      ['考核 2026-03-31', '考核台账2026-03-31(限知).xlsx'],
      ['导出 台账 3月31日', '整改台账2026-03-31(限知).xlsx'],
    ] as const) {
      await office(words);
      expect(
        (await look()).map((each) => each.name),
        words,
      ).toContain(name);
    }
    await office('导出 结转清单');
    const [carried] = await look();
    expect(carried?.words).toContain(formal('数据截至2026年7月1日24时,共41项;编号'));
    expect(carried?.words).toContain('2026年3月31日');
    expect(carried?.words).not.toMatch(/2026-|[(,;:]/);
  });

  test('are nobody else’s to ask for, and only what there is', async () => {
    for (const user of ['sec_dangwei', 'clk_anquan', 'ldr_anquan', 'sec_jiwei']) {
      expect(await living.say('wecom', user, '导出 台账'), user).toMatch(notYours);
      expect(await living.say('wecom', user, '督办单 5.1.1'), user).toMatch(notYours);
    }
    expect(await office('督办单 4.3.2')).toContain('没有挂牌督办');
    for (const paper of ['督办单', '审批单'])
      expect(await living.say('leaders', 'off_zhuren', `${paper} 3.3.2`)).toMatch(/^该事项请在与我的单聊中/);
    expect(await office('导出 四季度通报')).toContain('没有这一季度的数据');
    expect(await office('导出')).toContain('导出后可写');
    for (const day of ['2025-12-31', '2026-07-02']) {
      expect(await office(`导出 台账 ${day}`), day).toContain('没有可导出的数据');
    }
    expect(await office('台账 2026-03-31')).toContain('导出 台账 2026-06-30');
    expect(await look()).toEqual([]);
  });

  test('a file goes out when the secretary has agreed, restricted matters in a volume of their own', async () => {
    expect(await office('调卷 5.1.1')).toContain('文号…');
    const call = '文号市纪函〔2026〕5号 调阅单位市纪委监委 经办人张某';
    expect(await living.say('leaders', 'off_zhuren', `调卷 全部 ${call}`)).toContain('单聊');
    const asked = await office(`调卷 全部 ${call}`);
    expect(asked).toContain('全部任务,市纪委监委,市纪函〔2026〕5号,经办人张某');
    const number = /第(\d+)号/.exec(asked ?? '')?.[1];
    expect(await living.say('wecom', 'ldr_anquan', `同意调卷 ${number}`)).toMatch(notYours);
    expect(await office(`同意调卷 ${number}`)).toMatch(notYours);
    await living.at('2026-07-02', '11:12');
    expect(await look()).toEqual([]);
    const later = '4.3.1 7月排查1次 佐证:七月排查记录(科内卷9)';
    expect(await living.say('dingtalk', 'dt-anquan', later)).toContain('已记录');
    expect(await secretary('同意调卷 999')).toContain('没有待批准的调卷第999号');
    expect(await secretary('同意调卷')).toContain(`调卷第${number}号:同意调卷`);
    expect(await secretary('同意调卷')).toContain('没有待批准的调卷申请');
    await living.at('2026-07-02', '15:12');
    const volumes = await look();
    expect(volumes.map(({ to }) => to)).toEqual(['off_zhuren', 'off_zhuren']);
    const [wide, narrow] = volumes;
    expect(wide?.words).not.toContain(CANARY);
    expect(narrow?.words).toContain(CANARY);
    for (const each of volumes) {
      expect(each.words).toContain('市纪函〔2026〕5号');
      expect(each.words).not.toContain('七月排查记录');
      expect(each.words).not.toMatch(/受理\+7|专项监督与举报办理/);
    }
    await living.at('2026-07-02', '16:42');
    expect(await look()).toEqual([]);
  });

  test('a request that has been decided is not brought to the secretary any more, and is one to answer before', async () => {
    await office('调卷 5.1.1 文号市纪函〔2026〕6号 调阅单位市纪委监委 经办人张某');
    await secretary('不同意调卷 请先面谈');
    living.pushes();
    await look();
    expect(
      living
        .pushes()
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('申请调卷');
    await office('调卷 5.1.1 文号市纪函〔2026〕6号 调阅单位市纪委监委 经办人张某');
    await look();
    const asked = living.pushes().find(({ text }) => text.includes('申请调卷'));
    expect(asked?.text).toContain('待您办理');
    expect(asked?.text).not.toContain('无需回复');
    await secretary('不同意调卷 请先面谈');
    await look();
  });

  test('a paper that could not leave for so long is told as lost to who asked for it', async () => {
    await office('导出 结转清单');
    await living.store.db
      .update(letters)
      .set({ state: 'expired', endedAt: living.clock.now() })
      .where(and(like(letters.key, 'export:%'), isNull(letters.endedAt)));
    living.pushes();
    await living.at('2026-07-03', '11:12');
    expect(living.pushes().find(({ chat }) => chat === 'off_zhuren')?.text).toMatch(
      /所要的结转清单2026-07-01\(限知\)\.xlsx没有送达.*再发一次/,
    );
    await living.at('2026-07-03', '15:12');
    expect(
      living
        .pushes()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('没有送达');
  });

  test('of the secretary is of the quarter that is over until it has been made', async () => {
    expect(await office('导出 汇报')).toContain('2026年二季度整改情况汇报');
    await office('G2 6月30日汇报+1 佐证:汇报材料(局档案室)');
    expect(await office('导出 汇报')).toContain('2026年三季度整改情况汇报');
    await look();
  });

  test('a file that is refused is told to who asked, and informants’ reports are never called', async () => {
    const call = '文号市委巡函3号 调阅单位市委巡察办 经办人李某';
    expect(await office(`调卷 3.3.2 ${call}`)).toContain('不入卷');
    const asked = await office(`调卷 4.3.2 ${call} 截至6月30日`);
    expect(asked).toMatch(/经办人李某。\s+卷内数据截至6月30日24:00/);
    living.pushes();
    expect(await secretary('不同意调卷 请先面谈')).toContain('不同意调卷');
    await look();
    expect(living.pushes().some(({ chat, text }) => chat === 'off_zhuren' && text.includes('未获批准'))).toBe(
      true,
    );
  });

  test('what was handed out stands in the ledger, and the ledger holds', async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    const kept = await living.store.db.select({ kind: papers.kind, level: papers.level }).from(papers);
    expect(kept.filter(({ kind }) => kind === 'file').map(({ level }) => level)).toEqual([
      'system',
      'office',
    ]);
  });

  test('are of the day or the quarter that the words name, however they name it', async () => {
    for (const [words, name] of [
      ['导出 台账 一季度', '整改台账2026-03-31(限知).xlsx'],
      ['导出 二季度台账', '整改台账2026-06-30(限知).xlsx'],
      ['导出 台账 2026年5月底', '整改台账2026-05-31(限知).xlsx'],
      ['今天把4月的台账导出给我', '整改台账2026-04-30(限知).xlsx'],
      ['导出 台账 昨天', '整改台账2026-07-02(限知).xlsx'],
      ['导出 台账 6-30', '整改台账2026-06-30(限知).xlsx'],
      ['导出 2026年台账', '整改台账2026-07-03(限知).xlsx'],
      ['导出 局党组整改台账', '整改台账2026-07-03(限知).xlsx'],
      ['考核 上半年', '考核台账2026-06-30(限知).xlsx'],
      ['导出 上季度通报', '2026年二季度整改进展情况通报(代拟稿).docx'],
      ['导出 7月会议材料', '7月调度会材料(代拟稿).docx'],
    ] as const) {
      expect(await office(words), words).toContain(name);
    }
  });

  test('that would be of something else than was asked for aren’t made', async () => {
    for (const [words, why] of [
      ['导出 台账 四季度', '没有可导出的数据'],
      ['导出 台账 3月31日和6月30日', '一次只能导出一个日期'],
      ['导出 台账 4.3.2', '其余文件都是整本的'],
      ['导出 台账 安全管理科', '其余文件都是整本的'],
      ['导出 逾期台账', '其余文件都是整本的'],
      ['导出 通报 上半年', '不是一个季度'],
      ['导出 6月会议材料', '没有“6月”的'],
      ['导出 结转清单 一季度', '只按7月2日的数据生成'],
    ] as const) {
      const answer = await office(words);
      expect(answer, words).toContain(why);
      expect(answer, words).not.toContain('已生成');
    }
  });
});
