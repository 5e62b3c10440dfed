import type { Account } from '../ledger/asOf.ts';
import type { Day } from '../ledger/days.ts';
import type { Done } from '../ledger/done.ts';
import { showsIn } from '../ledger/rules/audience.ts';
import { percent } from '../ledger/rules/completion.ts';
import { type Figure, figureOf } from '../ledger/rules/figure.ts';
import { type Indicator, isPaper } from '../ledger/rules/indicator.ts';
import type { Reason } from '../ledger/rules/light.ts';
import { type Counts, countsOf, type Standing } from '../ledger/rules/standing.ts';
import type { Seen } from '../ledger/survey.ts';
import type { Level, Light } from '../ledger/terms.ts';

/** What a bulletin, its picture, its papers and the board tell: plain data, frozen as it is. */
export interface Figures {
  title: string;
  /** `2026-Q1`; null for the plan as it stands on a day between. */
  period: string | null;
  /** They speak of all that happened until the end of this day. */
  asOf: Day;
  /** When they were read from the ledger, an ISO instant. */
  readAt: string;
  whole: Tally;
  categories: (Tally & { code: string; title: string })[];
  /** By the lead section; those without a task are left out. `levels` are those that its tasks have. */
  sections: (Tally & { code: string; name: string; resident: boolean; levels: Level[] })[];
  leaders: (Tally & { name: string; levels: Level[] })[];
  achieved: Achieved[];
  /** Listed, then overdue, then behind. */
  laggards: Laggard[];
  /** Closed, with the day. */
  closed: (Named & { on: Day })[];
  /** How many tasks a narrower version doesn't name, by where they stand; `fresh` ones became overdue just now. */
  apart: Partial<Record<Standing | 'fresh', number>>;
  /** What was done in the quarter to move the plan on; none of a day between. */
  done?: Done;
}

/** What depends on whether restricted indicators count in it. */
type Standings = Pick<Figures, 'whole' | 'categories' | 'sections' | 'leaders' | 'laggards'>;

/** Figures as they are frozen, of which each version takes its own: `wide` is how tasks stand without restricted indicators. */
export interface Frozen extends Figures {
  wide: Standings;
}

export interface Tally extends Counts {
  /** Whole percent, rounded down; null where there is nothing to measure. */
  completion: number | null;
  /** The same a quarter before; null without one. */
  before: (Counts & { completion: number | null }) | null;
}

/** A task as papers name it. */
export interface Named {
  code: string;
  title: string;
  section: string | null;
  leader: string | null;
  level: Level;
}

export interface Laggard extends Named {
  standing: 'listed' | 'behind';
  light: Light | null;
  /** Working days. */
  overdueBy: number;
  /** Overdue, but not for as long as its chief and leader have to hear of it before others do. */
  fresh: boolean;
  deadline: Day | null;
  listedOn: Day | null;
  term: Day | null;
  reasons: Reason[];
  completion: number | null;
}

/** What an indicator has come to since the plan began; figures of persons are everybody's together. */
export interface Achieved {
  task: string;
  title: string;
  code: string;
  label: string;
  unit: string;
  level: Level;
  monitored: boolean;
  /** Asked of each person: only whether all have met it is for others to see. */
  personal: boolean;
  /** What the organisation itself does (调度, 通报): no gain of anybody's. */
  ofDuty: boolean;
  indicator: Pick<Indicator, 'kind' | 'comparator' | 'target' | 'targetHigh' | 'clock' | 'subject'>;
  figure: Figure;
  /** What it had come to a quarter before. */
  before: Figure | null;
}

/** What figures are of, besides the plan as it stood. */
interface About {
  title: string;
  period: string | null;
  readAt: Date;
  /** Whose deadline lies after this day hasn't been told to chief and leader long enough. */
  heard?: Day;
  done?: Done;
}

/** The counts don't add up to the plan's tasks: such figures are told to nobody. */
export class DontAddUp extends Error {
  override name = 'DontAddUp';
}

/**
 * A bulletin's figures, from the plan as it stood at an instant and the last bulletin's. Throws `DontAddUp` unless
 * closed, listed, behind and in progress make up all tasks, over the whole plan and over its categories.
 */
export function figuresOf(
  account: Account,
  { title, period, readAt, heard = account.asOf, done }: About,
  last: Frozen | null,
): Frozen {
  const { tasks, duties } = account.survey;
  const merged = duties.flatMap(({ mergedWith }) => mergedWith ?? []);
  return {
    title,
    period,
    asOf: account.asOf,
    readAt: readAt.toISOString(),
    ...standingsOf(account, tasks, heard, last),
    wide: standingsOf(account, account.survey.as(showsIn('system')).tasks, heard, last?.wide ?? null),
    achieved: tasks.flatMap((task) => achievedOf(task, merged, last)),
    closed: tasks.flatMap((task) =>
      task.state === 'closed' && task.closedOn !== null ? [{ ...named(task), on: task.closedOn }] : [],
    ),
    apart: {},
    ...(done === undefined ? {} : { done }),
  };
}

function standingsOf(
  account: Account,
  tasks: readonly Seen[],
  heard: Day,
  last: Standings | null,
): Standings {
  const whole = tallyOf(tasks, last?.whole);
  const categories = account.categories.map(({ code, title: name }) => {
    const own = tasks.filter((task) => task.category === code);
    return {
      code,
      title: name,
      ...tallyOf(
        own,
        last?.categories.find((each) => each.code === code),
      ),
    };
  });
  check(whole, categories);
  return {
    whole,
    categories,
    sections: account.sections.flatMap(({ id, code, name, kind }) => {
      const own = tasks.filter((task) => task.sectionId === id);
      const before = last?.sections.find((each) => each.code === code);
      return own.length === 0
        ? []
        : [{ code, name, resident: kind === 'resident', levels: levelsOf(own), ...tallyOf(own, before) }];
    }),
    leaders: account.leaders.flatMap(({ id, name }) => {
      const own = tasks.filter((task) => task.leaderId === id);
      const before = last?.leaders.find((each) => each.name === name);
      return own.length === 0 ? [] : [{ name, levels: levelsOf(own), ...tallyOf(own, before) }];
    }),
    laggards: tasks
      .flatMap((task) => laggardOf(task, heard))
      .toSorted((one, other) => rank(one) - rank(other)),
  };
}

function tallyOf(tasks: readonly Seen[], last: Tally | undefined): Tally {
  const measured = tasks.flatMap(({ completion }) => completion ?? []);
  const mean = measured.reduce((sum, each) => sum + each, 0) / measured.length;
  const { before: _, ...before } = last ?? { before: null };
  return {
    ...countsOf(tasks),
    completion: measured.length === 0 ? null : percent(mean),
    before: last === undefined ? null : (before as Tally['before']),
  };
}

const levelsOf = (tasks: readonly Seen[]): Level[] => [...new Set(tasks.map(({ level }) => level))];

function check(whole: Counts, categories: readonly Counts[]): void {
  const sum = ({ closed, listed, behind, progress }: Counts) => closed + listed + behind + progress;
  const all = categories.reduce((total, each) => total + each.all, 0);
  const wrong = [whole, ...categories].some((counts) => sum(counts) !== counts.all);
  if (wrong || all !== whole.all) {
    throw new DontAddUp(`of ${whole.all} tasks ${sum(whole)} are counted, ${all} of them in categories`);
  }
}

const named = ({ code, title, section, leader, level }: Seen): Named => ({
  code,
  title,
  section,
  leader,
  level,
});

function laggardOf(task: Seen, heard: Day): Laggard[] {
  const { standing, light, overdueBy, deadline, listed, reasons, completion } = task;
  if (standing !== 'listed' && standing !== 'behind') return [];
  return [
    {
      ...named(task),
      ...{ standing, light, overdueBy, deadline, reasons },
      fresh: standing === 'behind' && light === 'red' && deadline !== null && deadline > heard,
      listedOn: listed?.on ?? null,
      term: listed?.term ?? null,
      completion: completion === null ? null : percent(completion),
    },
  ];
}

const rank = ({ standing, light }: Laggard): number => (standing === 'listed' ? 0 : light === 'red' ? 1 : 2);

/** Papers handed in are told by the tasks they belong to. */
function achievedOf(task: Seen, merged: readonly string[], last: Figures | null): Achieved[] {
  return task.indicators
    .filter((indicator) => !isPaper(indicator))
    .map((indicator) => ({
      task: task.code,
      title: task.title,
      code: indicator.code,
      label: indicator.label,
      unit: indicator.unit,
      level: narrower(indicator.level, task.level),
      monitored: indicator.class === 'monitor',
      personal: indicator.subject === 'person',
      ofDuty: merged.includes(indicator.code),
      indicator: {
        kind: indicator.kind,
        comparator: indicator.comparator,
        target: indicator.target,
        targetHigh: indicator.targetHigh,
        clock: indicator.clock,
        subject: indicator.subject,
      },
      figure: figureOf(task, indicator),
      before: last?.achieved.find((each) => each.code === indicator.code)?.figure ?? null,
    }));
}

const narrowness: Record<Level, number> = { open: 0, system: 1, office: 2, self: 3 };

const narrower = (own: Level | null, task: Level): Level =>
  own !== null && narrowness[own] > narrowness[task] ? own : task;
