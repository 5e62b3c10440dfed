import { deflateRawSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { entries } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';
import { astray } from './astray.ts';
import { deskAt, open, ownPlan, type TestDesk } from './desk.ts';
import { spoilt } from './spoilt.ts';

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

test.each([...spoilt, ...astray])('refuses a workbook with %s, and says where', async (_, spoil, line) => {
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
