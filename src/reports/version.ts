import { fitForGroup } from '../chat/words.ts';
import type { Level } from '../ledger/terms.ts';
import type { Figures, Named } from './figures.ts';

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
 * What each version may show, decided here alone. The counts of the whole and of the categories always hold every task;
 * lists leave out what the version may not name and say how many that is; a section's or a leader's count that
 * would differ from the list is left out of what everybody reads. Persons' own figures stand in none.
 */
export function shownIn(figures: Figures, version: Version): Figures {
  const may = ({ level, title }: { level: Level; title: string }) =>
    shown[version].has(level) && (version !== 'system' || fitForGroup(title));
  const isWhole = ({ levels }: { levels: readonly Level[] }) =>
    version !== 'system' || levels.every((level) => shown[version].has(level));
  return {
    ...figures,
    sections: figures.sections.filter((section) => !section.resident && isWhole(section)),
    leaders: version === 'system' ? [] : figures.leaders,
    achieved: figures.achieved.filter(
      (each) => may(each) && !each.personal && (version !== 'system' || fitForGroup(each.label)),
    ),
    laggards: figures.laggards.filter(may),
    closed: figures.closed.filter(may),
    apart: {
      ...counted(
        'listed',
        figures.laggards.filter((each) => each.standing === 'listed' && !may(each)),
      ),
      ...counted(
        'behind',
        figures.laggards.filter((each) => each.standing === 'behind' && !may(each)),
      ),
      ...counted(
        'closed',
        figures.closed.filter((each) => !may(each)),
      ),
    },
  };
}

const counted = (standing: 'listed' | 'behind' | 'closed', tasks: readonly Named[]) =>
  tasks.length === 0 ? {} : { [standing]: tasks.length };
