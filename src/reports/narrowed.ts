import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../ledger/plan.ts';
import { isDuty } from '../ledger/rules/code.ts';
import { narrower } from '../ledger/rules/level.ts';
import type { Level } from '../ledger/terms.ts';
import type { Frozen } from './figures.ts';
import type { Standings } from './standings.ts';

/**
 * Figures that were frozen earlier, as restricted as today's plan has it: what has become nobody else's business since
 * isn't named in them any more, nor a section's counts that would differ from the lists by it. The same object where
 * nothing in them was narrowed.
 */
export function narrowed({ setup }: Pick<Plan, 'setup'>, frozen: Frozen): Frozen {
  const today = levelsIn(setup);
  const task = <Row extends { code: string; level: Level }>(row: Row): Row => ({
    ...row,
    level: today(row.level, row.code),
  });
  const closed = frozen.closed.map(task);
  // A task counts in the section that leads it by now and in the one that led it then.
  const owned = ownedIn(setup);
  const standings = (each: Standings): Standings => {
    const laggards = each.laggards.map(task);
    const rows = [...owned, ...laggards, ...closed];
    const levelsOf = (name: string) =>
      rows.filter(({ section }) => section === name).map(({ level }) => level);
    const sections = each.sections.map((section) => ({
      ...section,
      levels: [...new Set([...section.levels, ...levelsOf(section.name)])],
    }));
    return { ...each, laggards, sections };
  };
  const achieved = frozen.achieved.map((each) => ({
    ...each,
    level: today(each.level, each.task, each.code),
  }));
  const now: Frozen = { ...frozen, ...standings(frozen), wide: standings(frozen.wide), achieved, closed };
  return isDeepStrictEqual(now, frozen) ? frozen : now;
}

/** The level of what had this one then and belongs to these tasks and indicators. */
function levelsIn({ indicators, owners }: Plan['setup']): (level: Level, ...codes: string[]) => Level {
  const levels = new Map<string, Level | null>([
    ...[...indicators.values()].flat().map(({ code, level }) => [code, level] as const),
    ...[...owners].map(([code, { level }]) => [code, level] as const),
  ]);
  return (level, ...codes) => codes.reduce<Level>((so, code) => narrower(so, levels.get(code) ?? so), level);
}

/** Every task with the section that leads it, by its name. */
const ownedIn = ({ owners, sections }: Plan['setup']): { section: string; level: Level }[] =>
  [...owners].flatMap(([code, { sectionId, level }]) => {
    const section = sectionId === null ? undefined : sections.get(sectionId);
    return section && !isDuty(code) ? [{ section: section.name, level }] : [];
  });
