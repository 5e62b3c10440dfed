import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { afterRestore } from '../src/cli/restored.ts';
import { copyAll } from '../src/ledger/db/copy.ts';
import type { Store } from '../src/ledger/db.ts';
import { letters } from '../src/ledger/schema.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import { openSeal } from '../src/secret.ts';
import { createWays } from '../src/ways/ways.ts';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { openPostgres } from './setup/stores.ts';

describe('a backup that is put back', () => {
  let living: LivingHouse;
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const enter = async (day: string, time: string, store?: Store) => {
    living = await openLivingHouse(store ?? (await openPostgres()), day, time);
    closing.push(living.close);
  };

  async function settle() {
    const { config, store, clock } = living;
    const ways = createWays({
      platforms: createPlatforms(config, fetch),
      seal: await openSeal(config, store.db),
      sampleAddress: ({ platform, code }) =>
        platform === 'wecom' ? `${config.WECOM_API_BASE}/cgi-bin/webhook/send?key=sample-${code}` : undefined,
    });
    const botNames = { wecom: '督办', dingtalk: '督办' };
    const parts = { ways, botNames, log: pino({ level: 'silent' }) };
    return store.db.transaction((tx) => afterRestore({ ...parts, store: { db: tx } }, clock.now()));
  }

  /** What goes out until this moment is of a ledger that is then lost: another has what stands in this one now. */
  async function loses(...until: [day: string, time: string][]) {
    const backup = await openPostgres();
    await copyAll(living.store.db, backup.db);
    for (const [day, time] of until) await pass(day, time);
    const said = living.pushes();
    const [day = '', time = ''] = until.at(-1) ?? [];
    await enter(day, time, backup);
    return said;
  }

  /** Words and each file leave one after the other. */
  async function pass(day: string, time: string) {
    await living.at(day, time);
    for (const minute of [1, 1, 1]) {
      living.clock.move(minute * 60_000);
      await living.look();
    }
  }
  const seen = async (day: string, time: string) => {
    await pass(day, time);
    return living.pushes();
  };
  const chatsOf = (posts: { chat: string; text: string }[], mark: string) =>
    posts.flatMap(({ chat, text }) => (text.includes(mark) ? [chat] : [])).toSorted();

  test('says nothing of what was due until then, and goes on from there', async () => {
    await enter('2026-04-01', '08:00');
    const { db } = living.store;
    await living.say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
    living.clock.move(60 * 60_000);
    expect((await settle()).slots).toBeGreaterThan(1);
    await living.at('2026-04-01', '09:10');
    expect(living.pushes()).toEqual([]);
    await living.at('2026-04-02', '08:42');
    const texts = living.pushes().map(({ text }) => text);
    expect(texts.some((text) => text.includes('【5.1.1】'))).toBe(true);
    const states = (await db.select().from(letters)).map(({ state }) => state);
    expect(states.every((state) => state === 'sent' || state === 'dead')).toBe(true);
  });

  test("doesn't release a quarter's bulletin a second time: the office is asked whether it went out", async () => {
    await enter('2026-03-31', '18:00');
    await living.at('2026-04-01', '09:12');
    const said = await loses(['2026-04-02', '09:12'], ['2026-04-02', '12:00']);
    expect(chatsOf(said, '【季度通报】')).toEqual(['leaders', 'system']);
    await settle();
    const later = [...(await seen('2026-04-03', '08:42')), ...(await seen('2026-04-03', '09:12'))];
    const asked = [...later, ...(await seen('2026-04-03', '16:12'))];
    expect(chatsOf(asked, '【季度通报】')).toEqual([]);
    expect(chatsOf(asked, '请看群后回复「通报已看到」或「补发通报」')).toEqual(['office']);
    expect(await living.say('office', 'off_zhuren', '通报')).toContain('4月2日发布');
    expect(await living.say('office', 'off_zhuren', '补发通报')).toContain('将补发并标明');
    expect(chatsOf(await seen('2026-04-03', '16:20'), '〔补发〕【季度通报】')).toEqual(['leaders', 'system']);
  });

  test("doesn't release one that the lost ledger drafted and may have released, but lets the secretary", async () => {
    await enter('2026-03-31', '18:00');
    await living.look();
    const said = await loses(['2026-04-01', '09:12'], ['2026-04-02', '09:12'], ['2026-04-02', '12:00']);
    expect(chatsOf(said, '【季度通报】')).toEqual(['leaders', 'system']);
    await settle();
    expect(chatsOf(await seen('2026-04-02', '12:01'), '【通报稿】')).toEqual(['office']);
    expect(chatsOf(await seen('2026-04-03', '09:12'), '【季度通报】')).toEqual([]);
    expect(await living.say('wecom', 'ldr_shuji', '签发通报')).toContain('4月7日09:12发布');
    expect(chatsOf(await seen('2026-04-07', '09:12'), '【季度通报】')).toEqual(['leaders', 'system']);
  });

  test('drafts a quarter whose day it was, and releases it in its time', async () => {
    await enter('2026-03-31', '18:00');
    await living.look();
    await loses(['2026-04-01', '10:00']);
    await settle();
    expect(chatsOf(await seen('2026-04-01', '10:01'), '【通报稿】')).toEqual(['office']);
    expect(chatsOf(await seen('2026-04-02', '09:12'), '【季度通报】')).toEqual(['leaders', 'system']);
  });

  test("doesn't announce a meeting or an order a second time", async () => {
    await enter('2026-04-16', '15:12');
    await living.look();
    await living.say('office', 'off_zhuren', '挂牌 5.1.1 逾期较久 至12月25日');
    await living.say('wecom', 'ldr_shuji', '同意挂牌 5.1.1');
    const said = await loses(['2026-04-16', '16:42'], ['2026-04-17', '15:12'], ['2026-04-17', '18:00']);
    expect(chatsOf(said, '【会议通知】')).toEqual(['leaders', 'office']);
    expect(chatsOf(said, '经批准列为挂牌督办事项')).toContain('leaders');
    await settle();
    const later = [...(await seen('2026-04-20', '15:12')), ...(await seen('2026-04-20', '16:42'))];
    expect(chatsOf(later, '【会议通知】')).toEqual([]);
    expect(chatsOf(later, '经批准列为挂牌督办事项')).toEqual([]);
    expect(chatsOf(await seen('2026-04-23', '15:12'), '【会议提示】')).toEqual(['leaders', 'office']);
  });

  test("doesn't call a second time for the month's figures, though the call may go on the next days too", async () => {
    await enter('2026-03-24', '17:40');
    await living.look();
    const said = await loses(['2026-03-25', '08:42'], ['2026-03-25', '12:00']);
    expect(chatsOf(said, '【3月登记提示】')).toContain('sec_dangwei');
    await settle();
    expect(chatsOf(await seen('2026-03-26', '08:42'), '【3月登记提示】')).toEqual([]);
  });
});
