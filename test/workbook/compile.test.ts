import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { expect, test } from 'vitest';
import { readPlan } from '../../src/ledger/plan/read.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { draftOf, reportOf } from '../../src/workbook/compile/report.ts';
import { textOf } from '../../src/workbook/compile/text.ts';
import { compilePlan } from '../../src/workbook/compile.ts';
import { stores } from '../setup/stores.ts';
import { deskAt, open } from './desk.ts';
import { type Expected, score } from './score.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'plans', name));
const compiled = (name: string) => compilePlan(read(`${name}.txt`).toString(), '2026-03-02');
interface Key {
  categories: number;
  measures: string[];
  explicit: Expected[];
  doubts: string[];
}
const keyTo = (name: string): Key => JSON.parse(read(`${name}.json`).toString());

/** Plans of other bureaus, in other words and other shapes, each with the figures that a reader finds in it. */
const plans = ['health', 'transport', 'civil', 'city', 'housing'];

test.each(plans)('finds every figure that the %s plan promises, and no other', (name) => {
  const key = keyTo(name);
  const result = score(compiled(name), key.explicit);
  expect(result.missed).toEqual([]);
  expect(result.invented).toEqual([]);
  expect(result.wrong).toEqual([]);
});

test.each(plans)(
  'splits the %s plan as it numbers itself, and says where it is open or contradicts itself',
  (name) => {
    const key = keyTo(name);
    const { outline, doubts } = compiled(name);
    expect(outline.categories).toHaveLength(key.categories);
    expect(
      outline.categories.flatMap(({ items }) => items.map(({ category, number }) => `${category}.${number}`)),
    ).toEqual(key.measures);
    expect([...new Set(doubts.map(({ mark }) => mark))].filter((mark) => mark !== '任务数')).toEqual(
      key.doubts,
    );
  },
);

test('a task is due when its own words or the plan’s line for it say so, and a part of it due sooner is a node', () => {
  const due = (name: string) =>
    compiled(name).book.tasks.flatMap(({ code, deadline }) =>
      deadline === null ? [] : `${code} ${deadline}`,
    );
  expect(due('civil')).toEqual([
    ...['1.2.1 2026-03-31', '1.2.2 2026-09-30', '2.1.2 2026-04-15'],
    ...['2.3.1 2026-10-31', '3.1.1 2026-12-31', '4.2.1 2026-11-30'],
  ]);
  expect(due('city')).toContain('3.1.2 2026-11-15');
  expect(compiled('city').book.tasks.find(({ code }) => code === '2.2.1')?.deadline).toBeNull();
  const { guesses } = compiled('civil');
  expect(guesses.get('1.1.1')).toEqual(['原文另有时间“6月底前”(2026-06-30),可用「节点」登记']);
});

const table = [
  ['序号', '问题', '整改措施', '责任领导', '责任科室', '完成时限'],
  ...[
    ['1', '检查不到位', '1.全年检查市场12次;2.整改隐患320个,整改率100%', '周副局长', '计量科', '2026年9月底'],
  ],
  ...[['2', '投诉办理慢', '12315投诉按期办结率达到99%以上', '局长', '消保科', '持续推进']],
];

test('a plan in a table is read row by row, from a text with tabs and from a Word document alike', async () => {
  const text = ['某区市场监管局整改清单', ...table.map((row) => row.join('\t'))].join('\n');
  const cells = table.map(
    (row) =>
      new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }),
  );
  const children = [new Paragraph('某区市场监管局整改清单'), new Table({ rows: cells })];
  const word = await textOf(await Packer.toBuffer(new Document({ sections: [{ children }] })));
  for (const { book, promises, guesses } of [text, word].map((each) => compilePlan(each, '2026-03-02'))) {
    expect(book.tasks.map(({ code, deadline }) => `${code} ${deadline}`)).toEqual([
      ...['1.1.1 2026-09-30', '1.1.2 2026-09-30', '2.1.1 null'],
    ]);
    expect(promises.map(({ label, low, unit }) => `${label} ${low}${unit}`)).toEqual([
      ...['检查市场 12次', '隐患 320个', '整改率 100%', '投诉按期办结率 99%'],
    ]);
    expect(guesses.get('2.1.1')).toContain('方案写的时限是“持续推进”,请定完成时限');
    expect(guesses.get('1.1.1')?.join()).toContain('责任领导“周副局长”、责任科室“计量科”');
  }
});

test('what is merged in a table reaches over its rows, and a measure for several problems is done once', async () => {
  const row = (...cells: [words: string, rows?: number][]) =>
    new TableRow({
      children: cells.map(
        ([words, rowSpan = 1]) => new TableCell({ rowSpan, children: [new Paragraph(words)] }),
      ),
    });
  const rows = [
    row(['序号'], ['问题'], ['整改措施'], ['责任领导'], ['责任科室'], ['完成时限']),
    row(['1'], ['巡河不勤'], ['全年巡河24次,整治乱点36处', 2], ['张局长', 3], ['河湖科'], ['9月底', 2]),
    row(['2'], ['乱点不清'], ['执法支队']),
    row(['3'], ['漏损偏高'], ['更换管网12公里'], ['供水科'], ['2026年11月30日']),
  ];
  const tail = [
    row(['序号'], ['工作措施'], ['具体任务'], ['责任科室']),
    row(['1'], ['补短板', 2], ['维修水闸8座'], ['建管科']),
    row(['2'], ['新建泵站五座,投资一点五亿元'], ['财务科']),
  ];
  const children = [new Paragraph('某市水务局整改台账'), new Table({ rows }), new Table({ rows: tail })];
  const text = await textOf(await Packer.toBuffer(new Document({ sections: [{ children }] })));
  const { book, promises, guesses, dropped } = compilePlan(text, '2026-03-02');
  expect(dropped).toEqual([]);
  expect(book.tasks.map(({ code, deadline }) => `${code} ${deadline}`)).toEqual([
    ...['1.1.1 2026-09-30', '2.1.1 2026-11-30', '3.1.1 null', '4.1.1 null'],
  ]);
  expect(promises.map(({ code, label, low, unit }) => `${code} ${label} ${low}${unit}`)).toEqual([
    ...['1.1.1/1 巡河 24次', '1.1.1/2 整治乱点 36处', '2.1.1/1 更换管网 12公里', '3.1.1/1 维修水闸 8座'],
  ]);
  expect(book.outline.filter(({ code }) => /^\d$/.test(code)).map(({ title }) => title)).toEqual([
    ...['巡河不勤', '漏损偏高', '补短板', '补短板'],
  ]);
  expect(guesses.get('2.1.1')?.join()).toContain('责任领导“张局长”、责任科室“供水科”');
  expect(guesses.get('4.1.1')).toContain('原文中的“五座”、“一点五亿元”没有列为指标,请核对');
});

test('a plan by problems has a measure a problem, whose own facts are no promises, and a line says whose each is', () => {
  const { book, promises, guesses } = compilePlan(
    [
      ...['某县卫健委巡察整改方案', '问题一:监管不严,2025年发现违规资金126.4万元。'],
      ...['整改措施:①对23家机构开展飞行检查,每半年至少1次。②开展业务培训三期。'],
      ...['责任领导:副主任何某', '责任科室:医政股', '整改时限:国庆节前'],
    ].join('\n'),
    '2026-03-02',
  );
  expect(book.tasks.map(({ code, deadline }) => `${code} ${deadline}`)).toEqual([
    ...['1.1.1 2026-09-30', '1.1.2 2026-09-30'],
  ]);
  expect(promises.map(({ label, low, unit }) => `${label} ${low}${unit}`)).toEqual([
    ...['机构 23家', '飞行检查 1次', '业务培训 3期'],
  ]);
  expect(guesses.get('1.1.2')?.join()).toContain('责任科室“医政股”');
  const own = compilePlan(
    [
      ...['某市水务局整改方案', '一、整改任务', '(一)河湖管理(责任科室:河湖科)'],
      ...[
        '1.拆除违建。拆除违法建筑14处,占用面积三亩,追缴罚款8万元。(责任科室:水政支队;完成时限:2026年11月30日)',
      ],
    ].join('\n'),
    '2026-03-02',
  );
  const patrols = compilePlan(
    '某市水务局整改方案\n一、整改任务\n(一)河湖管理\n1.市级河长每季度巡河1次,县级河长每月巡河不少于2次,用水总量控制在6.8亿立方米以内。',
    '2026-03-02',
  );
  expect(patrols.promises.map(({ label, low }) => `${label} ${low}`)).toEqual([
    ...['市级河长巡河 1', '县级河长巡河 2', '用水总量 680000000'],
  ]);
  expect(own.book.tasks[0]?.deadline).toBe('2026-11-30');
  expect(own.guesses.get('1.1.1')?.join()).toContain('责任科室“水政支队”');
  expect(own.guesses.get('1.1.1')?.join()).toContain('原文中的“8万元”、“三亩”没有列为指标,请核对');
});

test('how things are is no promise: what was built, found, complained of, and where a figure rises from', () => {
  const told = (name: string) => compiled(name).promises.map(({ low, unit }) => `${low}${unit}`);
  for (const figure of ['31家', '3家', '43000人', '1126户', '43项', '20个工作日', '1200元', '60%', '15分钟'])
    expect(told('civil')).not.toContain(figure);
  for (const figure of ['216000吨', '84000立方米', '318件', '67辆', '19个', '187家', '53家', '300吨'])
    expect(told('city')).not.toContain(figure);
  for (const figure of ['46个', '12000户', '37000栋', '88%']) expect(told('housing')).not.toContain(figure);
});

test('what is guessed stands in the column 待核 of its row with the reason, and an import counts what is left of it', async () => {
  const { guesses } = compiled('city');
  expect(guesses.get('2.2.2/2')).toEqual(['周期是“每天”,台账没有这种周期,暂只统计']);
  expect(guesses.get('1.1.1')?.join()).toContain('责任科室“环卫处、市环卫集团”');
  const book = await open(await draftOf(compiled('city')));
  const { rows } = book.sheet('指标');
  const column = (rows[0] ?? []).indexOf('待核');
  expect(rows.find(([code]) => code === '2.2.2/2')?.[column]).toContain('周期是“每天”');
  expect(reportOf(compiled('city'))).toMatch(/有推定内容的\d+行,理由写在「任务」「指标」表的「待核」列/);
});

test('every task has the plan’s own words and their place, and nothing of the plan is lost', () => {
  const { book, outline } = compiled('health');
  expect(book.tasks.find(({ code }) => code === '2.1.1')).toMatchObject({
    sourcePlace: '三(二)1',
    level: 'office',
    leader: null,
    section: null,
    deadline: null,
  });
  const words = (text: string) => text.normalize('NFKC').replace(/\s/g, '');
  const kept = words(book.tasks.map(({ sourceText }) => sourceText).join(''));
  for (const { items } of outline.categories) {
    for (const { sentences } of items) for (const each of sentences) expect(kept).toContain(words(each));
  }
});

test('what a page on the web put around the text is left out, and told', () => {
  const { dropped, mended } = compiled('transport');
  expect(dropped).toEqual([
    '来源:东陵市交通运输局 发布时间:2026-02-03 浏览次数:1024',
    '【打印本页】 【关闭窗口】',
  ]);
  expect(mended).toBeGreaterThan(20);
  expect(reportOf(compiled('transport'))).toContain('已略去与方案无关的2行');
});

test('a number of the case that a plan tells of, of last year or of a hotline is no promise', () => {
  const figures = compiled('health').promises.map(({ low, unit }) => `${low}${unit}`);
  for (const figure of ['216件', '37件', '8年', '41万元', '24小时', '12345'])
    expect(figures).not.toContain(figure);
});

test('doubts are drawn from the text: the days and the share, the series with a gap, the meetings', () => {
  const plan = [
    '某局整改方案\n一、整改措施\n(一)改进作风\n围绕“以学促知、以学促行、以学促改”,采取以下措施。\n',
    '1.以学促知。 局领导班子成员每人每月下基层调研不少于4天,每年调研时间占比不低于工作时间的25%。每月召开1次工作例会。\n',
    '2.以学促行。 全年会议数量同比减少20%。排查风险点18个。\n3.再行一步。 排查廉政风险点22个。\n',
  ].join('');
  const { doubts } = compilePlan(plan, '2026-03-02');
  const text = (mark: string) => doubts.find((each) => each.mark === mark)?.text;
  expect(text('T1')).toContain('一年48天,占2026年248个工作日的19.4%');
  expect(text('T1')).toContain('是62.0天,每月约5.2天');
  expect(text('T2')).toContain('“以学促改”没有对应的措施');
  expect(text('T3')).toContain('风险点18个');
  expect(text('T10')).toContain('每年至少安排12次');
});

test('the draft is a workbook that the office can import once it is right; nothing else writes it', async () => {
  const [, pglite] = stores;
  if (!pglite) throw new Error('no PGlite');
  const store = await pglite.open();
  const desk = deskAt(store);
  const draft = compiled('transport');
  const elsewhere = await open(await draftOf(draft));
  elsewhere
    .sheet('群')
    .rows.push(['leaders', '领导小组群', '企业微信', 'wr1', '领导小组', null, '已设置', null, null]);
  expect((await desk.import(await elsewhere.save(), '--dry')).out).toContain(
    '群 leaders(领导小组群) 推送地址:本台账没有存过,请在表里重新填写后再导入一次',
  );
  const { code, out } = await desk.import(await draftOf(draft));
  expect(out).toContain('台账现为空,导入后建立本方案。');
  expect(out).toMatch(/「待核」列还有\d+行没有清空/);
  expect(code).toBe(0);
  const [plan] = await plansOf(store.db);
  const stored = await readPlan(store.db, plan?.id ?? 0);
  expect(stored.tasks).toHaveLength(draft.book.tasks.length);
  expect(stored.tasks.flatMap(({ indicators }) => indicators)).toHaveLength(
    draft.promises.filter(({ duty }) => !duty).length,
  );
  expect((await desk.import(await desk.export())).out).toContain('共0行有变化');
  await store.close();
});

test('a Word document and a text in the old encoding are read alike', async () => {
  const lines = read('health.txt').toString().split('\n');
  const word = await Packer.toBuffer(
    new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] }),
  );
  const plain = compiled('health');
  expect(compilePlan(await textOf(word), '2026-03-02').promises).toEqual(plain.promises);
  const old = Buffer.from('b7bdb0b8', 'hex');
  expect(await textOf(old)).toBe('方案');
});

test('a Word document that Word numbers by itself is refused with the way out', async () => {
  const levels = [{ level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、' }];
  const numbered = new Paragraph({ text: '整改任务', numbering: { reference: 'plan', level: 0 } });
  const word = new Document({
    numbering: { config: [{ reference: 'plan', levels }] },
    sections: [{ children: [new Paragraph('某局整改方案'), numbered] }],
  });
  await expect(textOf(await Packer.toBuffer(word))).rejects.toThrow(/自动生成.*另存为“纯文本/);
});

test('a text without a plan’s numbering is refused', () => {
  expect(reportOf(compilePlan('今天天气很好。\n明天也好。', '2026-03-02'))).toContain('没有认出方案的结构');
});
