import { deflateRawSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { plansOf } from '../../src/ledger/people.ts';
import { loadSample } from '../../src/ledger/plan.ts';
import { entries } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';
import { deskAt, open, ownPlan, type TestDesk, type Workbook } from './desk.ts';

let store: Store;
let desk: TestDesk;
let sound: Buffer;
let version: number | undefined;
beforeAll(async () => {
  const [, pglite] = stores;
  if (!pglite) throw new Error('no PGlite');
  store = await pglite.open();
  desk = deskAt(store);
  await loadSample(store.db, new Date('2026-04-09T02:00:00Z'));
  await ownPlan(store);
  sound = await desk.export();
  version = (await plansOf(store.db))[0]?.version;
});
afterAll(() => store.close());

/** What is wrong with it, and the whole line that says so: sheet, row, column, and what to type instead. */
const broken: [string, (book: Workbook) => void, string][] = [
  ['a sheet is missing', (book) => book.sheets.splice(3, 1), '任务:缺少这张工作表;没有内容也请保留表头'],
  [
    'a sheet of another name',
    (book) => {
      book.sheets.push({ name: '任务表', rows: [['编号']], cells: new Map() } as never);
    },
    '任务表:不认识的工作表;应为方案、类项、任务、常态工作、指标、成果、科室、人员、群、日历,自用的表请删去后再导入',
  ],
  [
    'a hidden sheet',
    (book) => {
      book.sheet('人员').hidden = true;
    },
    '人员:工作表被隐藏,请取消隐藏后再导入',
  ],
  [
    'merged cells',
    (book) => {
      book.sheet('任务').merges = [{ startRow: 3, startCol: 3, endRow: 5, endCol: 3 }];
    },
    '任务 第4行 D列:有合并单元格,请取消合并后逐行填写',
  ],
  [
    'a date that isn’t one',
    (book) => book.set('任务', '1.1.1', '完成时限', '年底前'),
    '任务 第2行 G列(完成时限):「年底前」不是日期,请按 2026-12-31 填写,暂不确定填待明确',
  ],
  [
    'a date as its bare number',
    (book) => book.set('任务', '1.1.1', '完成时限', 46387),
    '任务 第2行 G列(完成时限):「46387」不是日期,请按 2026-12-31 填写',
  ],
  [
    'a thirteenth month',
    (book) => book.set('任务', '1.1.1', '完成时限', '2026-13-01'),
    '任务 第2行 G列(完成时限):没有「2026-13-01」这一天',
  ],
  [
    'a thirtieth of February',
    (book) => book.set('任务', '1.1.1', '完成时限', '2026-02-30'),
    '任务 第2行 G列(完成时限):没有「2026-02-30」这一天',
  ],
  [
    'a deadline with a time of day',
    (book) => book.set('任务', '1.1.1', '完成时限', new Date('2026-06-30T09:30:00Z')),
    '任务 第2行 G列(完成时限):带有时刻,只填日期即可',
  ],
  [
    'a deadline outside of the plan',
    (book) => book.set('任务', '1.1.1', '完成时限', '2027-01-31'),
    '任务 第2行 G列(完成时限):不在方案起止日期之内(2026-01-01至2026-12-31)',
  ],
  [
    'full-width digits in a code',
    (book) => book.set('任务', '1.1.2', '编号', '\uff11.1.2'),
    '任务 第3行 B列(编号):含全角字符,应为半角:1.1.2',
  ],
  [
    'full-width digits in a target',
    (book) => book.set('指标', '1.1.1/3', '目标', '\uff11\uff12'),
    '指标 第4行 G列(目标):含全角数字,应为半角:12',
  ],
  [
    'a code as a number',
    (book) => book.set('类项', '1.1', '编号', 1.1),
    '类项 第3行 A列(编号):是数字格式,请把单元格设为文本再填(如 3.2),否则 1.10 会变成 1.1',
  ],
  [
    'the same code twice',
    (book) => book.set('任务', '1.1.2', '编号', '1.1.1'),
    '任务 第3行 B列(编号):「1.1.1」与第2行重复',
  ],
  [
    'the same serial twice',
    (book) => book.set('任务', '1.1.2', '序号', 1),
    '任务 第3行 A列(序号):序号 1 与 1.1.1 重复',
  ],
  [
    'a task of no measure',
    (book) => book.set('任务', '1.1.2', '编号', '9.9.9'),
    '任务 第3行 B列(编号):「类项」表里没有项 9.9',
  ],
  [
    'an unknown section',
    (book) => book.set('任务', '1.1.1', '责任科室', '安管科'),
    '任务 第2行 E列(责任科室):「科室」表里没有「安管科」',
  ],
  [
    'an unknown leader',
    (book) => book.set('任务', '1.1.1', '责任领导', '王副局长'),
    '任务 第2行 D列(责任领导):「人员」表里没有「王副局长」',
  ],
  [
    'a leader who is none',
    (book) => book.set('任务', '1.1.1', '责任领导', '财务科科长'),
    '任务 第2行 D列(责任领导):「财务科科长」的角色不是书记或班子成员',
  ],
  [
    'a formula',
    (book) =>
      book.put('任务', 1, 6, {
        type: 'formula',
        formula: 'TODAY()',
        formulaResult: new Date('2026-06-30T00:00:00Z'),
      }),
    '任务 第2行 G列(完成时限):是公式,请粘贴为数值',
  ],
  [
    'a missing header',
    (book) => book.sheet('任务').rows.forEach((row) => void row.splice(6, 1)),
    '任务 第1行:缺少表头「完成时限」',
  ],
  [
    'a header renamed',
    (book) => {
      (book.sheet('任务').rows[0] ?? [])[6] = '完成日期';
    },
    '任务 第1行 G列:不认识的表头「完成日期」',
  ],
  [
    'no header at all',
    (book) => void book.sheet('科室').rows.shift(),
    '科室 第1行:第一行应为表头:代码、名称、类别、别名、排序、停用',
  ],
  [
    'words under no header',
    (book) => {
      (book.sheet('科室').rows[4] ?? [])[7] = '待核';
    },
    '科室 第1行 H列:这一列没有表头,但第5行有内容',
  ],
  [
    'a percentage',
    (book) =>
      book.put('指标', book.at('指标', '2.2.1/2', '目标').row, 6, {
        value: 0.7,
        type: 'number',
        style: { numFmt: '0%' },
      }),
    '(目标):是百分数格式,请设为常规格式并直接填数,70% 填 70',
  ],
  ['a percent sign', (book) => book.set('指标', '2.2.1/2', '目标', '70%'), '(目标):不带百分号,70% 填 70'],
  [
    'half of a thing',
    (book) => book.set('指标', '4.3.2/2', '目标', 2.5),
    '(目标):单位「次」只能是整数;按比例或金额计的请改单位',
  ],
  [
    'a negative target',
    (book) => book.set('指标', '1.1.1/1', '目标', -1),
    '指标 第2行 G列(目标):「-1」超出范围,应在0到100000000之间',
  ],
  ['a range upside down', (book) => book.set('指标', '4.1.2/1', '目标', 3), '(目标上限):上限应大于下限 3'],
  [
    'a range without an end',
    (book) => book.set('指标', '4.1.2/1', '目标上限', null),
    '(目标上限):区间须填上限',
  ],
  [
    'a ratio without a numerator',
    (book) => book.set('指标', '3.2.1/1', '分子', null),
    '(分子):占比须写明分子',
  ],
  [
    'ratios that are each other’s denominator',
    (book) => {
      book.set('指标', '3.2.1/1', '分母取自', '3.2.2/2');
      book.set('指标', '3.2.2/2', '分母取自', '3.2.1/1');
    },
    '(分母取自):分母绕回了自己',
  ],
  [
    'an indicator of no task',
    (book) => book.set('指标', '1.1.1/1', '编号', '9.9.9/1'),
    '指标 第2行 A列(编号):没有任务 9.9.9,或已停用',
  ],
  [
    'two indicators of one name',
    (book) => book.set('指标', '4.3.2/2', '指标', '预案'),
    '(指标):与 4.3.2/1 同名,请加以区别',
  ],
  [
    'an unknown clock',
    (book) => book.set('任务', '1.1.1', '周期', '每旬'),
    '任务 第2行 H列(周期):没有「每旬」这个选项,可填:每周、每月、每季度、每半年、全年、一次、逢销号',
  ],
  [
    'two chiefs',
    (book) => book.set('人员', '安全管理科内勤', '角色', '科室负责人'),
    '人员 第29行 E列(角色):安全管理科的科室负责人已是「安全管理科科长」,只能有一人',
  ],
  [
    'an unknown role',
    (book) => book.set('人员', '党组书记', '角色', '书记、组长'),
    '人员 第2行 E列(角色):没有「组长」这个选项,可填:书记、班子成员、科室负责人、内勤、整改办、纪检、管理员',
  ],
  [
    'one account for two people',
    (book) => book.set('人员', '分管党建副局长', '企业微信账号', 'ldr_shuji'),
    '人员 第3行 G列(企业微信账号):账号与「党组书记」的相同',
  ],
  [
    'an account as a number',
    (book) => book.set('人员', '党组书记', '企业微信账号', 7),
    '人员 第2行 G列(企业微信账号):是数字格式,请把单元格设为文本再填,否则开头的 0 会丢',
  ],
  [
    'a section out of use with people in it',
    (book) => book.set('科室', 'caiwu', '停用', '是'),
    '(科室):「财务科」已停用',
  ],
  [
    'another platform',
    (book) => book.set('群', 'leaders', '平台', '飞书'),
    '群 第2行 C列(平台):没有「飞书」这个选项,可填:企业微信、钉钉',
  ],
  [
    'the same chat twice',
    (book) => book.set('群', 'office', '会话ID', 'wrSampleLeaders0001'),
    '群 第3行 D列(会话ID):会话ID与群 leaders 的相同',
  ],
  [
    'a group of a section without one',
    (book) => book.set('群', 'dangwei', '科室', null),
    '(科室):科室群须填科室',
  ],
  [
    'a push address elsewhere',
    (book) =>
      book.set('群', 'leaders', '推送地址', 'https://qyapi.weixin.qq.com.evil.example/send?key=tell-tale'),
    '群 第2行 G列(推送地址):应以 https://qyapi.weixin.qq.com 开头,请核对平台和地址',
  ],
  [
    'a push address on another port',
    (book) => book.set('群', 'leaders', '推送地址', 'https://qyapi.weixin.qq.com:8443/send?key=tell-tale'),
    '(推送地址):应以 https://qyapi.weixin.qq.com 开头,请核对平台和地址',
  ],
  [
    'a cell as long as a book',
    (book) => book.set('任务', '1.1.1', '量化标准', '长'.repeat(30_000)),
    '任务 第2行 J列(量化标准):有30000字,最多2000字',
  ],
  ['a title of nothing', (book) => book.set('任务', '1.1.1', '任务', '  '), '任务 第2行 C列(任务):没有填写'],
  [
    'marks that hide what is written',
    (book) => book.set('任务', '1.1.1', '任务', '学习\u202e研讨'),
    '任务 第2行 C列(任务):含看不见的控制字符,请重新键入',
  ],
  [
    'a plan that ends before it begins',
    (book) => book.set('方案', '截止日期', '内容', '2025-12-31'),
    '方案 第7行 B列(截止日期):截止日期应晚于起始日期',
  ],
  [
    'another plan’s code',
    (book) => book.set('方案', '方案代码', '内容', 'qita-2026'),
    '方案 第2行 B列(方案代码):台账里的方案代码是 mzshh-2025,不能改成别的',
  ],
  [
    'the plan of another year',
    (book) => {
      book.set('方案', '方案代码', '内容', 'mzshh-2026');
      book.set('方案', '年度', '内容', 2027);
    },
    '不能改成别的;新年度的方案请另建台账导入,做法见 README「下一年」,本台账留存备查',
  ],
  [
    'a setting that nobody knows',
    (book) => {
      (book.sheet('方案').rows[3] ?? [])[0] = '单位名称';
    },
    '方案 第4行 A列:不认识的项目「单位名称」',
  ],
  [
    'pushes at night',
    (book) => book.set('方案', '推送时刻', '内容', '21:30'),
    '方案 第25行 B列(推送时刻):应在推送开始和截止之间',
  ],
];

test.each(broken)('refuses a workbook with %s, and says where', async (_, spoil, line) => {
  const book = await open(sound);
  spoil(book);
  const { code, out } = await desk.import(await book.save());
  expect(out).toContain(line);
  expect(out).toMatch(/^共\d+处需要修改,台账未作任何改动:/);
  expect(out).not.toContain('tell-tale');
  expect(code).toBe(1);
});

test('tells every fault of every sheet at once, whatever stage finds it, and none that only follows from another', async () => {
  const book = await open(sound);
  book.set('方案', '推送截止', '内容', '08:00');
  book.set('任务', '1.1.1', '完成时限', '年底前');
  book.set('任务', '1.1.1', '责任领导', '财务科科长');
  book.set('任务', '1.1.2', '责任科室', '安管科');
  book.set('任务', '1.1.2', '完成时限', '2027-01-31');
  (book.sheet('任务').rows[0] ?? [])[9] = '标准';
  book.set('指标', '1.1.1/1', '目标', -1);
  book.set('指标', '1.1.1/1', '指标', '');
  book.set('指标', '4.1.2/1', '要求', '大约');
  book.set('人员', '党组书记', '角色', '组长');
  book.set('人员', '分管党建副局长', '姓名', null);
  book.set('群', 'leaders', '会话ID', 7);
  book.set('群', 'leaders', '推送地址', 'https://evil.example/send?key=tell-tale');
  const { code, out } = await desk.import(await book.save());
  expect(out.split('\n').map((line) => line.split(':')[0])).toEqual([
    '共15处需要修改,台账未作任何改动',
    '方案 第25行 B列(推送时刻)',
    '方案 第27行 B列(推送截止)',
    '任务 第1行',
    '任务 第1行 J列',
    '任务 第2行 D列(责任领导)',
    '任务 第2行 G列(完成时限)',
    '任务 第3行 E列(责任科室)',
    '任务 第3行 G列(完成时限)',
    '指标 第2行 B列(指标)',
    '指标 第2行 G列(目标)',
    expect.stringMatching(/^指标 第\d+行 F列\(要求\)$/),
    '人员 第2行 E列(角色)',
    '人员 第3行 A列(姓名)',
    '群 第2行 D列(会话ID)',
    '群 第2行 G列(推送地址)',
    '',
  ]);
  expect(out).not.toContain('tell-tale');
  expect(code).toBe(1);
});

const long = Array.from({ length: 100_000 }, (_, row) => [String(row), '科', '科室']);

const files: [string, () => Promise<Buffer> | Buffer, string][] = [
  ['is empty', () => Buffer.alloc(0), '文件是空的'],
  ['isn’t a zip', () => Buffer.from('编号,任务\n1.1.1,学习'), '文件已损坏,或者不是 .xlsx / .docx 文件'],
  ['is cut short', () => sound.subarray(0, sound.length - 300), '文件已损坏'],
  [
    'is of the old kind or has a password',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    '这是旧版或加了密码的文件',
  ],
  [
    'is a Word document',
    async () => Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('方案')] }] })),
    '这不是 Excel 工作簿,请选 .xlsx 文件',
  ],
  [
    'unfolds to more than it may',
    () => archive('xl/workbook.xml', Buffer.alloc(60 * 1024 * 1024)),
    '文件展开后超过40MB,不予读取',
  ],
  [
    'claims to be small and isn’t',
    () => archive('xl/workbook.xml', Buffer.alloc(60 * 1024 * 1024), 100),
    '文件展开后超过40MB,不予读取',
  ],
  ['is larger than it may be', () => Buffer.alloc(6 * 1024 * 1024, 1), '文件超过5MB'],
];

test.each(files)('refuses a file that %s', async (_, make, why) => {
  const { code, out } = await desk.import(await make());
  expect(out).toContain(why);
  expect(out).toContain('台账未作任何改动');
  expect(code).toBe(1);
});

test('reads no more than so many rows of a hundred thousand', async () => {
  const bytes = Buffer.from(
    await writeXlsx({
      sheets: [{ name: '科室', rows: [['代码', '名称', '类别', '别名', '排序', '停用'], ...long] }],
    }),
  );
  expect((await desk.import(bytes)).out).toContain('科室 第3001行:超过3000行,请删去多余的行');
});

test('nothing was written by any of them', async () => {
  expect(await store.db.select().from(entries)).toEqual([]);
  expect((await desk.import(sound)).out).toBe('共0行有变化\n台账未作任何改动。\n');
  expect((await plansOf(store.db))[0]?.version).toBe(version);
});

/** A zip of one part, whose sizes say what they please. */
function archive(name: string, body: Buffer, claimed = body.length): Buffer {
  const packed = deflateRawSync(body);
  const title = Buffer.from(name);
  const head = (length: number, mark: number) => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32LE(mark);
    return bytes;
  };
  const local = head(30, 0x04034b50);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(title.length, 26);
  const central = head(46, 0x02014b50);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimed, 24);
  central.writeUInt16LE(title.length, 28);
  const end = head(22, 0x06054b50);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + title.length, 12);
  end.writeUInt32LE(local.length + title.length + packed.length, 16);
  return Buffer.concat([local, title, packed, central, title, end]);
}
