import { fitForGroup } from '../chat/words.ts';
import type { Level } from '../ledger/terms.ts';
import type { Figures, Frozen } from './figures.ts';
import type { Laggard } from './standings.ts';

/**
 * `system`: the bulletin that the whole system reads. `upward`: the secretary's report, every unit in it. `office`: the
 * papers that stay with the office and the secretary.
 */
export type Version = 'system' | 'upward' | 'office';

const shown: Record<Version, ReadonlySet<Level>> = {
  system: new Set(['open', 'system']),
  upward: new Set(['open', 'system']),
  office: new Set(['open', 'system', 'office']),
};

/**
 * What each version may show, decided here alone. The counts of the whole and of the categories always hold every task,
 * in what the system reads each as it stands without restricted indicators; lists leave out what the version may not name
 * and say how many that is; a section's or a leader's count that would differ from the list is left out of what everybody
 * reads. Persons' own figures stand in none. What became overdue just now is counted there and not named.
 */
export function shownIn(frozen: Frozen, version: Version): Figures {
  const { wide, ...all } = frozen;
  const figures = version === 'system' ? { ...all, ...wide } : all;
  const may = ({ level, title }: { level: Level; title: string }) =>
    shown[version].has(level) && (version !== 'system' || fitForGroup(title));
  const isWhole = ({ levels }: { levels: readonly Level[] }) =>
    version !== 'system' || levels.every((level) => shown[version].has(level));
  const known = (version === 'office' ? figures : wide).laggards.filter(may);
  // First the chief, then the leader, then everybody: the bulletin goes by the ladder too.
  const laggards = known.filter(({ fresh }) => version !== 'system' || !fresh);
  return {
    ...figures,
    sections: figures.sections.filter((section) => !section.resident && isWhole(section)),
    leaders: version === 'system' ? [] : figures.leaders,
    achieved: figures.achieved.filter(
      (each) =>
        may(each) && !each.personal && (version !== 'system' || (!each.ofDuty && fitForGroup(each.label))),
    ),
    laggards,
    closed: figures.closed.filter(may),
    apart: {
      ...counted('listed', having('listed', figures.laggards) - having('listed', known)),
      ...counted('behind', having('behind', figures.laggards) - having('behind', known)),
      ...counted('fresh', known.length - laggards.length),
      ...counted('closed', figures.closed.filter((each) => !may(each)).length),
    },
  };
}

const having = (standing: Laggard['standing'], laggards: readonly Laggard[]) =>
  laggards.filter((each) => each.standing === standing).length;

const counted = (standing: keyof Figures['apart'], count: number) =>
  count === 0 ? {} : { [standing]: count };
