import { describe, expect, test } from 'vitest';
import { dueOn, happened, isAhead, periodOf, readWhen } from '../../../src/chat/parse/dates.ts';
import { today } from './plan.ts';

describe('days and spans, on Monday 13 April 2026,', () => {
  const spanOf = (text: string, on = today) => {
    const read = readWhen(text, 0, on);
    return (
      read &&
      (read.when.impossible
        ? `impossible (${read.length})`
        : `${read.when.from}${read.when.from === read.when.to ? '' : `…${read.when.to}`}${read.when.limit ? ' limit' : ''}${read.when.since ? ' since' : ''} (${read.length})`)
    );
  };

  test.each([
    ['4月9日演练', '2026-04-09 (4)'],
    ['2026-03-31', '2026-03-31 (10)'],
    ['2026.4.9', '2026-04-09 (8)'],
    ['2026年3月底前', '2026-03-31 limit (9)'],
    ['3月底前', '2026-03-31 limit (4)'],
    ['月底', '2026-04-30 (2)'],
    ['下月底', '2026-05-31 (3)'],
    ['年底前', '2026-12-31 limit (3)'],
    ['明年1月底', '2027-01-31 (5)'],
    ['昨天', '2026-04-12 (2)'],
    ['下周五', '2026-04-24 (3)'],
    ['本周五前', '2026-04-17 limit (4)'],
    ['上周', '2026-04-06…2026-04-12 (2)'],
    ['这个月25号', '2026-04-25 (6)'],
    ['18号下午', '2026-04-18 (3)'],
    ['一季度', '2026-01-01…2026-03-31 (3)'],
    ['三季度末', '2026-09-30 (4)'],
    ['上半年', '2026-01-01…2026-06-30 (3)'],
    ['今年以来', '2026-01-01…2026-12-31 since (4)'],
    ['4月1日至10日', '2026-04-01…2026-04-10 (8)'],
    ['1-3月', '2026-01-01…2026-03-31 (4)'],
    ['十月十五号', '2026-10-15 (5)'],
    ['三天内', '2026-04-16 limit (3)'],
    ['2月30日', 'impossible (5)'],
    ['3个月', null],
    ['前往一中', null],
    ['千万月', null],
    ['9999年12月', null],
  ])('%s is %s', (text, span) => {
    expect(spanOf(text)).toBe(span);
  });

  test('前 in 前往 is no limit', () => {
    expect(spanOf('4月9日前往一中')).toBe('2026-04-09 (4)');
  });

  test('a month of late last year, said in January, lies behind', () => {
    const when = readWhen('12月20日', 0, '2027-01-05')?.when;
    expect(when && happened(when, '2027-01-05')).toBe('2026-12-20');
    expect(when && isAhead(when, '2027-01-05')).toBe(false);
    for (const [words, named, period] of [
      ['12月', '2027-01-05', '2026-12'],
      ['四季度', '2027-01-05', '2026-Q4'],
      ['1月', '2027-01-05', '2027-01'],
      ['12月', '2026-10-05', '2026-12'],
    ] as const) {
      const span = readWhen(words, 0, named)?.when;
      expect(span && periodOf(span, named), `${words} ${named}`).toBe(period);
    }
  });

  test('a term that has passed is next year’s when that is near, else none', () => {
    const january = readWhen('1月20日', 0, '2026-12-10')?.when;
    expect(january && dueOn(january, '2026-12-10')).toBe('2027-01-20');
    const march = readWhen('3月1日', 0, today)?.when;
    expect(march && dueOn(march, today)).toBe(null);
  });
});
