import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { type NewLetter, put } from '../../src/ledger/outbox.ts';
import { groupsOf, membersOf } from '../../src/ledger/people.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { letters } from '../../src/ledger/schema.ts';
import { openPostgres } from '../setup/stores.ts';
import { deskAt, open, type TestDesk } from './desk.ts';

const now = new Date('2026-04-09T02:00:00Z');

describe('what waits to be sent when a workbook', () => {
  let store: Store;
  let desk: TestDesk;
  beforeAll(async () => {
    store = await openPostgres();
    desk = deskAt(store);
    await loadSample(store.db, now);
    // The sample gives way to the same plan as the bureau's own.
    const book = await open(await desk.export());
    book.set('方案', '方案代码', '内容', 'city-2026');
    expect((await desk.import(await book.save())).code).toBe(0);
  });
  afterAll(() => store.close());

  const planId = async () => (await plansOf(store.db)).find(({ sample }) => !sample)?.id ?? 0;
  const personId = async (name: string) =>
    (await membersOf(store.db, await planId())).find((person) => person.name === name)?.id ?? 0;

  async function waiting(key: string, to: Partial<NewLetter>): Promise<void> {
    const letter = {
      ...{ planId: await planId(), key, push: 'test', platform: 'wecom' as const, robot: 'wecom:app' },
      ...{ groupId: null, personId: null, account: null, reply: { lines: ['【3.3.2】'] } },
      ...{ tasks: [], marks: [], once: false, quiet: true, dueAt: now },
      expiresAt: new Date(now.getTime() + 86_400_000),
    };
    await put(store.db, [{ ...letter, ...to }], now);
  }
  const fateOf = async (key: string) => {
    const [letter] = await store.db.select().from(letters).where(eq(letters.key, key));
    return [letter?.state, letter?.account, letter?.why];
  };
  async function set(title: string, key: string, header: string, value: string): Promise<void> {
    const book = await open(await desk.export());
    book.set(title, key, header, value);
    expect(await desk.import(await book.save())).toMatchObject({ code: 0 });
  }

  test('narrows who may read of a task, is not sent where it may no longer be read', async () => {
    const rooms = await groupsOf(store.db, await planId());
    const to = (audience: string) => ({ groupId: rooms.find((each) => each.audience === audience)?.id ?? 0 });
    await waiting('wide', { ...to('leaders'), tasks: ['4.3.2'] });
    await waiting('other', { ...to('leaders'), tasks: ['4.3.1'] });
    await waiting('office', { ...to('office'), tasks: ['4.3.2'] });
    await set('任务', '4.3.2', '知悉范围', '限知');
    expect(await fateOf('wide')).toEqual(['expired', null, '任务知悉范围已收窄']);
    expect(await fateOf('other')).toEqual(['pending', null, null]);
    expect(await fateOf('office')).toEqual(['pending', null, null]);
  });

  test('gives a group other readers, is not sent to them', async () => {
    const group = (await groupsOf(store.db, await planId())).find(({ audience }) => audience === 'section');
    const room = { groupId: group?.id ?? 0 };
    await waiting('other readers', room);
    await set('群', group?.code ?? '', '科室', '财务科');
    expect(await fateOf('other readers')).toEqual(['expired', null, '群的用途或所属已更改']);
    await waiting('same readers', room);
    await set('群', group?.code ?? '', '会话ID', 'another-chat');
    expect(await fateOf('same readers')).toEqual(['pending', null, null]);
  });

  test('retires a group, is not sent', async () => {
    const group = (await groupsOf(store.db, await planId())).find(({ code }) => code === 'leaders');
    await waiting('group', { groupId: group?.id ?? 0 });
    await set('群', 'leaders', '停用', '是');
    expect(await fateOf('group')).toEqual(['expired', null, '会话已停用']);
  });

  test('retires a person, is not sent', async () => {
    await waiting('person', { personId: await personId('安全管理科内勤'), account: 'clk_anquan' });
    await set('人员', '安全管理科内勤', '停用', '是');
    expect(await fateOf('person')).toEqual(['expired', 'clk_anquan', '收件人已停用']);
  });

  test('takes somebody’s role or section, is not sent', async () => {
    const chief = { personId: await personId('安全管理科科长') };
    await waiting('named', chief);
    await set('人员', '安全管理科科长', '称呼', '科长');
    expect(await fateOf('named')).toEqual(['pending', null, null]);
    await set('人员', '安全管理科科长', '角色', '内勤');
    expect(await fateOf('named')).toEqual(['expired', null, '收件人职务或角色已变动']);
    await waiting('placed', chief);
    await set('人员', '安全管理科科长', '科室', '财务科');
    expect(await fateOf('placed')).toEqual(['expired', null, '收件人职务或角色已变动']);
  });

  test('gives an account to somebody else, is sent to its person’s new one, or not at all', async () => {
    const chief = { personId: await personId('安全管理科科长'), platform: 'wecom' as const };
    await waiting('moved', { ...chief, account: 'sec_anquan' });
    await set('人员', '安全管理科科长', '企业微信账号', 'anquan_new');
    expect(await fateOf('moved')).toEqual(['pending', 'anquan_new', null]);
    await set('人员', '安全管理科科长', '企业微信账号', 'anquan_new、anquan_too');
    await set('人员', '安全管理科科长', '企业微信账号', 'anquan_too');
    expect(await fateOf('moved')).toEqual(['pending', 'anquan_too', null]);
    await waiting('unbound', { ...chief, account: 'anquan_too' });
    await set('人员', '安全管理科科长', '企业微信账号', '');
    expect(await fateOf('unbound')).toEqual(['expired', 'anquan_too', '收件账号已解绑']);
  });
});
