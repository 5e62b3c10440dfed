import { eq } from 'drizzle-orm';
import type { Day } from './days.ts';
import type { Db } from './db.ts';
import type { IndicatorFile, PlanFile } from './planFile.ts';
import { planRows } from './planRows.ts';
import { isPaper } from './rules/indicator.ts';
import { calendarDays, type indicators, plans } from './schema.ts';

/** The plan as it stands, in the form it is imported in: the inverse of `loadPlan`. */
export async function readPlan(db: Db, planId: number): Promise<PlanFile> {
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId));
  if (!plan) throw new Error(`there is no plan ${planId}`);
  const { sections: units, people: everybody, accounts: bound, ...rows } = await planRows(db, planId);
  const members = everybody.filter(({ active }) => active);
  const standing = rows.tasks.filter(({ retired }) => !retired);
  const measured = rows.indicators.filter(({ retired }) => !retired);

  const codeOf = new Map(units.map((unit) => [unit.id, unit.code]));
  const nameOf = new Map(members.map((person) => [person.id, person.name]));
  const section = (id: number | null) => (id === null ? null : (codeOf.get(id) ?? null));
  const ofTask = (id: number) => measured.filter(({ taskId }) => taskId === id);
  const accountsOf = (id: number) =>
    Object.fromEntries(
      bound.flatMap((each) => (each.personId === id ? [[each.platform, each.account]] : [])),
    );

  return {
    plan: { ...plan, time_zone: plan.timeZone },
    categories: rows.categories,
    measures: rows.measures,
    sections: units,
    people: members.map((person) => ({
      name: person.name,
      post: person.post,
      section: section(person.sectionId) ?? '',
      roles: person.roles,
      accounts: accountsOf(person.id),
    })),
    groups: rows.groups.map((group) => ({
      code: group.code,
      name: group.name,
      audience: group.audience,
      platform: group.platform,
      chat_id: group.chatId,
      ...(group.sectionId === null ? {} : { section: section(group.sectionId) ?? '' }),
    })),
    tasks: standing.flatMap((task) => {
      if (task.duty) return [];
      const all = ofTask(task.id);
      return [
        {
          serial: task.serial ?? 0,
          code: task.code,
          title: task.title,
          category: task.category ?? '',
          measure: task.measure ?? '',
          leader: task.leaderId === null ? null : (nameOf.get(task.leaderId) ?? null),
          section: section(task.sectionId),
          co_sections: task.coSectionIds.flatMap((id) => section(id) ?? []),
          deadline: task.deadline,
          clock: task.clock,
          secrecy: task.level,
          standard: task.standard,
          indicators: all.filter((each) => !isPaper(each)).map(indicatorFile),
          deliverables: all
            .filter((each) => isPaper(each))
            .map((each) => ({
              code: each.code,
              label: each.label,
              done: false,
              subject: each.subject === 'person' ? ('person' as const) : ('bureau' as const),
              ...(each.level === null ? {} : { secrecy: each.level }),
            })),
          source: { text: task.sourceText, place: task.sourcePlace },
        },
      ];
    }),
    governance: standing.flatMap((task) =>
      task.duty
        ? [
            {
              code: task.code,
              title: task.title,
              items: ofTask(task.id).map(indicatorFile),
              ...(task.mergedWith === null ? {} : { merged_with: task.mergedWith }),
            },
          ]
        : [],
    ),
  };
}

/** The plan's own table of days off and days worked. */
export async function readCalendarDays(
  db: Db,
  planId: number,
): Promise<{ day: Day; kind: 'off' | 'work' }[]> {
  return db
    .select({ day: calendarDays.day, kind: calendarDays.kind })
    .from(calendarDays)
    .where(eq(calendarDays.planId, planId));
}

function indicatorFile(each: typeof indicators.$inferSelect): IndicatorFile {
  return {
    code: each.code,
    label: each.label,
    aliases: each.aliases,
    unit: each.unit,
    unit_aliases: each.unitAliases,
    comparator: each.comparator,
    target: each.targetHigh === null ? each.target : [each.target, each.targetHigh],
    clock: each.clock,
    subject: each.subject,
    class: each.class,
    kind: each.kind,
    ...(each.level === null ? {} : { secrecy: each.level }),
    preset: each.preset,
    explicit: each.explicit,
    numerator: each.ratio?.numerator,
    numerator_aliases: each.ratio?.numeratorAliases ?? [],
    denominator: each.ratio?.denominator,
    denominator_aliases: each.ratio?.denominatorAliases ?? [],
    denominator_indicator: each.ratio?.of,
    parts: each.ratio?.parts,
  };
}
