import type { Day } from '../ledger/days.ts';
import { percent } from '../ledger/rules/completion.ts';
import type { Reason } from '../ledger/rules/light.ts';
import { type Counts, countsOf } from '../ledger/rules/standing.ts';
import type { Level, Light } from '../ledger/terms.ts';
import type { Account } from '../ledger/views/asOf.ts';
import type { Seen } from '../ledger/views/survey.ts';

/** How the plan's tasks stand, whole and by whose they are: all that depends on whether restricted indicators count in it. */
export interface Standings {
  whole: Tally;
  categories: (Tally & { code: string; title: string })[];
  /** By the lead section; those without a task are left out. `levels` are those that its tasks have. */
  sections: (Tally & { code: string; name: string; resident: boolean; levels: Level[] })[];
  leaders: (Tally & { name: string; levels: Level[] })[];
  /** Listed, then overdue, then behind. */
  laggards: Laggard[];
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

/** The counts don't add up to the plan's tasks: such figures are told to nobody. */
export class DontAddUp extends Error {
  override name = 'DontAddUp';
}

/** Throws `DontAddUp`. */
export function standingsOf(
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
  return {
    ...countsOf(tasks),
    completion: measured.length === 0 ? null : percent(mean),
    before: last === undefined ? null : withoutBefore(last),
  };
}

const withoutBefore = ({ before: _, ...own }: Tally): Tally['before'] => own;

const levelsOf = (tasks: readonly Seen[]): Level[] => [...new Set(tasks.map(({ level }) => level))];

function check(whole: Counts, categories: readonly Counts[]): void {
  const sum = ({ closed, listed, behind, progress }: Counts) => closed + listed + behind + progress;
  const all = categories.reduce((total, each) => total + each.all, 0);
  const wrong = [whole, ...categories].some((counts) => sum(counts) !== counts.all);
  if (wrong || all !== whole.all) {
    throw new DontAddUp(`of ${whole.all} tasks ${sum(whole)} are counted, ${all} of them in categories`);
  }
}

export const named = ({ code, title, section, leader, level }: Seen): Named => ({
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
