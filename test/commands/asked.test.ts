import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SentMedia } from '../../src/platforms/sandbox/double.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const picture: SentMedia = {
  kind: 'picture',
  name: '现场.png',
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('x')]),
};

describe.each(stores.slice(0, 1))('what was asked for ($kind)', ({ open }) => {
  let living: LivingHouse;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'duban-asked-'));
    living = await openLivingHouse(await open(), '2026-04-09', '10:00', { settings: { DATA_DIR: folder } });
  });
  afterAll(async () => {
    await living.close();
    rmSync(folder, { recursive: true });
  });
  const say = (user: string, text: string, more = {}) => living.say('wecom', user, text, more);

  test.each(['9月30日', '9月底前', '到9月30日'])('is a day, and %s is one behind a reason', async (day) => {
    expect(await say('sec_dangwei', '延期 5.1.1 因报告厅在修')).toContain('请写明日期');
    expect(await say('sec_dangwei', day)).toContain('申请延期:3月31日→9月30日');
    expect(await say('sec_dangwei', '撤回')).toContain('已撤回【5.1.1】延期申请');
  });

  test('is whose figure it is, of several where the task was named by its number', async () => {
    expect(await say('sec_dangwei', '2.1.3 党课1次')).toContain('请写明是哪位');
    const told = await say('sec_dangwei', '党组书记、分管党建副局长');
    expect(told).toContain('已记录【2.1.3】');
  });

  test('is answered in words also where a picture waits, and 撤回 drops the question alone', async () => {
    await say('sec_anquan', '4.3.2 演练+1');
    const ask = () => say('sec_anquan', '4.3.2 演练3次', { files: [picture] });
    expect(await ask()).toContain('是 1 新增3次');
    expect(await say('sec_anquan', '撤回')).toContain('上一问和所发附件不再等回复');
    expect(await say('sec_anquan', '4.3.2 督查+1')).not.toContain('附图片');
    expect(await ask()).toContain('是 1 新增3次');
    expect(await say('sec_anquan', '累计4次')).toContain('演练:1次→4次');
  });

  test('stays open under a picture that comes after it, which belongs to its answer', async () => {
    expect(await say('sec_anquan', '4.3.2 演练5次')).toContain('是 1 新增5次');
    expect(await say('sec_anquan', '', { files: [picture] })).toContain('尚未归入任务');
    const told = await say('sec_anquan', '2');
    expect(told).toContain('演练:4次→5次');
    expect(told).toContain('附图片1张,作为演练佐证');
  });

  test.each(['撤回', '发错了', '算了'])(
    'a picture alone is dropped by %s, and nothing that was recorded before',
    async (word) => {
      await say('sec_anquan', '4.3.2 督查+1');
      await say('sec_anquan', '', { files: [picture] });
      expect(await say('sec_anquan', word)).toContain('所发附件不再等回复');
      expect(await say('sec_anquan', '4.3.2 督查+1')).not.toContain('附图片');
      expect(await say('sec_anquan', '撤回')).toContain('已撤回【4.3.2】督查');
    },
  );

  test('is another task than those of the measure, and nothing of the measure is asked about again', async () => {
    expect(await say('sec_jiwei', '3.3 检查1次')).toContain('请回复序号');
    expect(await say('sec_jiwei', '都不是')).toContain('请写任务编号');
    const told = await say('sec_jiwei', '3.2.2');
    expect(told).toContain('【3.2.2】');
    expect(told).not.toContain('请回复序号');
  });
});
