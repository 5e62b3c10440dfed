import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { inbox, letters, people, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const [postgres] = stores;
if (!postgres) throw new Error('no store');

let living: LivingHouse;
beforeEach(async () => {
  living = await openLivingHouse(await postgres.open(), '2026-04-09', '10:00');
});
afterEach(() => living.close());

const office = (text: string) => living.say('wecom', 'off_zhuren', text);
const chief = (text: string) => living.say('dingtalk', 'dt-anquan', text);
const clerk = (text: string) => living.say('dingtalk', 'dt-clk-anquan', text);

describe('a post that is handed over', () => {
  const asked = async () => {
    await living.store.db.update(tasks).set({ deadline: '2026-11-30' }).where(eq(tasks.code, '4.3.1'));
    await chief('4.3.2 演练+1');
    expect(await chief('坚持申请 4.3.2 佐证随后补齐')).toContain('坚持申请');
    expect(await chief('延期 4.3.1 至 12月30日 排查未完')).toContain('申请延期');
  };

  test('takes along what a meeting wants done on its tasks', async () => {
    expect(await office('议定 4.3.2 逐校核对台账 4月30日')).toContain('已记录');
    await office('交接 安全管理科 负责人 安全管理科内勤 自4月13日');
    await living.at('2026-04-13', '08:42');
    expect(await chief('议定 4.3.2 已办结')).not.toContain('已记录');
    expect(await clerk('议定 4.3.2 已办结')).toContain('已记录');
  });

  test('takes from whoever had it what still waits to be told, and the successor is told it', async () => {
    await living.wecom.fail('errcode', { code: 45009 });
    await living.at('2026-12-03', '08:42');
    expect(await office('交接 机关纪委 负责人 政策法规科科长 自12月3日')).toContain('即日生效');
    const held = await living.store.db.select().from(letters).where(eq(letters.account, 'sec_jiwei'));
    expect(held.flatMap(({ tasks }) => tasks)).toContain('3.3.2');
    expect(held.map(({ state, why }) => [state, why])).toEqual(
      held.map(() => ['expired', '收件人职务或角色已变动']),
    );
    await living.wecom.heal();
    for (const day of ['2026-12-03', '2026-12-04']) await living.at(day, '09:45');
    const posts = living.pushes().filter(({ text }) => text.includes('【3.3.2】'));
    expect(new Set(posts.map(({ chat }) => chat))).toContain('sec_fagui');
    expect(posts.map(({ chat }) => chat)).not.toContain('sec_jiwei');
  });

  test('passes on its day; what the old chief asked for waits for the new one’s word', async () => {
    await asked();
    expect(await office('交接 安全管理科 负责人 安全管理科内勤 自4月13日')).toContain('自4月13日起生效');
    await living.at('2026-04-12', '23:59');
    expect(await chief('4.3.2 演练+1')).toContain('已记录');
    await living.at('2026-04-13', '00:00');
    expect(await chief('4.3.2 演练+1')).toContain('请与整改办联系');
    const leader = (text: string) => living.say('wecom', 'ldr_anquan', text);
    expect(await leader('同意销号 4.3.2')).toContain('现待新任科长确认');
    expect(await leader('同意延期 4.3.1')).toContain('新任科长确认后再批复');
    expect(await clerk('确认')).toMatch(
      /^已记录,经确认:\s+【4.3.1】前任的申请继续办理\s+【4.3.2】前任的申请继续办理$/,
    );
    expect(await leader('同意延期 4.3.1')).toContain('同意延期');
    expect(await leader('同意销号 4.3.2')).toContain('审核通过');
    const told = await clerk('记录 4.3.2');
    expect(told).toContain('安全管理科科长(安全管理科):「坚持申请');
    expect(told).toContain('科室负责人交接,原申请待新任确认 系统');
    expect(told).toContain('新任确认原申请 安全管理科内勤');
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('may be taken back until its day, and passes at once when the day has come', async () => {
    await office('交接 安全管理科 负责人 安全管理科内勤 自5月6日');
    expect(await office('撤回')).toContain('已撤回交接');
    await living.at('2026-05-06', '09:00');
    expect(await chief('4.3.2 演练+1')).toContain('已记录');
    expect(await office('交接 安全管理科 负责人 安全管理科内勤 自5月6日')).toContain('即日生效');
    expect(await office('撤回')).toContain('交接已生效,不能撤回');
    expect(await chief('4.3.2 演练+1')).not.toContain('已记录');
  });

  test('brings the roles that belong to it, and exchanges two posts whichever is named first', async () => {
    await office('交接 机关纪委 负责人 机关党委内勤 自4月9日');
    expect(await office('交接 财务科 负责人 人事科科长 自4月9日')).toContain(
      '人事科负责人届时空缺,请另发「交接 人事科 负责人 姓名 自 4月9日」',
    );
    expect(await office('交接 人事科 负责人 财务科科长 自4月9日')).not.toContain('空缺');
    const rows = await living.store.db.select().from(people);
    const roles = (name: string) => rows.find((row) => row.name === name)?.roles;
    expect(roles('机关党委内勤')).toEqual(['chief', 'discipline']);
    expect(roles('机关纪委书记')).toEqual([]);
    expect([roles('人事科科长'), roles('财务科科长')]).toEqual([['chief'], ['chief']]);
    expect(await living.say('wecom', 'sec_renshi', '6.3.2 本月正在对账')).toContain('已记录');
  });

  test('leaves entries in the name and the section that they were made in', async () => {
    const { say } = living;
    expect(await say('wecom', 'sec_renshi', '4.1.1 考核办法正在会签')).toContain('已记录');
    await office('交接 财务科 负责人 人事科科长 自4月9日');
    expect(await office('记录 4.1.1')).toContain('人事科科长(人事科):「4.1.1 考核办法正在会签」');
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('lets what a chief asked for wait for the successor, also where that chief has been disabled meanwhile', async () => {
    await asked();
    await office('停用 安全管理科科长');
    await office('交接 安全管理科 负责人 安全管理科内勤 自4月9日');
    const leader = (text: string) => living.say('wecom', 'ldr_anquan', text);
    expect(await leader('同意销号 4.3.2')).toContain('现待新任科长确认');
    expect(await clerk('确认')).toContain('前任的申请继续办理');
    await office('启用 安全管理科科长');
    expect(await chief('4.3.2 演练+1')).not.toContain('已记录');
    expect(await leader('同意销号 4.3.2')).toContain('审核通过');
  });

  test('goes to nobody the ledger doesn’t know, and to no leader', async () => {
    expect(await office('交接 安全管理科 负责人 王强 自5月6日')).toContain('「新增 王强 安全管理科 职务」');
    expect(await office('交接 安全管理科 负责人 分管体育副局长 自5月6日')).toContain('不能接任');
    expect(await office('交接 安全管理科 负责人 安全管理科科长 自5月6日')).toContain('未改动');
    expect(await chief('交接 安全管理科 负责人 安全管理科内勤 自5月6日')).toContain('请与整改办联系');
    await office('新增 王强 安全管理科 副科长');
    expect(await office('安全科科长换成王强了,5月6日起')).toContain('由王强接任,自5月6日起生效');
  });
});

describe('people and codes', () => {
  test('are taken in, addressed and ordered by the office, each with its entry', async () => {
    expect(await office('新增 王强 安全管理科 副科长')).toContain('新增王强(安全管理科副科长)');
    expect(await office('新增 王强 财务科 科员')).toContain('台账中已有王强');
    expect(await office('称呼 王强 王科长')).toContain('今后称王科长');
    expect(await office('称呼 安全管理科科长 王科长')).toContain('已是王强的称呼');
    expect(await office('排序 王强 在 人事科科长 之前')).toContain('排在人事科科长之前');
    const rows = await living.store.db.select().from(people).orderBy(people.rank);
    const names = rows.map(({ name }) => name);
    expect(names.indexOf('王强') + 1).toBe(names.indexOf('人事科科长'));
    expect(await verify(living.store.db)).toMatchObject({ sound: true, entries: 3 });
  });

  test('a code is told one to one only, works once, and stands nowhere in the ledger', async () => {
    const { say, wecom, store } = living;
    await office('新增 王强 安全管理科 副科长');
    expect(await say('office', 'off_zhuren', '绑定码 王强')).toContain('单聊');
    const answer = (await say('wecom', 'adm_xinxi', '绑定码 王强', { id: 'once' })) ?? '';
    const [code = ''] = /[2-9A-Z]{8}/.exec(answer) ?? [];
    expect(answer).toContain(`绑定 ${code}`);
    const kept = JSON.stringify(await store.db.select().from(inbox));
    expect(kept).not.toContain(code);
    expect(await say('wecom', 'adm_xinxi', '绑定码 王强', { id: 'once' })).toContain('重新领取');
    expect(await say('wecom', 'wangqiang', `绑定 ${code}`)).toContain('已绑定:王强');
    expect(await say('wecom', 'wangqiang', '4.3.2 演练方案已拟')).toContain('已记录');
    const [, line = ''] = /请在该群里发送:(.*\S)/.exec((await office('登记码 科室 财务科')) ?? '') ?? [];
    expect(line).toMatch(/^@督办 登记本群 科室 [2-9A-Z]{8}$/);
    const chat = { chat: { group: 'wrNew' }, user: 'sec_caiwu', text: line };
    expect((await wecom.say(chat)).answer).toContain('已登记为财务科群');
    expect(await clerk('绑定码 王强')).toContain('请与整改办联系');
  });

  test('a new code for somebody takes the place of the old one', async () => {
    const codes: string[] = [];
    for (const _ of [1, 2])
      codes.push(/[2-9A-Z]{8}/.exec((await office('绑定码 财务科科长')) ?? '')?.[0] ?? '');
    expect(await living.say('wecom', 'new', `绑定 ${codes[0]}`)).toContain('无效');
    expect(await living.say('wecom', 'new', `绑定 ${codes[1]}`)).toContain('已绑定');
  });
});

describe('words that are sealed', () => {
  test('are gone wherever the ledger kept them, and the history holds', async () => {
    const { say, store } = living;
    await clerk('4.3.2 预案涉及李某家中情况,正在核对');
    expect(await chief('记录 4.3.2')).toContain('李某');
    expect(await chief('封存 4.3.2 1 涉及个人信息')).toContain('请与整改办联系');
    expect(await say('leaders', 'off_zhuren', '封存 4.3.2 1 涉及个人信息')).toContain('单聊');
    expect(await office('封存 4.3.2 9 涉及个人信息')).toContain('没有这条记录');
    expect(await office('封存 4.3.2 1 涉及个人信息')).toContain('【4.3.2】第1条记录的原话已封存');
    expect(await office('封存 4.3.2 1 涉及个人信息')).toContain('不需封存');
    const told = await chief('记录 4.3.2');
    expect(told).toMatch(/[#＃]1 .*进展说明 安全管理科内勤 已封存/);
    expect(told).toContain('「封存 4.3.2 1 涉及个人信息」');
    const tables = [await store.db.select().from(inbox), await store.db.select().from(letters)];
    expect(JSON.stringify(tables)).not.toContain('李某');
    expect(await verify(store.db)).toEqual({ sound: true, entries: 2 });
  });
});

describe('the history of the plan itself', () => {
  test('is the office’s to read, with the numbers that 封存 goes by', async () => {
    await office('角色 财务科科长 增加 整改办');
    await office('停用 安全管理科内勤');
    const told = await office('记录 方案');
    expect(told).toMatch(/[#＃]2 4月9日 .*停用人员 整改办主任/);
    expect(told).toMatch(/[#＃]1 4月9日 .*角色调整 整改办主任/);
    expect(await office('封存 方案 2 涉及个人信息')).toContain('方案第2条记录的原话已封存');
    expect(await office('记录 方案')).toMatch(/[#＃]2 .*已封存/);
    expect(await chief('记录 方案')).toContain('请与整改办联系');
    expect(await living.say('leaders', 'off_zhuren', '记录 方案')).toMatch(/私信|单聊/);
  });
});

describe('roles', () => {
  test('are given and taken by the office in chat, several to one person, and what only one has stays', async () => {
    const { say } = living;
    expect(await office('新增 李敏 局办公室 科员 角色 整改办')).toContain('新增李敏');
    expect(await office('新增 赵某 局领导 副局长')).toContain('新增赵某');
    expect(await office('角色 财务科科长 增加 整改办')).toContain('财务科科长增加角色:整改办');
    const of = async (name: string) =>
      (await living.store.db.select().from(people)).find((row) => row.name === name)?.roles;
    expect([await of('李敏'), await of('赵某'), await of('财务科科长')]).toEqual([
      ['office'],
      ['leader'],
      ['chief', 'office'],
    ]);
    expect(await say('wecom', 'sec_caiwu', '节点 4.3.2 演练 6月30日 2')).toContain('已记录');
    expect(await office('角色 财务科科长 取消 整改办')).toContain('取消角色');
    expect(await say('wecom', 'sec_caiwu', '节点 4.3.2 演练 6月30日 3')).not.toContain('已记录');
    expect(await office('撤回')).toContain('已撤回角色');
    expect(await of('财务科科长')).toEqual(['chief', 'office']);
    expect(await office('角色 整改办主任 取消 整改办')).toContain('不能改本人的角色');
    expect(await office('角色 安全管理科内勤 增加 书记')).toContain('由管理员在服务器上用工作簿导入');
    expect(await office('角色 人事科科长 增加 科长')).toContain('请用「交接');
    expect(await office('角色 分管安全规划副局长 取消 班子成员')).toContain('任务的责任领导,未改动');
    expect(await say('leaders', 'off_zhuren', '角色 财务科科长 取消 整改办')).toContain('单聊');
    expect(await say('wecom', 'sec_caiwu', '角色 人事科科长 增加 整改办')).toContain('已记录');
    expect(await say('wecom', 'sec_renshi', '角色 财务科科长 增加 整改办')).toContain('已是整改办');
    expect(await clerk('角色 财务科科长 取消 整改办')).toContain('请与整改办联系');
  });
});
