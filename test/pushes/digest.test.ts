import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/ledger/days.ts';
import { closeouts, entries, extensions, listings, sections, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors } from '../setup/stores.ts';

describe.each(bothDoors)('the morning digest (by $door)', ({ door, open }) => {
  let living: LivingHouse;
  beforeEach(async () => {
    living = await openLivingHouse(await open(), '2026-01-05', '08:00', { door });
  });
  afterEach(() => living.close());

  /** What the groups are told on the morning of this day, by chat. */
  async function on(day: string): Promise<Map<string, string[]>> {
    await living.at(day, '08:42');
    // What nobody looked at on its own day may come on a later morning; here the morning's own posts are looked at.
    const said = living.pushes().filter(({ text }) => /整改提示】|【整改进展】/.test(text));
    expect(new Set(said.map(({ chat }) => chat)).size).toBe(said.length);
    return new Map(said.map(({ chat, text }) => [chat, text.split('\n').map((line) => line.trim())]));
  }
  const change = (code: string, values: Partial<typeof tasks.$inferInsert>) =>
    living.store.db.update(tasks).set(values).where(eq(tasks.code, code));
  const morningsLine = (posts: Map<string, string[]>) =>
    posts.get('office')?.find((line) => line.includes('可提请挂牌')) ?? '';
  const isRed = (lines: string[] | undefined) => lines?.some((line) => line.startsWith('【红'));

  test("tells the leaders' group on the first working day of a week alone", async () => {
    const told: string[] = [];
    for (let day = '2026-02-08'; day <= '2026-03-03'; day = addDays(day, 1)) {
      if ((await on(day)).get('leaders')?.[0]?.includes('整改进展')) told.push(day);
    }
    expect(told).toEqual(['2026-02-09', '2026-02-24', '2026-03-02']);
  });

  test('goes by the days that the office has written down, and says when a year’s are not known', async () => {
    expect(await living.say('office', 'off_zhuren', '日历 2026-02-24 休')).toContain('已记录');
    expect((await on('2026-02-24')).has('leaders')).toBe(false);
    expect((await on('2026-02-25')).has('leaders')).toBe(true);
    await living.at('2027-01-04', '08:42');
    const told = living.pushes().filter(({ text }) => text.includes('2027年放假安排尚未导入'));
    expect(new Set(told.map(({ chat }) => chat))).toEqual(new Set(['office', 'off_zhuren', 'off_gongzuo']));
    await living.at('2027-01-05', '08:42');
    expect(living.pushes().filter(({ text }) => text.includes('放假安排'))).toEqual([]);
  });

  test("tells the leaders' group of a task that is overdue only after the chief and the leader", async () => {
    await change('5.1.1', { deadline: '2026-04-16' });
    expect(isRed((await on('2026-04-17')).get('dangwei'))).not.toBe(true);
    const early = await on('2026-04-20');
    expect(early.has('ldr_shuji')).toBe(true);
    expect(isRed(early.get('leaders'))).toBe(false);
    expect(isRed(early.get('dangwei'))).toBe(true);
    expect(early.get('leaders')?.at(-2)).toMatch(/另有3项滞后,由整改办单独报告。$/);
    // The office has read of it in the week's review, which came on Monday because nobody looked on Friday.
    expect((await on('2026-04-21')).has('office')).toBe(false);
    const later = (await on('2026-04-27')).get('leaders');
    expect(later?.[2]).toBe(
      '【红·逾期7个工作日】【5.1.1】管党治党清单与责任书(机关党委):责任清单、责任书尚未登记。',
    );
  });

  test("a week's review that comes on Monday because nobody looked on Friday is of the week before", async () => {
    await living.at('2026-04-09', '10:00');
    await living.say('dangwei', 'sec_dangwei', '5.1.1 正在逐校签订');
    await living.at('2026-04-13', '08:42');
    const review = living.pushes().find(({ text }) => text.includes('每周梳理'));
    expect(review?.chat).toBe('office');
    expect(review?.text).toContain('【每周梳理】4月6日至4月13日 数据截至08:42');
    expect(review?.text).toContain('其间:登记1条,');
  });

  test.each(['08:42', '08:35'])(
    'leaves the office to a review that comes late, at %s: one thing a day, and nothing lost by it',
    async (time) => {
      await living.at('2026-04-16', '10:00');
      await change('5.1.1', { deadline: '2026-04-16' });
      living.pushes();
      const inOffice: string[] = [];
      for (const at of [time, '08:42', '09:12']) {
        await living.at('2026-04-20', at);
        inOffice.push(...living.pushes().flatMap(({ chat, text }) => (chat === 'office' ? text : [])));
      }
      expect(inOffice.map((text) => text.slice(0, 6))).toEqual(['【每周梳理】']);
      expect(inOffice[0]).toContain('新逾期【5.1.1】');
    },
  );

  test('leaves a red line out for five working days in which nothing changed', async () => {
    for (const day of ['2026-04-01', '2026-04-02', '2026-04-03']) await on(day);
    expect(isRed((await on('2026-04-07')).get('leaders'))).toBe(true);
    const next = (await on('2026-04-13')).get('leaders');
    expect(isRed(next)).toBe(false);
    expect(next?.at(-2)).toContain('另有1项逾期,情况与上次相同');
    expect(isRed((await on('2026-04-20')).get('leaders'))).toBe(true);
    expect(isRed((await on('2026-04-27')).get('leaders'))).toBe(true);
  });

  test("tells a section's group a day after its chief where no leader is named yet", async () => {
    await change('5.1.1', { leaderId: null });
    expect(isRed((await on('2026-04-01')).get('dangwei'))).not.toBe(true);
    expect(isRed((await on('2026-04-02')).get('dangwei'))).toBe(true);
  });

  test('repeats it sooner with what is new, in the words of the section', async () => {
    for (const day of ['2026-04-01', '2026-04-02', '2026-04-07']) await on(day);
    await living.at('2026-04-10', '10:00');
    await living.say('wecom', 'sec_dangwei', '5.1.1 余3家拟于4月17日前签订');
    living.pushes();
    const lines = (await on('2026-04-13')).get('leaders');
    expect(lines?.[2]).toContain('机关党委反馈:「余3家拟于4月17日前签订」');
  });

  test("doesn't echo to a section what it has just reported", async () => {
    for (const day of ['2026-04-01', '2026-04-02', '2026-04-07']) await on(day);
    await living.at('2026-04-08', '10:00');
    await living.say('wecom', 'sec_dangwei', '5.1.1 余3家拟于4月17日前签订');
    living.pushes();
    expect((await on('2026-04-09')).has('dangwei')).toBe(false);
  });

  test('repeats no words that no group may read, and none that were taken back', async () => {
    for (const day of ['2026-04-01', '2026-04-02']) await on(day);
    await living.say('wecom', 'sec_dangwei', '5.1.1 等问责情况明确后办理');
    const posts = await on('2026-04-07');
    expect(isRed(posts.get('leaders'))).toBe(true);
    expect(posts.get('leaders')?.join()).not.toContain('问责');
    await living.at('2026-04-13', '08:30');
    await living.say('wecom', 'sec_dangwei', '5.1.1 本周内全部签订');
    await living.say('wecom', 'sec_dangwei', '撤回');
    living.pushes();
    expect((await on('2026-04-13')).get('leaders')?.join()).not.toContain('本周内');
  });

  test("keeps restricted tasks out of the leaders' and the sections' groups, and counts them for the leaders", async () => {
    const restricted = ['1.2.2', '2.1.2', '2.3.1', '3.3.2', '5.1.2', '5.2.2', '5.3.1', '6.2.3', '6.3.1'];
    await living.store.db
      .update(tasks)
      .set({ deadline: '2026-03-20' })
      .where(inArray(tasks.code, restricted));
    const office: string[] = [];
    for (const day of ['2026-03-23', '2026-03-24', '2026-03-25']) {
      office.push(...((await on(day)).get('office') ?? []));
    }
    const posts = await on('2026-03-30');
    for (const [chat, lines] of posts) {
      const named = restricted.filter((code) => lines.join().includes(code));
      if (chat === 'leaders' || chat === 'dangwei' || chat === 'anquan') expect(named).toEqual([]);
    }
    expect(posts.get('leaders')?.at(-2)).toContain('另有9项滞后,由整改办单独报告。');
    expect(office.join()).toContain('【1.2.2】');
    expect(office.join()).not.toContain('【2.1.2】');
    expect(posts.get('dangwei')?.join()).not.toContain('另有');
  });

  test("lights nothing by what isn't for the readers, and of what each person has to meet tells only whether it is met", async () => {
    const posts = await on('2026-03-02');
    expect(posts.get('leaders')?.join()).not.toContain('【3.1.1】');
    expect(posts.get('office')?.join()).toContain(';滞后中1项因限知指标,群内和通报不计');
    expect(posts.get('office')).toContain(
      '【黄·滞后】【3.1.1】“三下基层”调研走访(局办公室):1月、2月调研推进中。',
    );
  });

  test("tells a section's group of its own tasks, and how to report in words that are understood", async () => {
    const lines = (await on('2026-03-02')).get('anquan');
    expect(lines).toEqual([
      '【安全管理科·整改提示】3月2日',
      '【黄·滞后】【4.3.1】风险清单月排查与联动预警:1月、2月排查尚未登记。',
      '写法:@督办 4.3.1 1月31日排查1次 佐证:名称(存放处)',
      '内勤可代填,科长确认后计入;申请销号由科长本人提出。',
      '【有进展请@督办 回复编号和进展,暂无进展无需回复】',
    ]);
    const words = lines?.[2]?.replace('写法:@督办 ', '') ?? '';
    const answer = await living.say(
      'anquan',
      'dt-anquan',
      words.replace('名称(存放处)', '排查记录(科内卷2)'),
    );
    expect(answer).toContain('已记录【4.3.1】');
    expect(answer).toContain('排查:0次→1次');
  });

  test('shows how to report what the running month wants, also where all months before are met', async () => {
    await living.say('anquan', 'dt-anquan', '4.3.1 排查+1');
    expect((await on('2026-02-09')).get('anquan')).toContain(
      '写法:@督办 4.3.1 2月9日排查1次 佐证:名称(存放处)',
    );
  });

  test("comes to a section's group three times a week at most, and between Mondays only with news", async () => {
    const deadlines = ['2026-03-31', '2026-04-01', '2026-04-02', '2026-04-03'];
    const own = ['2.1.1', '2.1.3', '6.1.2', '1.2.1'];
    for (const [index, code] of own.entries()) await change(code, { deadline: deadlines[index] ?? null });
    const told: string[] = [];
    for (let day = '2026-03-30'; day <= '2026-04-12'; day = addDays(day, 1)) {
      if ((await on(day)).has('dangwei')) told.push(day);
    }
    expect(told.filter((day) => day <= '2026-04-05').length).toBe(3);
    expect(told.filter((day) => day > '2026-04-05').length).toBeLessThanOrEqual(3);
  });

  test('never lights what the posted inspectors lead', async () => {
    const [paizhu] = await living.store.db.select().from(sections).where(eq(sections.code, 'paizhu'));
    await change('1.1.1', { sectionId: paizhu?.id ?? 0 });
    for (const [, lines] of await on('2026-03-02')) expect(lines.join()).not.toContain('1.1.1');
    const listed = await living.say('office', 'off_zhuren', '挂牌 1.1.1 拖延较久 至5月29日');
    expect(listed).toContain('【1.1.1】由派驻纪检监察组承办,不列入挂牌督办');
  });

  test('proposes to the office what is ten working days overdue or two months behind, once it is so', async () => {
    await change('5.1.1', { deadline: '2026-03-17' });
    expect((await on('2026-03-30')).get('office')?.join()).not.toContain('可提请挂牌');
    const lines = (await on('2026-03-31')).get('office');
    expect(lines?.at(-2)).toBe('可提请挂牌:【5.1.1】,由整改办研究后报组长。');
    // The quarter's draft has the office's group on the day between.
    await living.at('2026-04-01', '09:12');
    const more = (await on('2026-04-02')).get('office');
    expect(more?.at(-2)).toContain('【1.1.1】');
    expect(more?.join()).not.toContain('【2.1.2】');
    // Yellow for want of time since 2 October.
    expect(morningsLine(await on('2026-11-30'))).not.toContain('【1.1.3】');
    expect(morningsLine(await on('2026-12-02'))).toContain('【1.1.3】');
  });

  test('counts the requests that wait for a decision', async () => {
    await living.say('wecom', 'sec_anquan', '4.3.2 演练+1');
    living.pushes();
    const { db } = living.store;
    const [entry] = await db.select().from(entries).where(eq(entries.chain, '4.3.2'));
    if (!entry?.taskId) throw new Error('nothing was entered');
    const { taskId, id } = entry;
    await db.insert(closeouts).values({ taskId, requestedEntryId: id, missing: [], steps: [] });
    await db
      .insert(extensions)
      .values({ taskId, askedEntryId: id, from: '2026-12-31', to: '2027-01-31', late: false });
    const posts = await on('2026-03-02');
    expect(posts.get('leaders')?.at(-2)).toBe('待会议研究:拟销号1件、延期申请1件。');
    // Closed meanwhile, nobody decides on its term any more; of what the plan no longer has nothing waits.
    await change('4.3.2', { state: 'closed', closedOn: '2026-03-04' });
    expect((await on('2026-03-09')).get('leaders')?.join()).not.toContain('延期申请');
    expect(await living.say('office', 'off_zhuren', '议程')).not.toContain('延期');
    await change('4.3.2', { retired: true });
    expect((await on('2026-03-16')).get('leaders')?.join()).not.toContain('待会议研究');
  });

  test('names no closed task as listed, and says once to the office that its listing may be lifted', async () => {
    await living.say('wecom', 'sec_anquan', '4.3.2 演练+1');
    await living.say('office', 'off_zhuren', '议定 4.3.2 隐患逐校过一遍 2月27日前');
    living.pushes();
    const { db } = living.store;
    const [entry] = await db.select().from(entries).where(eq(entries.chain, '4.3.2'));
    const [taskId, id] = [entry?.taskId ?? 0, entry?.id ?? 0];
    await db
      .insert(listings)
      .values({ taskId, proposedEntryId: id, orderedEntryId: id, orderedOn: '2026-01-05' });
    await change('4.3.2', { state: 'closed', closedOn: '2026-02-20' });
    const told: [string, string][] = [];
    for (let day = '2026-02-24'; day <= '2026-03-13'; day = addDays(day, 1)) {
      for (const time of ['08:42', '16:42']) {
        await living.at(day, time);
        const lines = living
          .pushes()
          .flatMap(({ chat, text }) => text.split('\n').map((line) => [chat, line] as const));
        for (const [chat, line] of lines) if (line.includes('【4.3.2】')) told.push([chat, line.trim()]);
      }
    }
    expect(told).toEqual([['office', expect.stringContaining('【4.3.2】已销号,可提请摘牌。')]]);
    expect(told[0]?.[1]).not.toContain('挂牌【');
    const list = await living.say('wecom', 'ldr_shuji', '清单 挂牌');
    expect(list).not.toContain('【4.3.2】');
  });

  test('stays a post: eight lines, a code on every task, an end of its own, and none of the words that sting', async () => {
    const days = [
      '2026-03-02',
      '2026-03-03',
      '2026-04-01',
      '2026-04-02',
      '2026-04-03',
      '2026-04-07',
      '2026-07-01',
    ];
    for (const day of [...days, '2026-10-08', '2026-12-01', '2026-12-28']) {
      for (const [chat, lines] of await on(day)) {
        const isGroup = ['leaders', 'office', 'dangwei', 'anquan'].includes(chat);
        if (isGroup) expect(lines.length).toBeLessThanOrEqual(8);
        const text = lines.join().replaceAll('抄袭虚假整治', '');
        expect(lines.at(-1)).toMatch(/^【(无需回复|有进展请@督办 回复编号和进展,暂无进展无需回复)】$/);
        for (const line of lines.filter((each) => /^【[红黄蓝]/.test(each)))
          expect(line).toMatch(/【\d\.\d\.\d】/);
        expect(text).not.toMatch(
          /[!!]|无权|错误|失败|非法|责令|立即|敷衍|虚假|倒数|垫底|点名|未读|拒不|undefined|null|NaN/,
        );
        if (isGroup && chat !== 'office')
          expect(text).not.toMatch(/举报|问责|查处|处分|谈话|提拔|倒查|家属|党性分析/);
      }
    }
  });

  test('says nothing on days off, at night and to the whole system', async () => {
    for (const day of ['2026-02-15', '2026-02-16', '2026-02-23', '2026-03-07', '2026-10-01', '2026-10-07']) {
      expect(await on(day)).toEqual(new Map());
    }
    await living.at('2026-03-02', '07:59');
    await living.at('2026-03-02', '08:41');
    await living.at('2026-03-02', '22:00');
    expect(living.pushes()).toEqual([]);
    expect((await on('2026-03-03')).has('system')).toBe(false);
  });
});
