import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Days off of the week that are worked instead, by the notices of both years. */
const worked = [
  ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
];

it('the machine’s time zone changes nothing, and on each day worked instead the morning opens at its minute', () => {
  const program = `
    import { calendarOf } from './src/ledger/calendar.ts';
    import { dayOf, instantOf } from './src/ledger/days.ts';
    import { isOpen, mornings } from './src/pushes/push/moment.ts';
    import { periodOf } from './src/ledger/rules/period.ts';
    const it = calendarOf([]);
    const timeZone = 'Asia/Shanghai';
    const settings = { digest_at: '08:42', quiet: ['08:30', '17:30'] };
    const morning = (day) => {
      const plan = { starts: day, ends: day, timeZone, settings };
      const now = instantOf(day, '08:42', timeZone);
      const moment = { plan, calendar: it, now, today: dayOf(now, timeZone) };
      const [slot] = mornings(moment, null);
      return isOpen(moment) && slot?.dueAt.getTime() === Date.parse(day + 'T08:42:00+08:00') && slot.expiresAt.getTime() === Date.parse(day + 'T17:30:00+08:00');
    };
    console.log([
      it.workdayFrom('2026-02-13', 1), it.workdayFrom('2026-03-07', 3), it.workdaysBetween('2026-01-01', '2026-12-31'),
      it.firstWorkdayOfWeek('2026-03-08'), it.lastFriday('2026-10'), it.isWorkday('2026-11-01'),
      ${JSON.stringify(worked)}.filter(morning).length,
      periodOf('week', '2026-01-01'), periodOf('week', '2027-01-03'), periodOf('week', '2026-03-29'),
    ].join(' '));`;
  const answers = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'].map((zone) =>
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    }).trim(),
  );
  const expected = '2026-02-14 2026-03-11 248 2026-03-02 2026-10-30 false 11 2026-W01 2026-W53 2026-W13';
  expect(answers).toEqual([expected, expected, expected, expected]);
}, 30_000);
