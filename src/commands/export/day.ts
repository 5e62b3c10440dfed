import { namedIn, type TimeNamed } from '../../chat/parse.ts';
import { dayWord } from '../../chat/words.ts';
import { addDays, type Day, isDay } from '../../ledger/days.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { quarterIn } from '../../reports/quarter.ts';
import type { Said } from '../command.ts';

type Asker = Pick<Said, 'plan' | 'today' | 'vocabulary'>;

/** A month and day by figures alone, which the grammar leaves to where they stand: 6-30. */
const FIGURES = /(?<![\d./-])(\d{1,2})-(\d{1,2})(?![\d./-])/;

/**
 * The past day that a paper is asked for, `2026-06-30`, 6月30日, 昨天, of a past span its last (二季度, 6月底); null where the
 * words name none, or a span that runs. A day before the ledger began or one that isn't over has no figures of its own.
 */
export function dayAsked(asker: Asker, words: string): Day | null {
  const { plan } = asker;
  const last = lastDay(asker);
  const figures = FIGURES.exec(words.normalize('NFKC'));
  if (figures) {
    const [text, month = '', date = ''] = figures;
    const day = `${plan.year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return within(asker, isDay(day) ? day : null, text);
  }
  const named = onlyTime(asker, words);
  if (!named || isRunning(named, asker)) return null;
  const { from, to, text, impossible, yearless } = named;
  // In January 三季度 is the year's that is over.
  const [starts, ends] = yearless && from > last ? [yearBefore(from), yearBefore(to)] : [from, to];
  const day = starts <= last && last < ends ? last : ends;
  return within(asker, impossible === true || !isDay(day) ? null : day, text);
}

function within(asker: Asker, day: Day | null, text: string): Day {
  const last = lastDay(asker);
  if (day !== null && asker.plan.since <= day && day <= last) return day;
  throw new Refusal(
    `${text}没有可导出的数据:台账自${dayWord(asker.plan.since)}建立,某日的数据在该日过后导出。写法如「导出 台账 ${last}」。`,
  );
}

/** The quarter that a paper is asked for; null where the words name no time. */
export function quarterAsked(asker: Asker, words: string): string | null {
  const period = quarterIn(asker.plan, words);
  if (period !== null) return period;
  const named = onlyTime(asker, words);
  if (!named || isToday(named) || isRunningYear(named, asker)) return null;
  if (named.clock === 'quarter' && named.period !== undefined) return named.period;
  throw new Refusal(`“${named.text}”不是一个季度,通报和汇报按季度生成,写法如「导出 二季度通报」。`);
}

/** Throws a `Refusal` where the words name another time than the meeting's whose papers there are. */
export function atMeeting(asker: Asker, words: string, day: Day): void {
  const named = onlyTime(asker, words);
  if (!named || isToday(named) || (named.from <= day && day <= named.to)) return;
  throw new Refusal(`会议材料只有下一次调度会(${dayWord(day)})的,没有“${named.text}”的。`);
}

/** The one time that the words name, next to 今天 and the year that runs, which say when it is asked for and of what plan. */
function onlyTime(asker: Asker, words: string): TimeNamed | undefined {
  const { times } = namedIn(words, asker.vocabulary, asker.today);
  const told = [...new Map(times.map((time) => [time.text, time])).values()];
  const [one, ...more] = told.length > 1 ? told.filter((time) => !isRunning(time, asker)) : told;
  if (more.length === 0) return one ?? told[0];
  throw new Refusal(`一次只能导出一个日期或季度的数据,写法如「导出 台账 ${lastDay(asker)}」。`);
}

const isRunningYear = ({ from, to }: TimeNamed, { today }: Asker): boolean =>
  from === `${today.slice(0, 4)}-01-01` && to === `${today.slice(0, 4)}-12-31`;

const isToday = ({ text }: TimeNamed): boolean => /^今[天日早]/u.test(text);

/** 今天, or a span that today lies in: what stands in the ledger now. */
const isRunning = (time: TimeNamed, { today }: Asker): boolean =>
  isToday(time) || time.since || (time.from < time.to && time.from <= today && today <= time.to);

const yearBefore = (day: Day): Day => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

/** The last day that is over, or the plan's last one. */
export function lastDay({ plan, today }: Pick<Said, 'plan' | 'today'>): Day {
  const yesterday = addDays(today, -1);
  return yesterday > plan.ends ? plan.ends : yesterday;
}
