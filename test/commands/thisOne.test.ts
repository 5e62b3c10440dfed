import { afterEach, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('这项 ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-04-09', '10:00');
    await living.look();
    return living;
  };
  afterEach(() => living.close());
  const minute = () => living.clock.move(60_000);
  const which = '请写任务编号';

  test('is the task of the letter that has come into the chat since', async () => {
    const { say, look } = await enter();
    await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
    await say('wecom', 'ldr_anquan', '查 4.3.1');
    minute();
    await look();
    minute();
    expect(await say('wecom', 'ldr_anquan', '这项同意销号')).toContain('已记录【4.3.2】');
  });

  test('is nothing after a letter about another matter, a list, several tasks or what is answered elsewhere', async () => {
    const { say, look } = await enter();
    const chief = (text: string) => say('leaders', 'sec_jiwei', text);
    const shown = () => chief('查 2.3.2');
    await shown();
    expect(await chief('查 3.3.2')).toContain('已私信您');
    expect(await chief('这项正在推进')).toContain(which);
    await shown();
    expect(await chief('查 9.9.9')).toContain('请与整改办联系');
    expect(await chief('这项正在推进')).toContain(which);
    await shown();
    await chief('我的');
    expect(await chief('这项正在推进')).toContain(which);
    const anquan = (text: string) => say('wecom', 'sec_anquan', text);
    await anquan('4.3.2 演练+1;4.3.1 排查1次');
    expect(await anquan('这项正在推进')).toContain(which);
    await anquan('查 4.3.1');
    expect(await anquan('申请销号 4.3.2')).toContain('尚不具备');
    await say('office', 'off_zhuren', '议定 4.3.2 逐校核对台账 4月30日');
    minute();
    await look();
    minute();
    expect(await anquan('这项正在推进')).toContain('已记录【4.3.2】');
  });

  test('and an open question stay as they were after 收到', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_anquan', text);
    await chief('4.3.2 演练+1');
    expect(await chief('4.3.2 演练3次')).toContain('是 1 新增3次,还是 2 累计3次');
    expect(await chief('收到')).toBeNull();
    expect(await chief('1')).toContain('演练:1次→4次');
    expect(await chief('好的')).toBeNull();
    expect(await chief('这项正在推进')).toContain('已记录【4.3.2】');
  });
});
