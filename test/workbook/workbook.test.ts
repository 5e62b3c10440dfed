import { and, asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { verify } from '../../src/ledger/entries/audit.ts';
import { membersOf } from '../../src/ledger/people.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { readPlan } from '../../src/ledger/plan/read.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { entries, people, tasks, words } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';
import { unzip } from '../setup/zip.ts';
import { deskAt, open, type TestDesk } from './desk.ts';

const now = new Date('2026-04-09T02:00:00Z');

describe.each(stores)('the workbook ($kind)', ({ open: openStore }) => {
  let store: Store;
  let desk: TestDesk;
  beforeAll(async () => {
    store = await openStore();
    desk = deskAt(store);
    await loadSample(store.db, now);
  });
  afterAll(() => store.close());

  const version = async () => (await plansOf(store.db))[0]?.version ?? 0;
  const planId = async () => (await plansOf(store.db))[0]?.id ?? 0;

  test('comes back as it went out: importing an export changes nothing, not even the sample', async () => {
    const before = await version();
    const outcome = await desk.import(await desk.export());
    expect(outcome).toEqual({ code: 0, out: '共0行有变化\n台账未作任何改动。\n' });
    expect(await version()).toBe(before);
    expect((await plansOf(store.db))[0]?.sample).toBe(true);
  });

  test('holds the 42 tasks, the 92 indicators and the nine duties in rows that a clerk can edit', async () => {
    const book = await open(await desk.export());
    expect(book.sheets.map(({ name }) => name)).toEqual([
      ...['说明', '方案', '类项', '任务', '常态工作', '指标', '成果', '科室', '人员', '群', '日历'],
    ]);
    expect(book.sheet('任务').rows).toHaveLength(43);
    const [, ...rows] = book.sheet('指标').rows;
    expect(rows.filter(([code]) => !String(code).startsWith('G'))).toHaveLength(92);
    expect(book.sheet('常态工作').rows).toHaveLength(10);
  });

  test('keeps a row’s code and name in sight, however far to the right one reads', async () => {
    const files = [...unzip(await desk.export())].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    const wide = files.filter(([, xml]) => xml.includes('xSplit="2"'));
    expect(files.length - wide.length).toBe(2);
  });

  test('a row left out of the sample’s workbook goes with the sample: what still names it is told', async () => {
    const book = await open(await desk.export());
    const { rows } = book.sheet('任务');
    rows.splice(
      rows.findIndex((cells) => cells[1] === '1.1.2'),
      1,
    );
    const { code, out } = await desk.import(await book.save());
    expect(out).toMatch(/成果 第2行 A列\(编号\):没有任务 1\.1\.2,或已停用/);
    expect(out).toContain('首次导入整体替换示例:表里删去的行随示例移除,还写着它的行也要一并删去或改填。');
    expect(code).toBe(1);
  });

  test('the first import takes the place of the sample, whole, and says what differs from it', async () => {
    const book = await open(await desk.export());
    book.set('任务', '4.3.2', '完成时限', new Date('2026-10-31T00:00:00Z'));
    book.set('任务', '1.1.1', '责任领导', '分管安全规划副局长');
    book.sheet('群').rows.splice(2, 1);
    const looked = await desk.import(await book.save(), '--dry');
    expect(looked.out).toContain('以上只是查看,尚未写入。');
    expect((await plansOf(store.db))[0]?.sample).toBe(true);

    const { code, out } = await desk.import(await book.save());
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.startsWith('修改'))).toEqual([
      '修改 任务 1.1.1 责任领导:党组书记 → 分管安全规划副局长',
      '修改 任务 4.3.2 完成时限:2026-12-31 → 2026-10-31',
    ]);
    expect(out).toContain('示例及其试填记录整体移除');
    expect(out).toContain('试运行至2026-04-22:到此日为止,推送只发整改办群。');
    expect(out).toContain('没有自动发布的授权:推送到群的消息先交整改办同意,季通报由组长签发。');
    const [plan, ...more] = await plansOf(store.db);
    expect(more).toEqual([]);
    expect(plan).toMatchObject({ code: 'mzshh-2025', sample: false });
    const read = await readPlan(store.db, plan?.id ?? 0);
    expect(read.tasks.find((task) => task.code === '4.3.2')?.deadline).toBe('2026-10-31');
    expect(read.groups).toHaveLength(4);
    expect(await membersOf(store.db, plan?.id ?? 0)).toHaveLength(34);
    expect((await verify(store.db)).sound).toBe(true);
  });

  test('what the sample’s secretary has authorised no plan made of it has; what the bureau’s has is told', async () => {
    const [plan] = await plansOf(store.db);
    expect(plan?.settings).toMatchObject({ authorisation: null, bulletin: { release: 'signed' } });
    const fresh = await openStore();
    const other = deskAt(fresh);
    await loadSample(fresh.db, now);
    const book = await open(await other.export());
    book.set('方案', '授权自动发布的事项', '', '每周进展、通报');
    book.set('方案', '授权人', '', '局长');
    book.set('方案', '授权依据', '', '1月6日会议');
    book.set('方案', '授权日期', '', '2026-01-06');
    const { out } = await other.import(await book.save());
    expect(out).toContain(
      '按授权自动发布:每周进展、通报(授权人局长,依据“1月6日会议”,2026-01-06);季通报由组长签发。请核对。',
    );
    await fresh.close();
  });

  test('afterwards a deadline and a leader are exactly the two changes, each in its task’s history', async () => {
    const book = await open(await desk.export());
    book.set('任务', '5.1.1', '完成时限', '2026年6月30日');
    book.set('任务', '2.2.1', '责任领导', '待明确');
    const before = await version();
    const { code, out } = await desk.import(await book.save());
    expect(out).toBe(
      [
        '共2行有变化:',
        '修改 任务 2.2.1 责任领导:分管综合人事副局长 → 待明确',
        '修改 任务 5.1.1 完成时限:2026-03-31 → 2026-06-30',
        '已写入台账。变动记为整改办导入,记到本人请加「--by 姓名」。\n',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(await version()).toBeGreaterThan(before);
    const [entry] = await store.db
      .select({ detail: entries.detail, said: words.text })
      .from(entries)
      .innerJoin(words, eq(words.entryId, entries.id))
      .where(and(eq(entries.chain, '5.1.1'), eq(entries.act, 'amend'), eq(entries.planId, await planId())));
    expect(entry?.detail).toMatchObject({
      rows: { '5.1.1': { fields: { deadline: ['2026-03-31', '2026-06-30'] } } },
    });
    expect(entry?.said).toContain('完成时限 2026年3月31日→2026年6月30日');
    expect((await verify(store.db)).sound).toBe(true);
    expect((await desk.import(await book.save())).out).toBe('共0行有变化\n台账未作任何改动。\n');
  });

  test('a new plan is on trial for ten working days, which a blank doesn’t change and 不试运行 ends', async () => {
    const trial = async () => (await plansOf(store.db))[0]?.settings.trial_until;
    expect(await trial()).toBe('2026-04-22');
    const book = await open(await desk.export());
    book.set('方案', '试运行至', '', null);
    expect((await desk.import(await book.save())).out).toBe('共0行有变化\n台账未作任何改动。\n');
    book.set('方案', '试运行至', '', '不试运行');
    expect((await desk.import(await book.save())).out).toContain('试运行至:2026-04-22 → 不试运行');
    expect(await trial()).toBeNull();
    expect((await desk.import(await desk.export())).out).toContain('共0行有变化');
  });

  test('a workbook is brought in under the name of somebody of the office, or of nobody who isn’t', async () => {
    const book = await open(await desk.export());
    book.set('任务', '6.2.1', '完成时限', '2026年8月31日');
    const bytes = await book.save();
    for (const name of ['安全管理科科长', '张某']) {
      const refused = await desk.import(bytes, `--by=${name}`);
      expect(refused).toEqual({
        code: 1,
        out: `人员里没有叫“${name}”的整改办人员或管理员,请写「--by 姓名」。台账未作任何改动。\n`,
      });
    }
    expect((await desk.import(bytes, '--by=整改办主任')).out).toContain('变动记为整改办主任。');
    const signed = await store.db
      .select({ chain: entries.chain, name: people.name })
      .from(entries)
      .innerJoin(people, eq(people.id, entries.personId))
      .where(and(eq(entries.planId, await planId()), inArray(entries.act, ['amend', 'import'])))
      .orderBy(asc(entries.id));
    expect(signed).toEqual([
      { chain: '6.2.1', name: '整改办主任' },
      { chain: 'plan', name: '整改办主任' },
    ]);
    expect((await verify(store.db)).sound).toBe(true);
  });

  test('an old copy doesn’t put back what moved on in the ledger, but says so', async () => {
    const book = await open(await desk.export());
    await store.db.update(tasks).set({ deadline: '2026-11-30' }).where(eq(tasks.code, '3.1.1'));
    book.set('任务', '3.1.2', '完成时限', new Date('2026-11-15T00:00:00Z'));
    const { out } = await desk.import(await book.save());
    expect(out).toContain('修改 任务 3.1.2 完成时限:2026-12-31 → 2026-11-15');
    expect(out).toContain('未改 任务 3.1.1 完成时限:台账在导出后已改为 2026-11-30');
    const [task] = await store.db
      .select()
      .from(tasks)
      .where(and(eq(tasks.code, '3.1.1'), eq(tasks.planId, await planId())));
    expect(task?.deadline).toBe('2026-11-30');
  });

  test('a row that is left out stays and is listed; 停用 takes it out of use, and back in', async () => {
    const book = await open(await desk.export());
    const { rows } = book.sheet('人员');
    const gone = rows.findIndex(([name]) => name === '安全管理科内勤');
    rows.splice(gone, 1);
    book.sheet('类项').rows.pop();
    book.set('人员', '机关党委内勤', '停用', '是');
    const { code, out } = await desk.import(await book.save());
    expect(code).toBe(0);
    expect(out).toContain('未列 人员 安全管理科内勤:表里没有这一行,台账保持不变');
    // A sheet without the column isn't told of it.
    expect(out).toMatch(/^未列 类项 \S+:表里没有这一行,台账保持不变$/m);
    expect(out).toContain('修改 人员 机关党委内勤 停用:否 → 是');
    const names = (await membersOf(store.db, await planId())).map(({ name }) => name);
    expect(names).toContain('安全管理科内勤');
    expect(names).not.toContain('机关党委内勤');

    const back = await open(await desk.export());
    back.set('人员', '机关党委内勤', '停用', null);
    expect((await desk.import(await back.save())).out).toContain('停用:是 → 否');
  });

  test('new rows come in: a task, its indicator, a person with an account who leads it', async () => {
    const book = await open(await desk.export());
    const like = (title: string, key: string) => {
      const { rows } = book.sheet(title);
      const row = [...(rows.find((cells) => cells[0] === key || cells[1] === key) ?? [])];
      rows.push(row);
      return row;
    };
    like('人员', '分管安全规划副局长').splice(
      0,
      9,
      '新任副局长',
      '副局长',
      '周局长',
      '局领导',
      '班子成员',
      99,
      'zhou01',
      null,
      null,
    );
    like('任务', '4.3.2').splice(0, 4, 43, '4.3.3', '校车安全整治', '新任副局长');
    like('指标', '4.3.2/2').splice(0, 3, '4.3.3/1', '校车检查', '检查');
    const { code, out } = await desk.import(await book.save());
    expect(out).toContain('新增 任务 4.3.3(校车安全整治)');
    expect(code).toBe(0);
    const read = await readPlan(store.db, await planId());
    expect(read.tasks.at(-1)).toMatchObject({
      code: '4.3.3',
      leader: '新任副局长',
      category: '4',
      measure: '4.3',
    });
    expect(read.tasks.at(-1)?.indicators).toHaveLength(1);
    expect(read.people.at(-1)).toMatchObject({ accounts: { wecom: 'zhou01' } });
  });

  test('two groups change chats, two people accounts, two tasks serials', async () => {
    const book = await open(await desk.export());
    const swap = (title: string, one: string, other: string, header: string) => {
      const [a, b] = [book.at(title, one, header), book.at(title, other, header)];
      const { rows } = book.sheet(title);
      const [rowA = [], rowB = []] = [rows[a.row], rows[b.row]];
      [rowA[a.column], rowB[b.column]] = [rowB[b.column] ?? null, rowA[a.column] ?? null];
    };
    swap('群', 'leaders', 'dangwei', '会话ID');
    swap('人员', '财务科科长', '安全管理科内勤', '企业微信账号');
    swap('任务', '1.1.1', '1.1.2', '序号');
    expect((await desk.import(await book.save())).code).toBe(0);
    expect((await desk.import(await book.save())).out).toContain('共0行有变化');
    expect((await desk.import(await desk.export())).out).toContain('共0行有变化');
  });
});
