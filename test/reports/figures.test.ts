import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Plan, plansOf } from '../../src/ledger/plan.ts';
import { accountAsOf } from '../../src/ledger/views/asOf.ts';
import { type Figures, type Frozen, figuresOf } from '../../src/reports/figures.ts';
import { DontAddUp } from '../../src/reports/standings.ts';
import { shownIn } from '../../src/reports/version.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores)("a bulletin's figures ($kind)", ({ open }) => {
  let living: LivingHouse;
  let plan: Plan;

  const read = async (asOf: string, last: Frozen | null = null) => {
    const account = await accountAsOf(living.store.db, plan, asOf);
    return figuresOf(account, { title: '一季度', period: '2026-Q1', readAt: living.clock.now() }, last);
  };
  const amount = (figures: Figures, code: string) =>
    figures.achieved.find((each) => each.code === code)?.figure;

  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-03-02', '10:00');
    const [found] = await plansOf(living.store.db);
    if (!found) throw new Error('no plan');
    plan = found;
    const { say, at } = living;
    await say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
    expect(await say('anquan', 'dt-clk-anquan', '4.3.2 演练+2')).toContain('待科长确认');
    await at('2026-04-01', '08:30');
    await say('dingtalk', 'dt-anquan', '4.3.2 4月1日演练+1');
    await say('dingtalk', 'dt-anquan', '4.3.2 3月30日演练+1');
    await say('wecom', 'off_zhuren', '挂牌 5.1.1 责任书未签齐 至5月29日');
    await say('dingtalk', 'dt-shuji', '同意挂牌 5.1.1');
  });
  afterAll(() => living.close());

  test('hold what happened until the end of the day, also when it was said after it', async () => {
    expect(amount(await read('2026-03-31'), '4.3.2/2')).toEqual({ kind: 'number', value: 2 });
    expect(amount(await read('2026-04-01'), '4.3.2/2')).toEqual({ kind: 'number', value: 3 });
  });

  test("leave out a clerk's figure that the chief hasn't confirmed", async () => {
    expect(amount(await read('2026-04-01'), '4.3.2/2')).toEqual({ kind: 'number', value: 3 });
  });

  test("take a quarter's last day for over: its deadlines are overdue, and what was listed later isn't yet", async () => {
    const then = await read('2026-03-31');
    const after = await read('2026-04-01');
    const of = (figures: Figures) => figures.laggards.find((each) => each.code === '5.1.1');
    expect(of(then)).toMatchObject({
      standing: 'behind',
      light: 'red',
      deadline: '2026-03-31',
      overdueBy: 0,
    });
    expect(of(after)).toMatchObject({ standing: 'listed', term: '2026-05-29', listedOn: '2026-04-01' });
    expect(then.whole.listed).toBe(0);
    expect(after.whole.listed).toBe(1);
  });

  test('count each of the 42 once, over the whole plan, its categories, its sections', async () => {
    const { whole, categories, sections, leaders } = await read('2026-03-31');
    for (const counts of [whole, ...categories, ...sections, ...leaders]) {
      expect(counts.closed + counts.listed + counts.behind + counts.progress).toBe(counts.all);
    }
    const total = (of: { all: number }[]) => of.reduce((sum, { all }) => sum + all, 0);
    expect([whole.all, total(categories), total(sections), total(leaders)]).toEqual([42, 42, 42, 42]);
  });

  test('are refused when a task belongs to no category', async () => {
    const account = await accountAsOf(living.store.db, plan, '2026-03-31');
    const categories = account.categories.slice(1);
    const about = { title: '一季度', period: '2026-Q1', readAt: living.clock.now() };
    expect(() => figuresOf({ ...account, categories }, about, null)).toThrow(DontAddUp);
  });

  test('tell how they stood a quarter before', async () => {
    const first = await read('2026-03-31');
    const second = await read('2026-04-01', first);
    expect(second.whole.before).toMatchObject({ all: 42, listed: 0 });
    expect(second.whole.before).not.toHaveProperty('before');
    const drills = second.achieved.find((each) => each.code === '4.3.2/2');
    expect(drills?.before).toEqual({ kind: 'number', value: 2 });
  });

  test('name nothing restricted to the system, and no count that would give it away', async () => {
    const figures = await read('2026-04-01');
    const system = shownIn(figures, 'system');
    const office = new Set(
      figures.laggards.filter(({ level }) => level === 'office').map(({ code }) => code),
    );
    expect(office.size).toBeGreaterThan(0);
    expect(system.laggards.filter(({ code }) => office.has(code))).toEqual([]);
    expect(system.achieved.every(({ level, personal }) => level !== 'office' && !personal)).toBe(true);
    expect(system.whole).toEqual(figures.wide.whole);
    expect(system.laggards.length + (system.apart.behind ?? 0) + (system.apart.listed ?? 0)).toBe(
      figures.wide.whole.behind + figures.wide.whole.listed,
    );
    const upward = shownIn(figures, 'upward');
    expect(upward.whole).toEqual(figures.whole);
    expect(upward.laggards.length + (upward.apart.behind ?? 0) + (upward.apart.listed ?? 0)).toBe(
      figures.whole.behind + figures.whole.listed,
    );
    expect(
      system.sections.every(({ levels }) => !levels.includes('office') && !levels.includes('self')),
    ).toBe(true);
    expect(system.leaders).toEqual([]);
    expect(upward.sections.length).toBeGreaterThan(system.sections.length);
  });
});
