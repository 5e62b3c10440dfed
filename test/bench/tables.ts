import type { Grown, Step } from './growth.ts';
import type { Held } from './memory.ts';
import type { Embedded } from './pglite.ts';
import type { Measured, Side } from './trial.ts';

const whole = (value: number): string => Math.round(value).toString();
const tenth = (value: number): string => value.toFixed(1);
const ratio = (one: number, other: number): string => (other === 0 ? '' : (one / other).toFixed(2));

/** Whether a ratio keeps within its bar; both are told. */
const held = (value: number, bar: string): string => {
  const limit = Number(bar.slice(2));
  return `${bar} ${(bar.startsWith('≤') ? value <= limit : value >= limit) ? 'held' : 'missed'}`;
};

export function speedTable(way: string, { floor, bot }: Record<Side, Measured>): string {
  const row = (what: string, of: (side: Measured) => number, bar = '', shown = whole) => {
    const verdict = bar === '' ? '' : held(of(bot) / of(floor), bar);
    return `| ${what} | ${shown(of(floor))} | ${shown(of(bot))} | ${ratio(of(bot), of(floor))} | ${verdict} |`;
  };
  const alone = (what: string, value: number, verdict = '') =>
    `| ${what} | | ${whole(value)} | | ${verdict} |`;
  const cheaper = (rate: number) => `than messages: ${rate > bot.rate ? 'held' : 'missed'}`;
  const { burst } = bot;
  const all = burst.inTime === burst.sent && burst.recorded === burst.sent ? 'held' : 'missed';
  return [
    `| ${way} | floor | bot | bot ÷ floor | bar |`,
    '|---|---|---|---|---|',
    row('messages a second', (side) => side.rate, '≥ 0.7'),
    row(
      'processor time a message, ms',
      (side) => side.cpu,
      '',
      (value) => value.toFixed(2),
    ),
    row('half of that rate: p50, ms', (side) => side.p50, '', tenth),
    row('half of that rate: p99, ms', (side) => side.p99, '≤ 1.5', tenth),
    row('500 a second: p99, ms', (side) => side.rush, '≤ 1.5'),
    alone('retries a second', bot.retries, cheaper(bot.retries)),
    `| forged calls a second | ${whole(floor.forged)} | ${whole(bot.forged)} | ${ratio(bot.forged, floor.forged)} | ${cheaper(bot.forged)} |`,
    row('start to first answer, ms', (side) => side.start, '≤ 2'),
    row('memory idle, MiB', (side) => side.memory.idle, '≤ 1.5'),
    row('memory under load, MiB', (side) => side.memory.load, '≤ 1.5'),
    row(`${burst.sent} in one second: answered within 5 s`, (side) => side.burst.inTime),
    row('… slowest answer, ms', (side) => side.burst.slowest),
    `| … recorded, none twice | ${floor.burst.recorded} | ${burst.recorded} | ${ratio(burst.recorded, floor.burst.recorded)} | all: ${all} |`,
    alone('… told that nothing was recorded', burst.refused),
    `| … without an answer | ${floor.burst.lost} | ${burst.lost} | | |`,
    '',
  ].join('\n');
}

/** On PGlite: the bot's own transaction against the plain one. */
export function embeddedTable({ plain, bot }: Embedded): string {
  return [
    '| PGlite | plain transaction | bot | bot ÷ plain | bar |',
    '|---|---|---|---|---|',
    `| messages a second of processor time | ${whole(1_000 / plain)} | ${whole(1_000 / bot)} | ${ratio(plain, bot)} | ${held(plain / bot, '≥ 1.5')} |`,
    '',
  ].join('\n');
}

export function memoryTable(held: Held[]): string {
  const row = (what: string, of: (each: Held) => number) =>
    `| ${what} | ${held.map((each) => whole(of(each))).join(' | ')} |`;
  return [
    row('messages', ({ messages }) => messages),
    `|---|${'---|'.repeat(held.length)}`,
    row('process, MiB', (each) => each.process),
    row('database, MiB', (each) => each.database),
    '',
  ].join('\n');
}

/** How it grows from the second size on, by least squares over the logarithms; the first is one plan alone. */
export function growthTable(grown: Grown[]): string {
  const many = grown.length > 2 ? grown.slice(1) : grown;
  const row = (what: string, step: Step, isHeld = true) => {
    const exponent = slope(many.map((each) => [Math.log(each.tasks), Math.log(each[step])]));
    const verdict = isHeld ? (exponent <= LIMIT ? 'held' : 'missed') : '';
    const times = grown.map((each) => tenth(each[step])).join(' | ');
    return `| ${what} | ${times} | ${exponent.toFixed(2)} | ${verdict} |`;
  };
  return [
    `| one plan among all, ms | ${grown.map(({ tasks }) => `${tasks} tasks`).join(' | ')} | exponent | ≤ ${LIMIT} |`,
    `|---|${'---|'.repeat(grown.length)}---|---|`,
    row('digest of a morning, all groups', 'digest'),
    row('what is newly overdue or due', 'overdue'),
    row('quarter’s bulletin', 'bulletin'),
    row('claim of 100 letters', 'claim'),
    row('a minute’s question whether any waits', 'open'),
    '',
  ].join('\n');
}

/** What growth may cost: its exponent over the number of tasks. */
const LIMIT = 0.2;

function slope(points: [number, number][]): number {
  const middle = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [middle(0), middle(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
