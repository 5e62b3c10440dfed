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
  const indicators = [...setup.indicators.values()].flat();
  const levels = new Map<string, Level | null>([
    ...indicators.map(({ code, level }) => [code, level] as const),
    ...[...setup.owners].map(([code, { level }]) => [code, level] as const),
  ]);
  const today = (level: Level, ...codes: string[]): Level =>
    codes.reduce<Level>((so, code) => narrower(so, levels.get(code) ?? so), level);
  let changed = false;
  const sections = new Map<string, Level[]>();
  const add = (section: string, level: Level) =>
    sections.set(section, [...(sections.get(section) ?? []), level]);
  for (const [code, { sectionId, level }] of setup.owners) {
    const section = sectionId === null ? undefined : setup.sections.get(sectionId);
    if (section && !isDuty(code)) add(section.name, level);
  }
  const tasks = <Row extends { code: string; level: Level; section: string | null }>(rows: Row[]): Row[] =>
    rows.map((row) => {
      const level = today(row.level, row.code);
      if (level !== row.level && row.section !== null) add(row.section, level);
      changed ||= level !== row.level;
      return { ...row, level };
    });
  const closed = tasks(frozen.closed);
  const standings = (each: Standings): Standings => ({
    ...each,
    laggards: tasks(each.laggards),
    sections: each.sections.map((section) => {
      const levels = [...new Set([...section.levels, ...(sections.get(section.name) ?? [])])];
      changed ||= levels.length > section.levels.length;
      return { ...section, levels };
    }),
  });
  const achieved = frozen.achieved.map((each) => {
    const level = today(each.level, each.task, each.code);
    changed ||= level !== each.level;
    return { ...each, level };
  });
  const now: Frozen = { ...frozen, ...standings(frozen), wide: standings(frozen.wide), achieved, closed };
  return changed ? now : frozen;
}
