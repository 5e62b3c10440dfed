import { eq } from 'drizzle-orm';
import { type Calendar, calendarOf } from '../calendar.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { isPaper } from '../rules/indicator.ts';
import { calendarDays, type indicators, plans, type tasks } from '../schema.ts';
import type { IndicatorFile, PaperFile, PlanFile } from './file.ts';
import { planRows } from './rows.ts';

/** The plan as it stands, in the form it is imported in: the inverse of `loadPlan`. */
export async function readPlan(db: Db, planId: number): Promise<PlanFile> {
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId));
  if (!plan) throw new Error(`there is no plan ${planId}`);
  const { sections: units, people, accounts, ...rows } = await planRows(db, planId);
  const members = people.filter(({ active }) => active);
  const standing = rows.tasks.filter(({ retired }) => !retired);
  const measured = rows.indicators.filter(({ retired }) => !retired);
  const names: Names = {
    section: lookup(units.map(({ id, code }) => [id, code])),
    person: lookup(members.map(({ id, name }) => [id, name])),
  };
  const ownOf = ({ id }: TaskRow) => measured.filter(({ taskId }) => taskId === id);
  return {
    plan: { ...plan, time_zone: plan.timeZone },
    categories: rows.categories,
    measures: rows.measures,
    sections: units,
    people: members.map(({ id, name, post, sectionId, roles }) => ({
      ...{ name, post, roles },
      section: names.section(sectionId) ?? '',
      accounts: Object.fromEntries(
        accounts.flatMap((each) => (each.personId === id ? [[each.platform, each.account]] : [])),
      ),
    })),
    groups: rows.groups.map(({ code, name, audience, platform, chatId, sectionId }) => ({
      ...{ code, name, audience, platform },
      chat_id: chatId,
      ...(sectionId === null ? {} : { section: names.section(sectionId) ?? '' }),
    })),
    tasks: standing.filter(({ duty }) => !duty).map((task) => taskFile(task, ownOf(task), names)),
    governance: standing
      .filter(({ duty }) => duty)
      .map((duty) => ({
        ...{ code: duty.code, title: duty.title, items: ownOf(duty).map(indicatorFile) },
        ...(duty.mergedWith === null ? {} : { merged_with: duty.mergedWith }),
      })),
  };
}

type TaskRow = typeof tasks.$inferSelect;
type IndicatorRow = typeof indicators.$inferSelect;

/** By their ids; null for none, and for one that the plan no longer has. */
interface Names {
  section(id: number | null): string | null;
  person(id: number | null): string | null;
}

function lookup(pairs: [number, string][]): Names['section'] {
  const names = new Map(pairs);
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

const taskFile = (task: TaskRow, own: IndicatorRow[], names: Names): PlanFile['tasks'][number] => ({
  serial: task.serial ?? 0,
  code: task.code,
  title: task.title,
  category: task.category ?? '',
  measure: task.measure ?? '',
  leader: names.person(task.leaderId),
  section: names.section(task.sectionId),
  co_sections: task.coSectionIds.flatMap((id) => names.section(id) ?? []),
  deadline: task.deadline,
  clock: task.clock,
  secrecy: task.level,
  standard: task.standard,
  indicators: own.filter((each) => !isPaper(each)).map(indicatorFile),
  deliverables: own.filter(isPaper).map(paperFile),
  source: { text: task.sourceText, place: task.sourcePlace },
});

const paperFile = ({ code, label, subject, level }: IndicatorRow): PaperFile => ({
  ...{ code, label, done: false, subject: subject === 'person' ? 'person' : 'bureau' },
  ...(level === null ? {} : { secrecy: level }),
});

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

/** The plan's working days: its own table before the product's. */
export const readCalendar = async (db: Db, planId: number): Promise<Calendar> =>
  calendarOf(await readCalendarDays(db, planId));

function indicatorFile(each: IndicatorRow): IndicatorFile {
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
