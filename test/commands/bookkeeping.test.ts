import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const notYoursForLeaders = '该事项按程序由整改办办理,请转整改办。';
const notYours = '该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。';

describe.each(stores.slice(0, 1))('the office’s bookkeeping ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-04-13', '10:00');
  });
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });
  afterAll(() => living.close());

  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const chief = (text: string) => living.say('wecom', 'sec_anquan', text);
  const light = async (code: string) => /【[红黄蓝][^】]*】/.exec((await office(`查 ${code}`)) ?? '')?.[0];

  test('a milestone makes a task yellow once its day has passed below its figure', async () => {
    expect(await office('节点 4.3.2 预案 4月30日3个,6月30日 5个')).toContain('预案4月30日节点:3个(共8个)');
    expect(await office('查 4.3.2')).toContain('未启动');
    await living.at('2026-04-30', '10:00');
    expect(await light('4.3.2')).toBeUndefined();
    await living.at('2026-05-06', '10:00');
    expect(await light('4.3.2')).toBe('【黄·滞后】');
    await chief('4.3.2 预案累计3');
    expect(await light('4.3.2')).toBeUndefined();
    expect(await office('记录 4.3.2')).toContain('预案节点4月30日3个、6月30日5个');
  });

  test('a milestone gives way to a later word on its day, and both are taken back', async () => {
    await office('节点 4.3.2 演练 6月30日 2次');
    expect(await office('节点 4.3.2 演练 6月30日 取消')).toContain('演练6月30日节点取消');
    expect(await office('撤回')).toContain('已撤回【4.3.2】节点');
    await living.at('2026-07-01', '10:00');
    await chief('4.3.2 预案累计5');
    expect(await light('4.3.2')).toBe('【黄·滞后】');
    expect(await office('节点 4.3.2 预案 5月1日 5个')).toContain('5月1日已过');
    expect(await office('节点 4.3.2 6月30日')).toContain('请写明指标');
    for (const user of ['sec_anquan', 'ldr_anquan', 'ldr_shuji', 'sec_jiwei']) {
      expect(await living.say('wecom', user, '节点 4.3.2 预案 9月30日 6个'), user).toBe(
        user.startsWith('ldr') ? notYoursForLeaders : notYours,
      );
    }
  });

  test('a baseline is where an indicator began: what is reported adds to it', async () => {
    await living.say('wecom', 'sec_guihua', '4.2.2 学校+2');
    expect(await office('期初 4.2.2 学校 3所 截至2026-02-28 来源:规划科台账')).toContain(
      '学校期初3所,截至2026-02-28,来源:规划科台账;计入2026年',
    );
    expect(await office('查 4.2.2')).toContain('学校5所');
    expect(await office('期初 4.2.2 学校 1所 截至2026-03-31 来源:统计公报')).toContain('原期初数不再计');
    expect(await office('查 4.2.2')).toContain('学校3所');
    expect(await office('撤回')).toContain('已撤回【4.2.2】学校的登记');
    expect(await office('查 4.2.2')).toContain('学校5所');
    expect(await office('记录 4.2.2')).toContain('学校期初5所(截至2026-02-28)');
    expect(await office('期初 4.2.2 学校 3所 截至2026-02-28')).toContain('请写明截至日期和来源');
    expect(await office('期初 5.1.1 责任书 17/20 截至3月1日 来源:机关党委台账')).toContain('期初17/20');
    expect(await living.say('wecom', 'sec_guihua', '期初 4.2.2 学校 1所 截至2026-02-28 来源:本科室')).toBe(
      notYours,
    );
  });

  test('a year’s count begins at nothing: what was there before the plan is no result of it', async () => {
    const refused = await office('期初 4.2.2/2 1200个 截至2025-12-31 来源:教育统计年报');
    expect(refused).toContain('起由0计,此前的不计入');
    expect(await office('查 4.2.2')).not.toContain('1200');
  });

  test('the meeting that was held counts once, for the plan’s indicator, the duty’s and the length of meetings', async () => {
    await living.at('2026-07-31', '17:05');
    expect(await living.say('wecom', 'sec_bangongshi', '1.3.1 月调度+1')).toContain('已召开 参会');
    expect(await office('G1 推进会+1')).toContain('已召开 参会');
    expect(await office('已召开 参会26人')).toContain('请写明参会人数和时长');
    const held = await office('已召开 参会26人 时长95分钟');
    expect(held).toContain('计入【1.3.1】【5.2.1】【G1】');
    expect(held).toContain('会议时长超过90分钟,按未达标计。');
    expect(await office('查 1.3.1')).toContain('月调度7月1次');
    expect(await office('查 G1')).toContain('推进会7月1次');
    expect(await office('查 5.2.1')).toContain('会议时长1次中0次达标');
    expect(await office('7月31日调度会已召开,参会28人,时长80分钟')).toContain('已登记召开,不重复计');
    expect(await office('记录 1.3.1')).toContain('已召开月调度会(参会26人,95分钟)');
    expect(await office('撤回')).toContain('已撤回');
    expect(await office('查 1.3.1')).toContain('月调度7月0次');
    expect(await office('7月31日调度会已召开,参会28人,时长1小时20分')).toContain('参会28人,时长80分钟');
    expect(await office('查 5.2.1')).toContain('会议时长1次中1次达标');
    expect(await living.say('wecom', 'ldr_shuji', '已召开 参会26人 时长85分钟')).toBe(notYoursForLeaders);
  });

  test('an inspection on the spot is an act of its own and counts as evidence', async () => {
    expect(await living.say('wecom', 'sec_anquan', '现场核验 4.3.2 演练 与台账一致')).toContain(
      '现场核验由整改办办理',
    );
    expect(await office('现场核验 3.2.1 集体研究 记录齐全')).toContain('由机关纪委办理');
    expect(await living.say('wecom', 'sec_jiwei', '现场核验 3.2.1 集体研究 记录齐全')).toContain(
      '集体研究现场核验:记录齐全',
    );
    expect(await office('现场核验 4.3.2 演练 与台账一致')).toContain('演练现场核验:与台账一致');
    expect(await office('记录 4.3.2')).toContain('演练现场核验');
    expect(await chief('申请销号 4.3.2')).toContain('演练 0/4次:差4次,佐证齐');
    expect(await office('撤回')).toContain('现场核验');
    expect(await chief('申请销号 4.3.2')).toContain('演练 0/4次:差4次,缺佐证');
  });

  test('what belongs to a quarter whose bulletin is out is told to be a supplement', async () => {
    await living.at('2026-10-09', '08:42');
    await living.at('2026-10-10', '09:12');
    expect(await chief('4.3.2 9月20日督查+1')).toContain('三季度通报已发布不再改动,此数作补报,在下期反映');
    expect(await chief('4.3.2 10月10日督查+1')).not.toContain('补报');
  });
});
