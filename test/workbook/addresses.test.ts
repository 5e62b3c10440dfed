import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { entries, groups, words } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';
import { deskAt, open, ownPlan, type TestDesk } from './desk.ts';

describe.each(stores)('a push address in the workbook ($kind)', ({ open: openStore }) => {
  let store: Store;
  let desk: TestDesk;
  beforeAll(async () => {
    store = await openStore();
    desk = deskAt(store);
    await loadSample(store.db, new Date('2026-04-09T02:00:00Z'));
    await ownPlan(store);
  });
  afterAll(() => store.close());

  test('is sealed, shown as 已设置, kept, found to be the same, and removed', async () => {
    const address = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0a1b2c3d';
    const group = async () => (await store.db.select().from(groups).where(eq(groups.code, 'leaders')))[0];
    const book = await open(await desk.export());
    book.set('群', 'leaders', '推送地址', address);
    const { out } = await desk.import(await book.save());
    expect(out).toContain('修改 群 leaders 推送地址:未设置 → 新设置');
    expect(out).not.toContain('0a1b2c3d');
    const sealed = (await group())?.sealedAddress;
    expect(sealed).not.toContain('0a1b2c3d');
    expect((await desk.import(await book.save())).out).toContain('共0行有变化');

    const twice = await open(await desk.export());
    twice.set('群', 'dangwei', '推送地址', address);
    const refused = await desk.import(await twice.save());
    expect(refused.out).toMatch(/与群 (?:dangwei|leaders) 的相同,每个群须有自己的推送地址/);
    expect(refused).toMatchObject({ code: 1, out: expect.not.stringContaining('0a1b2c3d') });

    const kept = await open(await desk.export());
    expect(kept.sheet('群').rows[1]).toContain('已设置');
    const next = await open(await desk.export());
    next.set('方案', '方案代码', '内容', 'next-2027');
    next.set('方案', '年度', '内容', 2027);
    expect((await desk.import(await next.save())).out).toContain('新年度的方案请另建台账导入');
    kept.set('群', 'leaders', '推送地址', null);
    expect((await desk.import(await kept.save())).out).toContain('共0行有变化');
    kept.set('群', 'leaders', '推送地址', '清除');
    expect((await desk.import(await kept.save())).out).toContain('推送地址:已设置 → 未设置');
    expect((await group())?.sealedAddress).toBeNull();
    const said =
      JSON.stringify(await store.db.select().from(entries)) +
      JSON.stringify(await store.db.select().from(words));
    expect(said).not.toContain('0a1b2c3d');
  });
});
