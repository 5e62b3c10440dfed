import type { Grown } from './growth.ts';
import type { Measured, Side } from './trial.ts';

const whole = (value: number): string => Math.round(value).toString();
const tenth = (value: number): string => value.toFixed(1);
const ratio = (one: number, other: number): string => (other === 0 ? '' : (one / other).toFixed(2));

export function speedTable(way: string, { floor, bot }: Record<Side, Measured>): string {
  const row = (what: string, of: (side: Measured) => number, shown = whole) =>
    `| ${what} | ${shown(of(floor))} | ${shown(of(bot))} | ${ratio(of(bot), of(floor))} |`;
  const { burst } = bot;
  return [
    `| ${way} | floor | bot | bot ÷ floor |`,
    '|---|---|---|---|',
    row('messages a second', (side) => side.rate),
    row(
      'processor time a message, ms',
      (side) => side.cpu,
      (value) => value.toFixed(2),
    ),
    row('half of that rate: p50, ms', (side) => side.p50, tenth),
    row('half of that rate: p99, ms', (side) => side.p99, tenth),
    `| retries a second | | ${whole(bot.retries)} | |`,
    row('forged calls a second', (side) => side.forged),
    row('start to first answer, ms', (side) => side.start),
    row('memory idle, MiB', (side) => side.memory.idle),
    row('memory under load, MiB', (side) => side.memory.load),
    row(`${burst.sent} in one second: answered within 5 s`, (side) => side.burst.inTime),
    row('… slowest answer, ms', (side) => side.burst.slowest),
    row('… recorded, none twice', (side) => side.burst.recorded),
    `| … told that nothing was recorded | | ${burst.refused} | |`,
    `| … without an answer | ${floor.burst.lost} | ${burst.lost} | |`,
    '',
  ].join('\n');
}

/** How it grows: the exponent of the last size over the one a hundred times smaller, or over the first. */
export function growthTable(grown: Grown[]): string {
  const last = grown.at(-1);
  const base = grown.findLast(({ tasks }) => last && tasks * 100 <= last.tasks) ?? grown[0];
  const exponent = (of: (each: Grown) => number) =>
    last && base && last !== base
      ? (Math.log(of(last) / of(base)) / Math.log(last.tasks / base.tasks)).toFixed(2)
      : '';
  const row = (what: string, of: (each: Grown) => number) =>
    `| ${what} | ${grown.map((each) => tenth(of(each))).join(' | ')} | ${exponent(of)} |`;
  return [
    `| one plan among all, ms | ${grown.map(({ tasks }) => `${tasks} tasks`).join(' | ')} | exponent |`,
    `|---|${'---|'.repeat(grown.length)}---|`,
    row('survey of digest and newly overdue', (each) => each.scan),
    row('a bulletin’s account', (each) => each.bulletin),
    row('claim from 100 letters', (each) => each.claim),
    '',
  ].join('\n');
}
