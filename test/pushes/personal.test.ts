import { eq, inArray } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { entries, letters, listings, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors, doors, type Way } from '../setup/stores.ts';

let living: LivingHouse;
afterEach(() => living.close());

const enter = async ({ door, open }: Way, day = '2026-01-05') => {
  living = await openLivingHouse(await open(), day, '08:00', { door });
  return living;
};
/** What a person was reminded of one to one since the last time it was asked for; it may stand behind a bulletin's rows. */
const toldTo = (account: string) =>
  living
    .pushes()
    .filter(({ chat, text }) => chat === account && text.includes('【整改提示】'))
    .map(({ text }) => text);
/** Looks at the morning's minute of each day; the days on which a person was told something. */
async function daysTold(account: string, days: string[]): Promise<string[]> {
  const told: string[] = [];
  for (const day of days) {
    await living.at(day, '08:42');
    if (toldTo(account).length > 0) told.push(day);
  }
  return told;
}
const days = (from: string, to: string): string[] => {
  const found: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    found.push(new Date(at).toISOString().slice(0, 10));
  }
  return found;
};
const change = (code: string, values: Partial<typeof tasks.$inferInsert>) =>
  living.store.db.update(tasks).set(values).where(eq(tasks.code, code));

describe.each(doors)('a deadline that passes (by $door, $kind)', (store) => {
  test('is told to the chief, once, at 08:42 of the next working morning, and to the leader a day later', async () => {
    await enter(store);
    await living.at('2026-03-31', '17:00');
    living.pushes();
    await living.at('2026-04-01', '08:41');
    expect(living.pushes()).toEqual([]);
    await living.at('2026-04-01', '08:42');
    const first = living.pushes();
    expect(first.filter(({ chat }) => chat === 'sec_dangwei')).toEqual([
      {
        chat: 'sec_dangwei',
        text: [
          '【整改提示】4月1日',
          '【红·逾期1个工作日】【5.1.1】管党治党清单与责任书,完成时限3月31日,责任清单、责任书尚未登记。',
          '如已完成,请补记日期和佐证;如需延期,请回复「延期 5.1.1 至 日期 原因」。本提示未在群内发布。',
          '【有进展请@督办 回复编号和进展,暂无进展无需回复】',
        ].join('\n'),
      },
    ]);
    expect(first.map(({ chat }) => chat)).not.toContain('ldr_shuji');
    await living.at('2026-04-01', '16:00');
    expect(toldTo('sec_dangwei')).toEqual([]);
    await living.say('wecom', 'sec_dangwei', '5.1.1 责任书已签17家,共20家,其余拟于4月17日前签订');
    await living.at('2026-04-02', '08:42');
    const second = living.pushes();
    expect(second.filter(({ chat }) => chat === 'sec_dangwei')).toEqual([]);
    const [leader] = second.filter(({ chat }) => chat === 'ldr_shuji').map(({ text }) => text.split('\n'));
    expect(leader?.[1]).toContain('【红·逾期2个工作日】【5.1.1】管党治党清单与责任书(机关党委)');
    expect(leader?.slice(2)).toEqual(['供掌握。', '【无需回复】']);
  });
});

describe.each(bothDoors)('the ladder (by $door)', (store) => {
  test('begins twenty working days before the deadline with the chief', async () => {
    await enter(store);
    const around = [...days('2026-03-01', '2026-03-04'), ...days('2026-03-16', '2026-03-19')];
    expect(await daysTold('sec_dangwei', around)).toEqual(['2026-03-03', '2026-03-17']);
  });

  test('tells the leader ten working days before the deadline, and the day after the chief', async () => {
    await enter(store);
    const around = [...days('2026-03-16', '2026-03-18'), ...days('2026-04-01', '2026-04-03'), '2026-04-09'];
    expect(await daysTold('ldr_shuji', around)).toEqual(['2026-03-17', '2026-04-02']);
  });

  test('tells a chief whose section has no group what falls behind, once, before the leaders read of it', async () => {
    await enter(store);
    const heard: [string, string][] = [];
    for (const day of days('2026-01-30', '2026-02-10')) {
      await living.at(day, '08:42');
      for (const { chat, text } of living.pushes()) {
        if (text.includes('【黄·滞后】【1.3.1】')) heard.push([day, chat]);
      }
    }
    expect(heard.filter(([, chat]) => chat === 'sec_bangongshi')).toEqual([['2026-02-02', 'sec_bangongshi']]);
    expect(heard.find(([, chat]) => chat === 'leaders')?.[0]).toBe('2026-02-02');
    expect(await daysTold('sec_dangwei', days('2026-01-30', '2026-02-10'))).toEqual([]);
  });

  test('says how many working days are left', async () => {
    await enter(store);
    await living.at('2026-03-03', '08:42');
    expect(toldTo('sec_dangwei')[0]).toContain('完成时限3月31日(还有20个工作日)');
  });

  test('leaves out the second notice where something was entered lately', async () => {
    await enter(store);
    await living.at('2026-03-03', '08:42');
    await living.at('2026-03-13', '10:00');
    await living.say('wecom', 'sec_dangwei', '5.1.1 责任清单已形成28项');
    living.pushes();
    expect(await daysTold('sec_dangwei', ['2026-03-17', '2026-03-18', '2026-03-26'])).toEqual([]);
  });

  test('reminds the chief each week in which nothing is entered', async () => {
    await enter(store);
    expect(await daysTold('sec_dangwei', days('2026-04-01', '2026-04-17'))).toEqual([
      ...['2026-04-01', '2026-04-09', '2026-04-16'],
    ]);
  });

  test('reminds of several tasks in one message, and not on the morning on which the section’s group has them', async () => {
    await enter(store);
    await change('1.1.2', { deadline: '2026-04-01' });
    const spring = days('2026-04-01', '2026-05-15');
    expect(await daysTold('sec_dangwei', spring)).toEqual([
      ...['2026-04-01', '2026-04-02', '2026-04-09', '2026-04-16', '2026-04-23', '2026-04-30', '2026-05-12'],
    ]);
  });

  test('waits a week after each entry', async () => {
    await enter(store);
    await living.at('2026-04-01', '08:42');
    await living.at('2026-04-08', '10:00');
    await living.say('wecom', 'sec_dangwei', '5.1.1 正在会签');
    living.pushes();
    expect(await daysTold('sec_dangwei', days('2026-04-09', '2026-04-16'))).toEqual(['2026-04-15']);
  });

  test('starts anew from a deadline that was moved', async () => {
    await enter(store);
    await living.at('2026-04-01', '08:42');
    await change('5.1.1', { deadline: '2026-04-17' });
    living.pushes();
    expect(await daysTold('sec_dangwei', ['2026-04-09', '2026-04-16'])).toEqual(['2026-04-09']);
    await living.at('2026-04-20', '08:42');
    expect(toldTo('sec_dangwei')[0]).toContain('【红·逾期1个工作日】【5.1.1】');
  });

  test('asks nothing of a chief who has applied for the close-out, be it late', async () => {
    await enter(store);
    await change('5.1.1', { state: 'submitted', submittedOn: '2026-04-01' });
    expect(await daysTold('sec_dangwei', days('2026-03-31', '2026-04-09'))).toEqual([]);
  });

  test('is silent on days off and speaks on those that are worked instead', async () => {
    await enter(store);
    await change('2.1.1', { deadline: '2026-02-13' });
    await change('2.1.3', { deadline: '2026-02-27' });
    await change('1.2.1', { deadline: '2026-09-30' });
    for (const [from, to, told] of [
      ['2026-02-14', '2026-02-23', ['2026-02-14']],
      ['2026-02-28', '2026-03-01', ['2026-02-28']],
      ['2026-10-01', '2026-10-08', ['2026-10-08']],
    ] as const) {
      expect(await daysTold('sec_dangwei', days(from, to))).toEqual(told);
    }
  });

  test('leaves no morning out and says none again, when the house was shut and the clock was wrong', async () => {
    await enter(store);
    await living.at('2026-04-01', '18:00');
    expect(toldTo('sec_dangwei')).toEqual([]);
    await living.at('2026-04-02', '11:15');
    expect(toldTo('sec_dangwei')).toHaveLength(1);
    await living.at('2026-04-02', '03:15');
    await living.at('2026-04-01', '09:00');
    await living.at('2026-04-02', '11:20');
    expect(toldTo('sec_dangwei')).toEqual([]);
  });

  test('puts all that one person is told in one message', async () => {
    await enter(store);
    await living.store.db
      .update(tasks)
      .set({ deadline: '2026-03-31' })
      .where(inArray(tasks.code, ['2.1.1', '6.1.2']));
    await living.at('2026-04-01', '08:42');
    const [text, ...more] = toldTo('sec_dangwei');
    expect(more).toEqual([]);
    for (const code of ['2.1.1', '5.1.1', '6.1.2']) expect(text).toContain(`【${code}】`);
    expect(text).toContain('「延期 编号 至 日期 原因」');
  });

  test('tells of a restricted task only those who may see it', async () => {
    await enter(store);
    await change('1.2.2', { deadline: '2026-03-31' });
    await change('2.1.2', { deadline: '2026-03-31' });
    await living.at('2026-04-01', '08:42');
    const said = living.pushes();
    const withCode = (code: string) => said.filter(({ text }) => text.includes(code)).map(({ chat }) => chat);
    expect(withCode('【1.2.2】').filter((chat) => chat !== 'office')).toEqual(['sec_jiwei']);
    expect(withCode('【2.1.2】')).toEqual(['ldr_dangjian']);
  });

  test('never names the posted inspectors', async () => {
    await enter(store);
    const [paizhu] = await living.store.db.query.sections.findMany({
      where: (row, { eq: is }) => is(row.code, 'paizhu'),
    });
    await change('5.1.1', { sectionId: paizhu?.id ?? 0 });
    expect(await daysTold('sec_paizhu', days('2026-03-30', '2026-04-03'))).toEqual([]);
    await change('5.2.3', { sectionId: paizhu?.id ?? 0 });
    await living.at('2026-04-24', '08:42');
    expect(living.pushes().map(({ chat }) => chat)).not.toContain('sec_paizhu');
  });

  test('asks nothing of anybody about what the office has muted, the month’s figures neither', async () => {
    await enter(store);
    const called = (code: string) =>
      living
        .pushes()
        .flatMap(({ chat, text }) => (text.includes(`【${code}】`) && /登记提示/.test(text) ? [chat] : []));
    await living.at('2026-03-25', '08:42');
    expect(called('4.3.1')).toEqual(['sec_anquan']);
    await living.at('2026-04-07', '10:00');
    await living.say('wecom', 'off_zhuren', '静音 4.3.1 等待上级文件');
    await living.at('2026-04-24', '08:42');
    expect(called('4.3.1')).toEqual([]);
  });

  test('tells the secretary once a month what has been listed for more than thirty days', async () => {
    await enter(store, '2026-02-02');
    await living.say('wecom', 'sec_jijiao', '3.1.2 清单正在整理');
    const { db } = living.store;
    const [entry] = await db.select().from(entries).where(eq(entries.chain, '3.1.2'));
    if (!entry?.taskId) throw new Error('nothing was entered');
    const proposed = { taskId: entry.taskId, proposedEntryId: entry.id, orderedEntryId: entry.id };
    await db.insert(listings).values({ ...proposed, orderedOn: '2026-02-03', term: '2026-06-30' });
    expect(await daysTold('ldr_shuji', days('2026-03-02', '2026-03-12'))).toEqual(['2026-03-06']);
    await living.at('2026-04-01', '08:42');
    expect(toldTo('ldr_shuji').join()).not.toContain('挂牌督办已');
    await living.at('2026-04-07', '08:42');
    expect(toldTo('ldr_shuji').join()).toContain('挂牌督办已63天');
  });
});

test('a reminder that waits while one of its tasks is entered on does not leave; the next morning tells what still holds', async () => {
  const [hook] = bothDoors;
  if (!hook) throw new Error('no door');
  await enter(hook, '2026-03-31');
  await change('1.1.2', { deadline: '2026-03-31' });
  await living.say('wecom', 'sec_dangwei', '延期 5.1.1 至 4月30日 余3家正在签订');
  living.pushes();
  await living.wecom.fail('errcode', { code: 45009 });
  await living.at('2026-04-01', '08:42');
  await living.at('2026-04-01', '09:30');
  expect(await living.say('office', 'off_zhuren', '同意延期 5.1.1')).toContain('4月30日');
  await living.wecom.heal();
  await living.at('2026-04-01', '09:45');
  const late = toldTo('sec_dangwei').join();
  expect(late).toContain('同意延期');
  expect(late).not.toContain('如需延期');
  await living.at('2026-04-02', '08:42');
  const [told] = toldTo('sec_dangwei');
  expect(told).toContain('【红·逾期2个工作日】【1.1.2】');
  expect(told).not.toMatch(/逾期[^】]*】【5\.1\.1】/);
});

test("the month's call that waits while its figures come in does not leave; one of which a task is as it was does", async () => {
  const [hook] = bothDoors;
  if (!hook) throw new Error('no door');
  await enter(hook, '2026-04-23');
  for (const double of [living.wecom, living.dingtalk]) await double.fail('errcode', { code: 45009 });
  await living.at('2026-04-24', '08:42');
  await living.at('2026-04-24', '08:50');
  expect(await living.say('dingtalk', 'dt-anquan', '4.3.1 4月24日排查1次 佐证:排查记录(安全科)')).toContain(
    '已',
  );
  expect(await living.say('wecom', 'off_zhuren', '5.2.3 4月24日减负意见1次 佐证:意见汇总(办公室)')).toContain(
    '已',
  );
  await living.at('2026-04-24', '09:30');
  const calls = await living.store.db
    .select({ tasks: letters.tasks, state: letters.state })
    .from(letters)
    .where(eq(letters.push, 'monthly-call'));
  expect(new Map(calls.map((call) => [call.tasks.join(), call.state]))).toEqual(
    new Map([
      ['1.1.1', 'waiting'],
      ['4.3.1', 'expired'],
      ['1.3.1,5.2.3', 'waiting'],
    ]),
  );
});
