import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rehearse, type Spoken } from '../src/cli/rehearsal.ts';
import type { Store } from '../src/ledger/db.ts';
import type { PlanFile } from '../src/ledger/plan/file.ts';
import { loadPlan, samplePlan } from '../src/ledger/plan/load.ts';
import { stores } from './setup/stores.ts';

/** Days off and days worked instead in 2026, by the State Council's notice; weekends apart. */
const off = new Set(
  [
    ['01-01', '01-03'],
    ['02-15', '02-23'],
    ['04-04', '04-06'],
    ['05-01', '05-05'],
    ['06-19', '06-21'],
    ['09-25', '09-27'],
    ['10-01', '10-07'],
  ].flatMap(([from = '', to = '']) => daysFrom(`2026-${from}`, `2026-${to}`)),
);
const worked = new Set(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'].map((day) => `2026-${day}`));

function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

const isWorkday = (day: string): boolean =>
  worked.has(day) || (!off.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));

/** The Monday that begins the week of this day. */
function mondayOf(day: string): string {
  const at = Date.parse(day);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}

/** A rehearsal tells the year as it is meant, also of a plan whose pushes go to the office alone so far. */
function onTrial(file: PlanFile): PlanFile {
  file.plan.settings.trial_until = '2026-12-31';
  return file;
}

describe('a year in which nobody reports', () => {
  let store: Store;
  const year: Spoken[] = [];
  beforeAll(async () => {
    const [, pglite] = stores;
    if (!pglite) throw new Error('no store');
    store = await pglite.open();
    await store.db.transaction((tx) =>
      loadPlan(tx, onTrial(samplePlan()), new Date('2025-12-31T16:00:00Z'), { sample: true }),
    );
    for await (const spoken of rehearse(store, 2026, 'none')) year.push(spoken);
  }, 600_000);
  afterAll(() => store.close());

  const dayOf = ({ at }: Spoken) => at.slice(0, 10);
  const groupOf = ({ to }: Spoken) => ('group' in to ? to.group : null);
  const digests = () => year.filter(({ push }) => push === 'digest');
  const most = (keys: string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return Math.max(...counts.values());
  };

  test('has no message outside the window of a working day', () => {
    const outside = year.filter((spoken) => {
      const time = spoken.at.slice(11, 16);
      return spoken.at.startsWith('2026') && (!isWorkday(dayOf(spoken)) || time < '08:30' || time >= '17:30');
    });
    expect(outside).toEqual([]);
    expect(year.every(({ at }) => at.endsWith('+08:00'))).toBe(true);
  });

  test('has one digest a group and day, three a week in a section, one a week among the leaders', () => {
    expect(most(digests().map((each) => `${groupOf(each)} ${dayOf(each)}`))).toBe(1);
    const weeks = (group: string) =>
      digests()
        .filter((each) => groupOf(each) === group)
        .map((each) => mondayOf(dayOf(each)));
    expect(most(weeks('leaders'))).toBe(1);
    expect(most(weeks('anquan'))).toBeLessThanOrEqual(3);
    expect(most(weeks('dangwei'))).toBeLessThanOrEqual(3);
  });

  test('keeps the digests of the leaders’ group to the first working day of a week', () => {
    for (const each of digests().filter((spoken) => groupOf(spoken) === 'leaders')) {
      const week = daysFrom(mondayOf(dayOf(each)), dayOf(each));
      expect(week.filter(isWorkday), dayOf(each)).toEqual([dayOf(each)]);
    }
  });

  test('says nothing to the whole system but bulletins, and nowhere more than 150 posts', () => {
    const posts = year.flatMap((each) => groupOf(each) ?? []);
    expect(year.filter((each) => groupOf(each) === 'system' && each.push !== 'bulletin')).toEqual([]);
    expect(most(posts)).toBeLessThanOrEqual(150);
  });

  test('has one message a day for the office besides what is of a meeting, an order or a bulletin', () => {
    const apart = ['meeting', 'order', 'bulletin', 'bulletin-draft'];
    const posts = year.filter((each) => groupOf(each) === 'office' && !apart.includes(each.push));
    expect(most(posts.map(dayOf))).toBe(1);
  });

  test('has no post of more than eight lines in a group, and no line twice in a message', () => {
    expect(year.filter(({ to, text }) => 'group' in to && text.split('\n').length > 8)).toEqual([]);
    expect(year.filter(({ text }) => new Set(text.split('\n')).size < text.split('\n').length)).toEqual([]);
  });

  test('tells nobody two things within ten minutes: what a morning has for a person is one message', () => {
    const last = new Map<string, Spoken>();
    const near: Spoken[][] = [];
    for (const each of year) {
      if (!('person' in each.to)) continue;
      const before = last.get(each.to.person);
      if (before && Date.parse(each.at) - Date.parse(before.at) < 10 * 60_000) near.push([before, each]);
      last.set(each.to.person, each);
    }
    expect(near).toEqual([]);
    const told = (at: string, person: string) =>
      year.filter((each) => each.at.startsWith(at) && 'person' in each.to && each.to.person === person);
    const [both] = told('2026-08-25', '机关党委专职副书记');
    expect(both?.text).toMatch(/^【整改提示】8月25日\n【红·.*\n【8月登记提示】\n/s);
    expect(both?.tasks).toEqual(['1.1.2', '5.1.1', '1.1.1']);
    // What a morning has too much of is named by its codes.
    const [most] = told('2026-12-17', '局办公室主任');
    expect(most?.text).toMatch(/另有(【\d\.\d\.\d】)+,发「我的」查看。/);
    for (const code of most?.tasks ?? []) expect(most?.text).toContain(`【${code}】`);
  });

  const daysOf = (push: string) => [...new Set(year.filter((each) => each.push === push).map(dayOf))].sort();
  const in2026 = (days: string) => days.split(' ').map((day) => `2026-${day}`);

  test('reviews each week on its Friday, or on the last working day before it', () => {
    const fridays: string[] = [];
    for (const monday of daysFrom('2025-12-29', '2026-12-31').filter((day) => mondayOf(day) === day)) {
      const days = daysFrom(monday, '2026-12-31')
        .slice(0, 7)
        .filter((day) => day >= '2026-01-01' && isWorkday(day));
      const early = days.filter((day) => Date.parse(day) - Date.parse(monday) <= 4 * 86_400_000);
      fridays.push(...((early.slice(-1)[0] ?? days[0]) ? [early.slice(-1)[0] ?? days[0] ?? ''] : []));
    }
    expect(daysOf('weekly')).toEqual(fridays);
    expect(fridays).toHaveLength(52);
    expect(new Set(year.filter(({ push }) => push === 'weekly').map(groupOf))).toEqual(new Set(['office']));
  });

  test('asks for the month’s inspection three working days before its end, the discipline committee too', () => {
    expect(daysOf('inspection')).toEqual(
      in2026('01-28 02-25 03-26 04-27 05-27 06-25 07-28 08-26 09-24 10-28 11-25 12-28'),
    );
    const told = year.filter(({ push }) => push === 'inspection').map(({ to }) => JSON.stringify(to));
    expect(told.filter((to) => to.includes('机关纪委书记'))).toHaveLength(12);
    expect(told.filter((to) => to.includes('派驻'))).toEqual([]);
  });

  test('drafts each quarter’s bulletin on the first working day after it and releases it on the second', () => {
    expect(daysOf('bulletin-draft')).toEqual([...in2026('04-01 07-01 10-08'), '2027-01-11']);
    const released = year.filter(({ push }) => push === 'bulletin');
    const at = [...in2026('04-02 07-02 10-09'), '2027-01-12'].map((day) => `${day}T09:12:00+08:00`);
    expect([...new Set(released.map((each) => each.at))]).toEqual(at);
    const to = (group: string) => released.filter((each) => groupOf(each) === group);
    expect([to('leaders').length, to('system').length, released.length]).toEqual([4, 4, 8]);
    const wholes = released.map(({ text }) =>
      /42项:已销号(\d+)项,正常推进(\d+)项,滞后(\d+)项.*?挂牌督办(\d+)项/.exec(text),
    );
    expect(wholes.map((found) => found?.slice(1).reduce((sum, part) => sum + Number(part), 0))).toEqual(
      Array(8).fill(42),
    );
  });

  test('gives the secretary the quarter’s report seven working days before its end, one to one', () => {
    expect(daysOf('report')).toEqual(in2026('03-20 06-18 09-20 12-22'));
    const readers = year
      .filter(({ push }) => push === 'report')
      .map(({ to }) => ('person' in to ? to.person : ''));
    expect(new Set(readers)).toEqual(new Set(['党组书记', '整改办主任', '整改办工作人员']));
  });

  test('assesses the year and ends it: the third party, two assessments, closing, freeze, supplement, account', () => {
    expect(daysOf('assessment')).toEqual(in2026('10-08 11-25 12-15'));
    expect(daysOf('year-end')).toEqual([...in2026('12-08 12-31'), '2027-01-04', '2027-01-13']);
    expect(year.find(({ at }) => at.startsWith('2027-01-13'))?.text).toContain('结转下一年度42项');
  });

  test('tells the chief of each overdue task on the next working day', () => {
    const told = (code: string) => {
      const line = new RegExp(`【红·逾期\\d+个工作日】【${code}】`);
      return year.find(({ push, text }) => push === 'personal' && line.test(text));
    };
    expect(told('5.1.1')?.at.slice(0, 10)).toBe('2026-04-01');
    expect(told('1.1.2')?.at.slice(0, 10)).toBe('2026-07-01');
    expect(told('6.2.1')?.at.slice(0, 10)).toBe('2026-10-08');
    expect(told('6.2.1')?.to).toEqual({ person: '机关纪委书记' });
  });

  test('reminds a chief of it each week, and no earlier for a monthly call that isn’t his', () => {
    const told = year.filter(
      ({ push, to, at, tasks }) =>
        push === 'personal' &&
        'person' in to &&
        to.person === '机关纪委书记' &&
        tasks.includes('6.1.1') &&
        at.startsWith('2026-08'),
    );
    expect(told.map(dayOf)).toEqual(in2026('08-05 08-12 08-19 08-26'));
  });

  test('announces each monthly meeting five working days ahead, and calls it to mind the day before', () => {
    const days = (mark: string) => [
      ...new Set(year.filter(({ push, text }) => push === 'meeting' && text.includes(mark)).map(dayOf)),
    ];
    const notices = `01-23 02-13 03-20 04-17 05-22 06-18 07-24 08-21 09-18 10-23 11-20 12-18`;
    const reminders = `01-29 02-26 03-26 04-23 05-28 06-25 07-30 08-27 09-23 10-29 11-26 12-24`;
    expect(days('【会议通知】')).toEqual(notices.split(' ').map((day) => `2026-${day}`));
    expect(days('汇报事项')).toEqual(reminders.split(' ').map((day) => `2026-${day}`));
  });

  test('calls for monthly figures once a month, on the 25th or the working day before', () => {
    const calls = year.filter(({ push }) => push === 'monthly-call');
    const days = '01-23 02-25 03-25 04-24 05-25 06-25 07-24 08-25 09-24 10-23 11-25 12-25';
    expect([...new Set(calls.map(dayOf))]).toEqual(days.split(' ').map((day) => `2026-${day}`));
    expect(most(calls.map((each) => `${JSON.stringify(each.to)} ${dayOf(each)}`))).toBe(1);
  });

  test('names on every line of a group the task it is about', () => {
    for (const { text, tasks, to } of year) {
      if (!('group' in to)) continue;
      for (const [, code] of text.matchAll(/【(\d\.\d\.\d)】/g)) expect(tasks, text).toContain(code);
    }
  });
});
