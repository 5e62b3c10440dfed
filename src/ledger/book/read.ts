import { asc, eq } from 'drizzle-orm';
import {
  type Book,
  type BookDuty,
  type BookGroup,
  type BookIndicator,
  type BookPaper,
  type BookPerson,
  type BookPlan,
  NO_TRIAL,
  SET,
} from '../book.ts';
import type { Db } from '../db.ts';
import { byCode } from '../people/roster.ts';
import { planRows } from '../plan/rows.ts';
import type { PlanRow } from '../plan.ts';
import { isPaper } from '../rules/indicator.ts';
import { calendarDays, type groups, type indicators, type people, type tasks } from '../schema.ts';
import type { PlanSettings } from '../terms.ts';

/** The plan as it stands, retired rows included; of addresses and secrets only that there are some. */
export async function readBook(db: Db, plan: PlanRow): Promise<Book> {
  const planId = plan.id;
  const {
    sections: units,
    people: members,
    tasks: rows,
    indicators: all,
    ...more
  } = await planRows(db, planId);
  const codes = new Map(units.map((unit) => [unit.id, unit.code]));
  const names = new Map(members.map((member) => [member.id, member.name]));
  return {
    plan: [planRow(plan)],
    outline: [...more.categories, ...more.measures].map(({ code, title }) => ({ code, title })).sort(byCode),
    tasks: rows
      .filter((task) => !task.duty)
      .map((task) => {
        const { mergedWith: _, ...row } = dutyRow(task, plan, names, codes);
        return { serial: task.serial ?? 0, ...row };
      }),
    duties: rows.filter((task) => task.duty).map((task) => dutyRow(task, plan, names, codes)),
    indicators: all.filter((each) => !isPaper(each)).map(indicatorRow),
    papers: all.filter(isPaper).map(paperRow),
    sections: units.map(({ code, name, kind, aliases, rank, retired }) => ({
      ...{ code, name, kind, aliases, rank, retired },
    })),
    people: members.map((member) => personRow(member, more.accounts, codes)),
    groups: more.groups.map((group) => groupRow(group, codes)),
    calendar: (
      await db
        .select()
        .from(calendarDays)
        .where(eq(calendarDays.planId, planId))
        .orderBy(asc(calendarDays.day))
    ).map(({ day, kind, source }) => ({ day, kind, source, retired: false })),
  };
}

type Names = Map<number, string>;
const named = (names: Names, id: number | null): string | null =>
  id === null ? null : (names.get(id) ?? null);

function planRow({ settings, contact, sample, ...plan }: PlanRow): BookPlan {
  const { meeting } = settings;
  // What the sample's secretary has authorised nobody has in the bureau that makes its own plan of it.
  const authorisation = sample ? null : settings.authorisation;
  const { code, title, org, year, starts, ends, since, timeZone, note } = plan;
  return {
    ...{ code, title, org, year, starts, ends, since, timeZone, note },
    contactName: contact.name,
    contactPhone: contact.phone,
    meetingRule: meeting?.rule ?? null,
    meetingTime: meeting?.time ?? '',
    meetingPlace: meeting?.place ?? '',
    meetingMinutes: meeting?.minutes ?? null,
    authorisedScope: authorisation?.scope ?? [],
    authorisedBy: authorisation?.by ?? '',
    authorisedBasis: authorisation?.basis ?? '',
    authorisedOn: authorisation?.date ?? null,
    release: sample ? 'signed' : settings.bulletin.release,
    // The sample isn't on trial, but what is made of it is.
    trialUntil: settings.trial_until ?? (sample ? null : NO_TRIAL),
    confirmStaff: settings.confirm_staff,
    closeout: settings.closeout,
    digestAt: settings.digest_at,
    quietFrom: settings.quiet[0],
    quietTo: settings.quiet[1],
    ...lightFields(settings),
  };
}

const percent = (share: number): number => Math.round(share * 10_000) / 100;

const lightFields = ({ lights, ladder }: PlanSettings) => ({
  ...{ closeDays: lights.close, ...lights.words },
  ...{ timeLeft: percent(lights.time_left), completion: percent(lights.completion) },
  ...{ soonDays: ladder.soon, verySoonDays: ladder.very_soon, againDays: ladder.again },
  ...{ proposeDays: ladder.propose, behindDays: ladder.behind, listedDays: ladder.listed },
});

function dutyRow(task: typeof tasks.$inferSelect, { starts }: PlanRow, names: Names, codes: Names): BookDuty {
  const { code, title, deadline, clock, level, standard, sourceText, sourcePlace, mergedWith, retired } =
    task;
  return {
    ...{ code, title },
    leader: named(names, task.leaderId),
    section: named(codes, task.sectionId),
    coSections: task.coSectionIds.flatMap((id) => codes.get(id) ?? []),
    carried: deadline !== null && deadline < starts,
    ...{ deadline, clock, level, standard, sourceText, sourcePlace, mergedWith, retired },
  };
}

function indicatorRow(each: typeof indicators.$inferSelect): BookIndicator {
  const { id: _, taskId: __, ratio, ...row } = each;
  return {
    ...row,
    numerator: ratio?.numerator ?? '',
    numeratorAliases: ratio?.numeratorAliases ?? [],
    denominator: ratio?.denominator ?? '',
    denominatorAliases: ratio?.denominatorAliases ?? [],
    denominatorOf: ratio?.of ?? '',
    parts: (ratio?.parts ?? []).map(({ label, aliases, numerator, denominator }) => ({
      ...{ label, aliases, numerator, denominator },
    })),
  };
}

const paperRow = ({ code, label, subject, level, retired }: typeof indicators.$inferSelect): BookPaper => ({
  ...{ code, label, subject, level, retired },
});

function personRow(
  member: typeof people.$inferSelect,
  bound: { personId: number; platform: string; account: string }[],
  codes: Names,
): BookPerson {
  const { name, post, address, roles, rank } = member;
  const on = (platform: string) =>
    bound.flatMap((each) =>
      each.personId === member.id && each.platform === platform ? [each.account] : [],
    );
  return {
    ...{ name, post, address, section: named(codes, member.sectionId) ?? '', roles, rank },
    ...{ wecom: on('wecom'), dingtalk: on('dingtalk'), retired: !member.active },
  };
}

const groupRow = (group: typeof groups.$inferSelect, codes: Names): BookGroup => ({
  code: group.code,
  name: group.name,
  platform: group.platform,
  chatId: group.chatId,
  audience: group.audience,
  section: named(codes, group.sectionId),
  address: group.sealedAddress === null ? '' : SET,
  secret: group.sealedSecret === null ? '' : SET,
  retired: group.gone !== null,
});
