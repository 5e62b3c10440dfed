import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/ledger/entries/audit.ts';
import type { Plan } from '../../src/ledger/plan.ts';
import { fileRequests } from '../../src/ledger/schema.ts';
import { accountAsOf } from '../../src/ledger/views/asOf.ts';
import { printedAsOf } from '../../src/ledger/views/printed.ts';
import { fileContentsOf } from '../../src/ledger/views/volumes.ts';
import type { Draft } from '../../src/reports/word/draft.ts';
import { formal } from '../../src/reports/word/marks.ts';
import { render } from '../../src/reports/word/render.ts';
import { volumeOf } from '../../src/reports/word/volume.ts';
import type { LivingHouse } from '../setup/house.ts';
import { unzip, wordsIn } from '../setup/zip.ts';
import { deskAt, open, ownPlan } from '../workbook/desk.ts';
import { dossierIn, type HalfYear, lineOf, papersOfHalfYear } from './halfYear.ts';

describe('the file that somebody asks for after a half year', () => {
  let living: LivingHouse;
  let plan: Plan;
  let verdict: Verdict;
  let papers: HalfYear['papers'];
  let stood: HalfYear['stood'];
  const bytesOf = (range: 'open' | 'restricted') => papers.get(`volume ${range}`)?.bytes ?? new Uint8Array();
  const wordsOf = (range: 'open' | 'restricted'): string => wordsIn(bytesOf(range));

  beforeAll(async () => {
    ({ living, plan, verdict, papers, stood } = await papersOfHalfYear());
  }, 120_000);
  afterAll(() => living.close());

  test('puts together: what is asked, who answered when, every entry, and that nothing was changed', async () => {
    const words = wordsOf('open');
    expect(words).toContain('市纪函〔2026〕5号');
    expect(words).toMatch(/台账共\d+条记录前后相接/);
    const { entries: all } = await dossierIn(living.store.db, plan, '5.1.1');
    expect(all.length).toBeGreaterThan(5);
    const own = words.slice(words.indexOf('【5.1.1】'), words.indexOf('【5.2.1】'));
    for (const { seq } of all) expect(own).toContain(`第${seq}号`);
    expect(own).toContain('责任领导\uff1a党组书记\uff0c自2026年1月5日起');
    // Its order is bound in behind it, with the task as it stood when it was signed.
    const order = own.slice(own.indexOf('整改事项督办单'));
    expect(order).toContain('截至2026年4月8日10时');
    expect(order).toContain('已逾期5个工作日');
    expect(order).toContain(formal('理由:责任书逾期未签齐。'));
    expect(order).toContain(formal('整改办提请摘牌,2026年6月17日'));
    const closed = words.slice(words.lastIndexOf('【1.1.2】出台'), words.lastIndexOf('【1.1.3】'));
    expect(closed).toContain('核验通过。原件已核。');
    const listed = all.find(({ act }) => act === 'order')?.seq;
    expect(words).toContain(formal(`整改事项督办单(2026年4月8日批准,台账记录第${listed}号)`));
    expect(own).toContain('机关党委负责人\uff1a机关党委专职副书记\uff0c自2026年1月5日起');
    expect(own).toContain('余三家拟于4月17日前签订');
    expect(own).toContain(formal('完成时限:2026年3月31日;当时推进中,已逾期62个工作日,挂牌督办中。'));
    // A task of persons' matters alone tells whether they are done, and not by an empty table.
    expect(words).toMatch(/\n政治任务\n每人全年1项\n推进中\n未达到\n/);
    expect(words).toContain(formal('限知事项另立分卷,专人送达。'));
    expect(wordsOf('restricted')).not.toContain('另立分卷');
  });

  test('says in its catalogue on which page each task and each form begins', () => {
    const xml = unzip(bytesOf('open')).get('word/document.xml') ?? '';
    const pages = [...xml.matchAll(/PAGEREF (\w+)/g)].map(([, anchor]) => anchor);
    const anchors = [...xml.matchAll(/<w:bookmarkStart w:name="(\w+)"/g)].map(([, anchor]) => anchor);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages).toEqual(anchors);
  });

  test('shows the plan of an earlier day as it stood then, whatever was changed since', async () => {
    const { db } = living.store;
    await ownPlan(living.store);
    living.clock.move(60_000);
    const desk = deskAt(living.store, {}, living.clock);
    const book = await open(await desk.export());
    book.set('任务', '6.1.1', '完成时限', '2026年10月31日');
    book.set('任务', '6.1.1', '责任领导', '党组书记');
    book.set('任务', '5.1.1', '责任科室', '人事科');
    book.set('指标', '4.3.2/1', '目标', 9);
    expect((await desk.import(await book.save())).code).toBe(0);
    const history = await living.say('wecom', 'off_zhuren', '记录 6.1.1');
    expect(history).toMatch(/方案调整 整改办\(工作簿导入\):「/);
    for (const [day, then] of stood) {
      const { survey: seen, reworded } = await accountAsOf(db, plan, day);
      expect(seen.tasks.map(lineOf), day).toEqual(then);
      expect(
        seen.tasks.flatMap(({ indicators }) => indicators).find(({ code }) => code === '4.3.2/1')?.target,
      ).toBe(8);
      expect(reworded).toEqual([]);
    }
    const [request] = await db.select().from(fileRequests);
    if (!request) throw new Error('no file was asked for');
    const again = await fileContentsOf(db, plan, request);
    const volume = volumeOf(plan, { ...again, verdict }, 'open', living.clock.now());
    expect(volume && wordsIn(await render(volume))).toBe(wordsOf('open'));
    await living.say('wecom', 'off_zhuren', '调卷 6.1.1 文号市纪函〔2026〕6号 调阅单位市纪委监委 经办人张某');
    const [, later] = await db.select().from(fileRequests).orderBy(fileRequests.id);
    if (!later) throw new Error('no file was asked for');
    const contents = await fileContentsOf(db, plan, {
      ...later,
      decidedEntryId: later.askedEntryId,
    });
    const tenures = wordsIn(await render(volumeOf(plan, contents, 'open', living.clock.now()) as Draft));
    expect(tenures).toContain('责任领导\uff1a分管纪检法规副局长\uff0c自2026年1月5日起至2026年7月1日');
    expect(tenures).toContain('责任领导\uff1a党组书记\uff0c自2026年7月1日起');
    const early = await printedAsOf(db, plan, await accountAsOf(db, plan, '2026-03-26'), 'office');
    const of = (code: string) => early.tasks.find(({ task }) => task.code === code);
    expect(of('6.1.1')).toMatchObject({ moves: [], task: { deadline: '2026-06-30' } });
    expect(of('1.1.2')).toMatchObject({ evidence: [], lookbacks: [], task: { state: 'pending' } });
    expect(of('5.1.1')?.task).toMatchObject({ section: '机关党委', listed: null });
  });
});
