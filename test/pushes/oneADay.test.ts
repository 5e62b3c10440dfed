import { eq, isNotNull, isNull } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { TRIES } from '../../src/ledger/outbox/fate.ts';
import { accounts, letters, people, plans } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))("a section's group in its chief's place ($kind)", ({ open }) => {
  let living: LivingHouse;
  afterEach(() => living.close());

  const EVERYTHING = ['follow-up', 'monthly-call', 'personal'];

  /** Nothing reaches the chief one to one; besides the sample's authorisation what may stand in the group unasked. */
  async function enter(day: string, chief: string, more = EVERYTHING) {
    living = await openLivingHouse(await open(), day, '16:40');
    const { db } = living.store;
    const [row] = await db.select().from(people).where(eq(people.name, chief));
    await db.delete(accounts).where(eq(accounts.personId, row?.id ?? 0));
    const [plan] = await db.select().from(plans).where(isNotNull(plans.settings));
    const { authorisation } = plan?.settings ?? {};
    if (!plan || !authorisation) throw new Error('there is no authorisation');
    const scope = [...authorisation.scope, ...more];
    await db
      .update(plans)
      .set({ settings: { ...plan.settings, authorisation: { ...authorisation, scope } } });
    await living.look();
    living.pushes();
  }

  /** The heads of what the section's group reads on this day. */
  async function on(day: string): Promise<(string | undefined)[]> {
    for (const time of ['08:42', '09:12', '10:00']) await living.at(day, time);
    const here = living.pushes().filter(({ chat }) => chat === 'dangwei');
    return here.map(({ text }) => text.split('\n')[0]);
  }
  const head = (words: string) => expect.stringContaining(words);

  test("has the month's call on one day and the week's digest on the next", async () => {
    await enter('2026-05-22', '机关党委专职副书记');
    expect(await on('2026-05-25')).toEqual([head('【5月登记提示】')]);
    expect(await on('2026-05-26')).toEqual([head('整改提示】5月26日')]);
  });

  test("has the week's digest on the next day too where nobody let the month's call go", async () => {
    await enter('2026-05-22', '机关党委专职副书记', []);
    expect(await on('2026-05-25')).toEqual([]);
    await living.at('2026-05-25', '18:30');
    expect(await on('2026-05-26')).toEqual([head('整改提示】5月26日')]);
    expect(await on('2026-05-27')).toEqual([]);
  });

  test("has the week's digest on the next day too where the month's call came to nothing", async () => {
    await enter('2026-05-22', '机关党委专职副书记');
    await living.wecom.fail('refuse');
    expect(await on('2026-05-25')).toEqual([]);
    await living.store.db.update(letters).set(lost(living)).where(isNull(letters.endedAt));
    await living.wecom.heal();
    expect(await on('2026-05-26')).toEqual([head('【5月登记提示】')]);
    expect(await on('2026-05-27')).toEqual([head('整改提示】5月27日')]);
  });

  test('has what waits for a new chief on one day and the digest on the next', async () => {
    await enter('2026-05-15', '机关党委内勤');
    await living.say('wecom', 'sec_dangwei', '延期 5.1.1 至 12月18日 余3家正在签订');
    await living.say('wecom', 'off_zhuren', '交接 机关党委 负责人 机关党委内勤');
    expect(await on('2026-05-18')).toEqual([head('待您确认')]);
    expect(await on('2026-05-19')).toEqual([head('整改提示】5月19日')]);
  });
});

/** As the outbox leaves what came to nothing after its last try. */
const lost = ({ clock }: LivingHouse) => ({ state: 'dead' as const, attempt: TRIES, endedAt: clock.now() });

describe.each(stores.slice(0, 1))("the month's call ($kind)", ({ open }) => {
  test('that came to nothing is said on the next working day, and once', async () => {
    const living = await openLivingHouse(await open(), '2026-03-24', '17:40');
    await living.look();
    living.pushes();
    const called = async (day: string) => {
      await living.at(day, '08:42');
      const said = living.pushes().filter(({ text }) => text.includes('【3月登记提示】'));
      return said.map(({ chat }) => chat);
    };
    await living.wecom.fail('refuse');
    const others = await called('2026-03-25');
    await living.store.db.update(letters).set(lost(living)).where(isNull(letters.endedAt));
    await living.wecom.heal();
    await living.at('2026-03-25', '12:00');
    living.pushes();
    const late = await called('2026-03-26');
    expect(late).toContain('sec_dangwei');
    expect(late.filter((chat) => others.includes(chat))).toEqual([]);
    expect(await called('2026-03-27')).toEqual([]);
    await living.close();
  });
});
