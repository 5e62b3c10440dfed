import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { entries, evidence } from '../src/ledger/schema.ts';
import type { SentMedia } from '../src/platforms/sandbox/double.ts';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { stores } from './setup/stores.ts';

const picture: SentMedia = {
  kind: 'picture',
  name: '现场.png',
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('x')]),
};

describe.each(stores.slice(0, 1))('a picture that came to one task ($kind)', ({ open }) => {
  let living: LivingHouse;
  let folder: string;
  const enter = async (day: string) => {
    folder = mkdtempSync(join(tmpdir(), 'duban-attached-'));
    living = await openLivingHouse(await open(), day, '10:00', { settings: { DATA_DIR: folder } });
  };
  afterEach(async () => {
    await living.close();
    rmSync(folder, { recursive: true });
  });
  const chief = (text: string, more = {}) => living.say('wecom', 'sec_anquan', text, more);
  const pieces = () => living.store.db.select().from(evidence);

  test('is no evidence of what is reported on another one after it', async () => {
    await enter('2026-04-09');
    expect(await chief('4.3.2 演练+1 督查+1', { files: [picture] })).toContain(
      '【4.3.2】附图片1张。如作佐证',
    );
    expect(await chief('4.3.1 排查1次')).toContain('已记录【4.3.1】');
    expect(await pieces()).toEqual([]);
    expect(await chief('佐证 4.3.1 排查 排查简报 4月8日')).toContain('还缺存放处');
    expect(await chief('4.3.1 隐患整改+1;4.3.3 检查+1')).not.toContain('未归入');
    expect(await chief('4.3.2 演练+1')).toContain('附图片1张,作为演练佐证');
    expect(await pieces()).toHaveLength(1);
  });

  test('in a group, where a mention comes with it, waits for its words as one to one', async () => {
    await enter('2026-04-09');
    for (const [chat, user] of [
      ['anquan', 'dt-anquan'],
      ['leaders', 'sec_anquan'],
    ] as const) {
      expect(await living.say(chat, user, '', { files: [picture] })).toContain('尚未归入任务');
      expect(await living.say(chat, user, '4.3.2 演练+1')).toContain('附图片1张,作为演练佐证');
    }
  });

  test('does not come to another one that is quoted with the next', async () => {
    await enter('2026-04-09');
    await chief('', { files: [picture], quote: '【4.3.2】差1次' });
    const next = { ...picture, bytes: Buffer.concat([picture.bytes, Buffer.from('y')]) };
    expect(await chief('', { files: [next], quote: '【4.3.1】差1次' })).toContain('【4.3.1】附图片1张');
    const notes = (await living.store.db.select().from(entries)).filter(({ act }) => act === 'note');
    expect(notes.map(({ chain, detail }) => [chain, detail.files])).toEqual([
      ['4.3.2', 1],
      ['4.3.1', 1],
    ]);
  });

  test('changes nothing once the year’s ledger is closed', async () => {
    await enter('2027-01-11');
    const before = await living.store.db.$count(entries);
    const answer = await chief('', { files: [picture], quote: '【4.3.2】差1次' });
    expect(answer).toContain('台账已于1月8日停止登记');
    expect(await chief('', { files: [picture] })).toContain('停止登记');
    expect(await living.store.db.$count(entries)).toBe(before);
  });
});
