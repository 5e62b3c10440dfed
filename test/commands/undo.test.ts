import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('what others have built on is not taken back ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-03-03', '10:00');
    return living;
  };
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    await living.close();
  });

  test('a figure and its evidence stay under a close-out that somebody else has asked for or agreed to', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_dangwei', text);
    await chief('1.1.2 《政治理论学习考核办法》已印发 佐证:局发〔2026〕3号,3月2日,科内卷1');
    expect(await say('wecom', 'ldr_dangjian', '申请销号 1.1.2')).toContain('下一步:整改办核验');
    const stands = '【1.1.2】之后已有销号环节,不能撤回。';
    expect(await chief('撤回')).toContain(stands);
    await say('wecom', 'off_zhuren', '核验通过 1.1.2');
    await say('wecom', 'ldr_shuji', '批准销号 1.1.2');
    expect(await chief('撤回')).toContain(stands);
    await chief('佐证 1.1.2 学习考核通报 3月3日 科内卷2');
    expect(await chief('撤回')).toContain('已撤回【1.1.2】佐证');
    expect(await chief('查 1.1.2')).toContain('完成度100%');
  });

  test('a request that was sent back holds no figure fast', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_dangwei', text);
    await chief('1.1.2 《政治理论学习考核办法》已印发 佐证:局发〔2026〕3号,3月2日,科内卷1');
    await say('wecom', 'ldr_dangjian', '申请销号 1.1.2');
    await say('wecom', 'off_zhuren', '退回 1.1.2 文号有误');
    expect(await chief('撤回')).toContain('已撤回【1.1.2】');
  });
});
