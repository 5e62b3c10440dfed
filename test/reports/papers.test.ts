import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/ledger/plan.ts';
import { entries, indicators, listings, tasks, words } from '../../src/ledger/schema.ts';
import { printSheet } from '../../src/reports/excel/sheet.ts';
import type { Frozen } from '../../src/reports/figures.ts';
import { formal } from '../../src/reports/word/marks.ts';
import { CHARACTER, LINE, SQUEEZED } from '../../src/reports/word/page.ts';
import { CANARY } from '../setup/halfYear.ts';
import type { LivingHouse } from '../setup/house.ts';
import { unzip, wordsIn } from '../setup/zip.ts';
import { dossierIn, type HalfYear, papersOfHalfYear } from './halfYear.ts';

/** 37, 26, 35 and 28 mm in twips. */
const MARGINS = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"';

/**
 * Twips of words in size 12, a digit taking half of a character, with the quarter of one that word processors put between
 * digits and Chinese; and of a cell's own edges.
 */
const widthOf = (words: string): number =>
  [...words].reduce((sum, each) => sum + (/[\d ]/.test(each) ? 120 : 240), 0) +
  60 * [...words.matchAll(/(?<=\d)(?=[^\d ])|(?<=[^\d ])(?=\d)/g)].length;
const EDGES = 160;

describe('the papers of a half year', () => {
  let living: LivingHouse;
  let plan: Plan;
  let figures: Frozen;
  let papers: HalfYear['papers'];
  const wordsOf = (name: string): string => wordsIn(papers.get(name)?.bytes ?? new Uint8Array());

  beforeAll(async () => {
    ({ living, plan, figures, papers } = await papersOfHalfYear());
  }, 120_000);
  afterAll(() => living.close());

  test('have the margins, the lines, the page numbers and the fonts of an official paper, as a draft', () => {
    for (const [name, { bytes }] of papers) {
      if (name.startsWith('ledger')) continue;
      const files = unzip(bytes);
      const body = files.get('word/document.xml') ?? '';
      const across = name === 'annex';
      expect(body.includes(MARGINS), name).toBe(!across);
      expect(body.includes('<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>'), name).toBe(!across);
      expect(body, name).toMatch(/<w:docGrid[^>]*w:linePitch="579"/);
      const styles = files.get('word/styles.xml') ?? '';
      expect(styles, name).toContain('w:line="579" w:lineRule="exact"');
      for (const font of ['仿宋_GB2312', '楷体_GB2312', '黑体', '方正小标宋简体']) {
        expect(styles, `${name}: ${font}`).toContain(font);
        expect(files.get('word/fontTable.xml'), font).toContain(`w:name="${font}"><w:altName`);
      }
      const feet = [...files].filter(([file]) => /word\/footer/.test(file)).map(([, xml]) => xml);
      expect(
        feet.some((xml) => xml.includes('w:val="right"')),
        name,
      ).toBe(true);
      expect(
        feet.some((xml) => xml.includes('w:val="left"')),
        name,
      ).toBe(true);
      expect(feet[0], name).toMatch(/— .*PAGE.* —/s);
      expect(wordsOf(name).includes('代拟稿'), name).toBe(!name.startsWith('volume'));
    }
    // 22 lines of 28 characters in 225 × 156 mm, and not one more.
    const [across, down] = [(156 * 1440) / 25.4, (225 * 1440) / 25.4];
    expect([28 * (CHARACTER + SQUEEZED) <= across, 29 * (CHARACTER + SQUEEZED) <= across]).toEqual([
      true,
      false,
    ]);
    expect([22 * LINE <= down, 23 * LINE <= down]).toEqual([true, false]);
    for (const name of ['bulletin', 'report', 'notice', 'assessment']) {
      expect(wordsOf(name), name).toContain('〔2026〕  号');
      expect(wordsOf(name).includes('签发人'), name).toBe(name === 'report');
      expect(wordsOf(name), name).toContain('2026年  月  日');
    }
  });

  test('tell in the bulletin what another query finds in the entries', async () => {
    const { db } = living.store;
    const [closed] = await db
      .select({ n: sql<number>`count(*)::int` })
      .from(entries)
      .where(and(eq(entries.act, 'verify'), sql`${entries.detail} ->> 'closes' = 'true'`));
    const [listed] = await db
      .select({ n: sql<number>`count(*)::int` })
      .from(listings)
      .innerJoin(tasks, eq(tasks.id, listings.taskId))
      .where(and(sql`${listings.orderedEntryId} is not null`, isNull(listings.liftedEntryId)));
    const [seats] = await db
      .select({ n: sql<number>`sum((${entries.detail} ->> 'value')::numeric)::int` })
      .from(entries)
      .where(and(eq(entries.act, 'progress'), sql`${entries.detail} ->> 'indicator' = '4.2.2/2'`));
    const { all, progress, behind, overdue } = figures.wide.whole;
    expect(closed?.n).toBe(1);
    expect((closed?.n ?? 0) + (listed?.n ?? 0) + progress + behind).toBe(all);
    const words = wordsOf('bulletin');
    expect(words).toContain(
      formal(
        `${all}项任务中,已销号${closed?.n}项,正常推进${progress}项,滞后${behind}项(其中逾期${overdue}项),挂牌督办${listed?.n}项`,
      ),
    );
    expect(seats?.n).toBe(2100);
    expect(words).toContain(`学位${seats?.n}个`);
    expect(words).toContain(formal('【5.1.1】管党治党清单与责任书(机关党委):完成时限2026年3月31日'));
    expect(wordsOf('report')).toContain(formal(`已销号${closed?.n}项,正常推进${figures.whole.progress}项`));
  });

  test('print in the ledger and the forms what the entries alone add up to', async () => {
    const { db } = living.store;
    const told = await db.select().from(entries).where(eq(entries.act, 'progress')).orderBy(entries.id);
    const sums = new Map<string, Map<string, number>>();
    for (const { detail } of told) {
      const { indicator, op, value, period } = detail as {
        [field in 'indicator' | 'op' | 'period']: string;
      } & { value: number };
      const own = sums.get(indicator) ?? new Map<string, number>();
      sums.set(indicator, own.set(period, value + (op === 'add' ? (own.get(period) ?? 0) : 0)));
    }
    const { bytes } = papers.get('ledger office') ?? { bytes: new Uint8Array() };
    const [sheet] = (await readXlsx(bytes)).sheets;
    const rows = (sheet?.rows ?? []).map((row) => row.map(String));
    const counted = await db
      .select({ code: indicators.code, label: indicators.label, unit: indicators.unit })
      .from(indicators)
      .innerJoin(tasks, eq(tasks.id, indicators.taskId))
      .where(and(eq(indicators.kind, 'count'), ne(indicators.subject, 'person'), eq(tasks.duty, false)));
    expect(counted.length).toBeGreaterThan(30);
    for (const { code, label, unit } of counted) {
      const row = rows.find((cells) => cells[3]?.startsWith(`【${code.split('/')[0]}】`));
      if (row?.[3]?.includes('举报')) continue;
      const sum = [...(sums.get(code)?.values() ?? [])].reduce((total, each) => total + each, 0);
      expect(`\n${row?.[8]}`, code).toContain(`\n${formal(`${label}:${sum}${unit},`)}`);
    }
    expect(wordsOf('closeout 4.3.2')).toContain('\n12项\n只统计');
    expect(rows.find((cells) => cells[3]?.includes('举报'))?.[8]).toBe('按规定另行保管');
    const closed = told.length > 0 ? rows.filter((cells) => cells[9]?.startsWith('已销号')) : [];
    expect(closed.map((cells) => cells[11])).toEqual(['2026年5月13日']);
    expect(wordsOf('assessment')).toContain(formal('42项任务中,已销号1项'));
    expect(wordsOf('pack')).toMatch(/42项任务中已销号1项.*，挂牌督办1项（其中逾期1项），四类合计42项/);
    expect(wordsOf('bulletin')).toContain('\n1\n逾期1\n');
  });

  test('never show what is restricted, or a person’s own figure, where everybody reads', () => {
    for (const [name, { open }] of papers) {
      if (open) expect(wordsOf(name), name).not.toContain(CANARY);
      if (open) expect(wordsOf(name), name).not.toMatch(/1\.2\.2|政治纪律台账/);
      expect(wordsOf(name), name).not.toMatch(/受理\+|受理:|受理\uff1a/);
    }
    expect(wordsOf('volume restricted')).toContain(CANARY);
    expect(wordsOf('annex')).toContain('政治纪律台账');
    for (const name of ['bulletin', 'report', 'volume open', 'volume restricted']) {
      expect(wordsOf(name), name).not.toContain('专项监督与举报办理');
    }
  });

  test('name in an order on what it rests, how things stand and by when, each with its entry', async () => {
    const order = wordsOf('order');
    const { entries: all } = await dossierIn(living.store.db, plan, '5.1.1');
    const seq = (act: string) => all.find((each) => each.act === act)?.seq;
    for (const part of [
      `2026年4月8日,整改办提请列为挂牌督办事项(台账记录第${seq('list')}号)。理由:责任书逾期未签齐。`,
      `2026年4月8日,组长批准(台账记录第${seq('order')}号)。`,
      '责任书:17/20(85%)',
      `未同意,台账记录第${seq('refuse')}号`,
      '已逾期62个工作日',
      '2026年5月29日',
    ]) {
      expect(order).toContain(formal(part));
    }
  });

  test('hold in a close-out form the standard point by point, its evidence, and each step', async () => {
    const closed = wordsOf('closeout 1.1.2');
    expect(closed).toContain('考核办法');
    for (const step of ['分管领导审核', '整改办核验', '组长批准']) expect(closed).toContain(step);
    const { entries: all } = await dossierIn(living.store.db, plan, '1.1.2');
    const [, verified] = all.filter(({ act }) => act === 'verify');
    expect(closed).toContain(formal('对照标准1项,达到1项;已登记佐证1件,申请销号。'));
    expect(closed).toContain('核验通过。原件已核。');
    expect(closed).toContain(formal(`${verified?.name},2026年5月13日(台账记录第${verified?.seq}号)。`));
    const insisted = wordsOf('closeout 4.3.2');
    expect(insisted).toContain(formal('演练差3次'));
    expect(insisted).toContain('演练简报');
    expect(insisted).toContain(formal('对照标准3项,达到0项;已登记佐证1件,缺项随申请一并报送,申请销号。'));
    expect(insisted).toContain(formal('说明:督查余项暑期完成。'));
  });

  test('quote nobody’s command: what was done, by whom and why is told as an office writes it', async () => {
    const typed = await living.store.db.select({ text: words.text }).from(words);
    const commands = typed.map(({ text }) => text).filter((text) => /\d\.\d\.\d/.test(text));
    expect(commands.length).toBeGreaterThan(20);
    for (const [name] of papers) {
      const paper = wordsOf(name);
      for (const text of commands) {
        expect(paper, name).not.toContain(text);
        expect(paper, name).not.toContain(formal(text));
      }
      expect(paper, name).not.toContain('@');
    }
  });

  test('prepare a meeting: who reports and why, what is to be decided, what was decided before', () => {
    const pack = wordsOf('pack');
    for (const part of ['【5.1.1】机关党委', '暑期前各校再查一遍', '签到和请假表', '请假情况'])
      expect(pack).toContain(part);
    expect(pack).not.toContain('一、请假情况');
    expect(pack).toMatch(/\n摘牌\n5\.1\.1\n管党治党清单与责任书\n（提请摘牌）\n/);
    const notice = wordsOf('notice');
    expect(notice).toContain(formal('2026年7月31日(星期五)15:00'));
    expect(notice).toContain(formal('经研究,定于2026年7月31日召开'));
    expect(notice).not.toMatch(/近日|电话/);
  });

  test('name each task of a meeting in one class, and all of them as the bulletin counts them', async () => {
    const classes = ['pack', 'annex'].flatMap((name) => [
      ...wordsOf(name).matchAll(/\n(挂牌督办|逾期|滞后)\n+(\d\.\d\.\d)\n/g),
    ]);
    const codes = classes.map(([, , code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const of = (name: string) => classes.filter(([, each]) => each === name).length;
    const { all, closed, progress, behind, overdue, listed } = figures.whole;
    expect(of('挂牌督办')).toBe(listed);
    expect(of('逾期')).toBe(overdue);
    expect(of('逾期') + of('滞后')).toBe(behind);
    expect(closed + listed + behind + progress).toBe(all);
    const open = [...wordsOf('pack').matchAll(/\n(挂牌督办|逾期|滞后)\n+\d\.\d\.\d\n/g)].length;
    const onTable = figures.wide.whole.behind + figures.wide.whole.listed;
    const apart = onTable - open;
    expect(wordsOf('pack')).toContain(
      formal(`挂牌督办和滞后的${onTable}项中,${open}项列入本材料,${apart}项由整改办单独报告`),
    );
  });

  test('print the ledger across on A3, grouped, its head on each page, all of it as text', async () => {
    const { bytes } = papers.get('ledger office') ?? { bytes: new Uint8Array() };
    const [sheet] = (await readXlsx(bytes)).sheets;
    expect(sheet?.pageSetup).toMatchObject({
      paperSize: 'a3',
      orientation: 'landscape',
      fitToWidth: 1,
      printTitlesRow: '$3:$3',
    });
    expect(sheet?.rows.filter(([serial]) => /^\d+$/.test(String(serial)))).toHaveLength(42);
    for (const column of [1, 2]) {
      expect(sheet?.merges).toContainEqual({ startRow: 3, endRow: 5, startCol: column, endCol: column });
    }
    expect(wordsOf('ledger office')).toContain('2026年12月31日');
    expect(unzip(bytes).get('xl/styles.xml')).toContain('仿宋');
    const system = wordsOf('ledger system');
    expect(system).toContain('由整改办单独管理');
    const typed = await printSheet({
      ...{ name: '表', title: '', below: '', lines: ['=1+1', '+cmd'] },
      columns: [{ head: '原话', width: 10, of: (line: string) => line }],
    });
    expect([...unzip(typed).values()].join()).not.toContain('<f>');
    expect((await readXlsx(typed)).sheets[0]?.rows[3]?.[0]).toBe('=1+1');
  });

  test('leave no table without rows, and break neither a day nor a record’s number in two', () => {
    for (const [name, { bytes }] of papers) {
      if (name.startsWith('ledger')) continue;
      const body = unzip(bytes).get('word/document.xml') ?? '';
      for (const [table] of body.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)) {
        const rows = [...table.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => row);
        expect(rows.length, name).toBeGreaterThan(/<w:tblHeader\/>/.test(rows[0] ?? '') ? 1 : 0);
        const widths = [...table.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
        for (const row of rows) {
          const cells = row.split('</w:tc>').map((cell) => cell.replaceAll(/<[^>]+>/g, ''));
          cells.forEach((words, at) => {
            if (!/^(?:第\d+号|\d{4}年\d+月\d+日)$/.test(words)) return;
            expect(widthOf(words), `${name}: ${words}`).toBeLessThanOrEqual((widths[at] ?? 0) - EDGES);
          });
        }
      }
    }
  });
});
