import { and, asc, eq } from 'drizzle-orm';
import { type Verdict, verify } from './audit.ts';
import type { Calendar } from './calendar.ts';
import { type Day, dayOf } from './days.ts';
import type { Db } from './db.ts';
import { type Dossier, dossierOf } from './dossier.ts';
import type { FileRequest } from './fileRequests.ts';
import { type FollowUp, followUpsOf } from './followUps.ts';
import type { Plan } from './people.ts';
import { entries, meetings, people, sections, tasks } from './schema.ts';

/** A section's post passed on, as the plan's own entries have it. */
export interface TakenOver {
  seq: number;
  on: Day;
  /** The section's code. */
  section: string;
  to: string;
  from: string[];
}

/** All that a file's volumes are made from. */
export interface FileContents {
  request: FileRequest;
  askedOn: Day;
  askedBy: string;
  grantedOn: Day;
  grantedBy: string;
  dossiers: Dossier[];
  sectionCodes: Map<number, string>;
  chiefs: Map<number, string>;
  takenOver: TakenOver[];
  followUps: FollowUp[];
  meetings: { on: Day; place: string; held: boolean; people: number | null; minutes: number | null }[];
  verdict: Verdict;
}

export async function fileContentsOf(
  db: Db,
  plan: Plan,
  calendar: Calendar,
  request: FileRequest,
  today: Day,
): Promise<FileContents> {
  const asked = await actOf(db, request.askedEntryId, plan);
  const granted = await actOf(db, request.decidedEntryId, plan);
  const codes = request.codes.length > 0 ? request.codes : await allCodes(db, plan.id);
  const dossiers: Dossier[] = [];
  for (const code of codes) {
    const found = await dossierOf(db, plan, code, today, calendar);
    if (found) dossiers.push(found);
  }
  const units = await db.select().from(sections).where(eq(sections.planId, plan.id));
  const posts = await db
    .select()
    .from(people)
    .where(and(eq(people.planId, plan.id), eq(people.active, true)))
    .orderBy(asc(people.rank));
  const held = await db
    .select()
    .from(meetings)
    .where(eq(meetings.planId, plan.id))
    .orderBy(asc(meetings.startsAt));
  return {
    request,
    ...{ askedOn: asked.on, askedBy: asked.by, grantedOn: granted.on, grantedBy: granted.by },
    dossiers,
    sectionCodes: new Map(units.map(({ id, code }) => [id, code])),
    chiefs: new Map(
      posts
        .filter(({ roles }) => roles.includes('chief'))
        .toReversed()
        .map(({ sectionId, address }) => [sectionId, address]),
    ),
    takenOver: await takenOver(db, plan),
    followUps: await followUpsOf(db, plan),
    meetings: held.map(({ startsAt, place, heldEntryId, people: came, minutes }) => ({
      on: dayOf(startsAt, plan.timeZone),
      place,
      held: heldEntryId !== null,
      people: came,
      minutes,
    })),
    verdict: await verify(db),
  };
}

async function actOf(db: Db, entryId: number | null, plan: Plan): Promise<{ on: Day; by: string }> {
  const [row] = await db
    .select({ at: entries.at, name: people.address })
    .from(entries)
    .leftJoin(people, eq(people.id, entries.personId))
    .where(eq(entries.id, entryId ?? 0));
  if (!row) throw new Error('a file request without its entry');
  return { on: dayOf(row.at, plan.timeZone), by: row.name ?? '' };
}

const allCodes = async (db: Db, planId: number): Promise<string[]> =>
  (
    await db
      .select({ code: tasks.code })
      .from(tasks)
      .where(and(eq(tasks.planId, planId), eq(tasks.duty, false), eq(tasks.retired, false)))
      .orderBy(asc(tasks.serial))
  ).map(({ code }) => code);

async function takenOver(db: Db, plan: Plan): Promise<TakenOver[]> {
  const rows = await db
    .select({ seq: entries.seq, at: entries.at, detail: entries.detail })
    .from(entries)
    .where(and(eq(entries.planId, plan.id), eq(entries.act, 'takeover')))
    .orderBy(asc(entries.seq));
  const members = await db.select().from(people).where(eq(people.planId, plan.id));
  const nameOf = (id: unknown) => members.find((each) => each.id === id)?.address ?? '';
  return rows.map(({ seq, at, detail }) => ({
    seq,
    on: dayOf(at, plan.timeZone),
    section: String(detail.section),
    to: nameOf(detail.to),
    from: Array.isArray(detail.from) ? detail.from.map(nameOf) : [],
  }));
}
