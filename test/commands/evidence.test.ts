import { afterEach, describe, expect, test } from 'vitest';
import { entries } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('a piece of evidence ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-04-13', '09:20');
    return living;
  };
  afterEach(() => living.close());
  const chief = (text: string) => living.say('wecom', 'sec_anquan', text);

  test('is recorded by name, date and place, and counts in the check', async () => {
    await enter();
    expect(await chief('佐证 4.3.2 演练 演练简报 4月9日 存科内卷5')).toContain(
      '演练佐证:演练简报(4月9日,存科内卷5)',
    );
    const check = await chief('申请销号 4.3.2');
    expect(check).toContain('演练 0/4次:差4次,佐证齐');
    expect(check).toContain('督查 0/6次:差6次,缺佐证');
  });

  test('given with a figure is undone together with it', async () => {
    await enter();
    const answer = await chief('4.3.2 督查+1 佐证:督查通报(科内卷3)');
    expect(answer).toContain('督查:0次→1次');
    expect(answer).toContain('督查佐证:督查通报(4月13日,存科内卷3)');
    // Under one head: the task is named once.
    expect(answer?.match(/已记录【4\.3\.2】/g)).toHaveLength(1);
    expect(await chief('撤回')).toContain('已撤回【4.3.2】督查的登记、佐证');
    expect(await chief('申请销号 4.3.2')).toContain('督查 0/6次:差6次,缺佐证');
  });

  test('is taken for the one thing a task asks for, and asked about where there are several', async () => {
    const { say } = await enter();
    expect(await say('wecom', 'sec_dangwei', '1.1.2 佐证材料:市教体〔2026〕18号 3月2日 存档案室')).toContain(
      '佐证:市教体〔2026〕18号(3月2日,存档案室)',
    );
    expect(await say('wecom', 'sec_caiwu', '6.3.2附佐证 会议纪要第7期')).toContain(
      '未记录,请写明是哪个指标的佐证',
    );
    expect(await say('wecom', 'sec_caiwu', '佐证 4.3.2 督查通报')).toContain('请与整改办联系');
  });

  test('is asked for what it lacks in one line, and nothing is recorded of it meanwhile', async () => {
    const { store } = await enter();
    expect(await chief('佐证 4.3.2 督查 督查通报(科内卷3)')).toBe(
      '【4.3.2】督查佐证未记录,还缺日期,请写「佐证 4.3.2 督查 督查通报 日期 存科内卷3」。',
    );
    expect(await chief('佐证 4.3.2 督查 4月9日')).toContain('还缺名称或文号、存放处,请写');
    expect(await chief('佐证 4.3.2 督查 督查通报 2026-09-09 存科内卷3')).toContain(
      '【4.3.2】督查佐证未记录:2026年9月9日还没到',
    );
    expect(await chief('佐证 4.3.2 督查 督查通报 4月20日 存科内卷3')).toContain('2026年4月20日还没到');
    expect(await store.db.select().from(entries)).toEqual([]);
    const answer = await chief('4.3.2 督查+1 佐证:督查通报');
    expect(answer).toContain('督查:0次→1次');
    expect(answer).toContain('督查佐证未记录,还缺存放处,请写「佐证 4.3.2 督查 督查通报 4月13日 存放处」');
  });

  test('that is only a picture is kept, and no close-out rests on it', async () => {
    const { say } = await enter();
    await chief('佐证 4.3.2 演练 演练照片3张 4月9日 存科内卷2');
    expect(await chief('申请销号 4.3.2')).toContain('演练 0/4次:差4次,缺佐证');
    await say('wecom', 'off_zhuren', '现场核验 4.3.2 演练 与台账一致');
    expect(await chief('申请销号 4.3.2')).toContain('演练 0/4次:差4次,佐证齐');
  });

  test('leaves none of its words in the entry', async () => {
    const { store } = await enter();
    await chief('佐证 4.3.2 督查通报 4月9日(科内卷3)');
    const details = (await store.db.select().from(entries)).map(({ act, detail }) => ({ act, detail }));
    expect(details).toEqual([
      { act: 'evidence', detail: { indicator: '4.3.2/3', kind: '材料', on: '2026-04-09', started: true } },
    ]);
  });
});
