import { and, asc, eq, lt, sql } from 'drizzle-orm';
import { type Day, dayOf, endOf } from '../days.ts';
import type { Db } from '../db.ts';
import { byCode, categoriesOf } from '../people/roster.ts';
import type { Plan } from '../plan.ts';
import { showsIn } from '../rules/audience.ts';
import type { Frame } from '../rules/indicator.ts';
import { entries, evidence, indicators, lookbacks, measures, sections } from '../schema.ts';
import type { Audience } from '../terms.ts';
import type { Account } from './asOf.ts';
import type { Proof } from './dossier.ts';
import { stoodAt, withdrawal } from './history.ts';
import { coursesOf } from './past/courses.ts';
import { type Move, movesOf } from './past.ts';
import { confirmedSurvey, type Seen, type Survey } from './survey.ts';

/** A task with all that the printed ledger says of it. */
export interface PrintedTask {
  task: Seen;
  coSections: string[];
  evidence: Proof[];
  lookbacks: { on: Day; result: 'holds' | 'relapsed' }[];
  /** How its deadline has come to be what it is. */
  moves: Move[];
}

/** The plan as the office prints it, by confirmed figures. */
export interface Printed {
  frame: Frame;
  categories: { code: string; title: string }[];
  measures: { code: string; title: string }[];
  tasks: PrintedTask[];
  /** Codes of the tasks that stand in today's words although the ledger is of an earlier day. */
  reworded: string[];
}

/** As it stands at this moment, for whom the copy may be shown to. */
export async function printedOf(
  db: Db,
  plan: Plan,
  { now, today }: { now: Date; today: Day },
  audience: Audience,
): Promise<Printed> {
  const whole = await confirmedSurvey(db, plan, today);
  return printed(db, plan, whole.as(showsIn(audience)), new Date(now.getTime() + 1));
}

/** As it stood at the end of the account's day, evidence, look-backs and extensions too. */
export const printedAsOf = async (
  db: Db,
  plan: Plan,
  account: Account,
  audience: Audience,
): Promise<Printed> => ({
  ...(await printed(db, plan, account.survey.as(showsIn(audience)), endOf(plan, account.asOf))),
  reworded: account.reworded,
});

/** With what was written before an instant. */
async function printed(
  db: Db,
  plan: Plan,
  { frame, tasks }: Pick<Survey, 'frame' | 'tasks'>,
  until: Date,
): Promise<Printed> {
  const units = await db.select().from(sections).where(eq(sections.planId, plan.id));
  const proofs = await proofsBefore(db, plan, until);
  const looked = await db
    .select({ taskId: lookbacks.taskId, result: lookbacks.result, at: entries.at })
    .from(lookbacks)
    .innerJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(and(eq(entries.planId, plan.id), lt(entries.at, until)))
    .orderBy(asc(lookbacks.id));
  const { of } = await coursesOf(db, plan);
  return {
    frame,
    reworded: [],
    categories: await categoriesOf(db, plan.id),
    measures: (
      await db
        .select({ code: measures.code, title: measures.title })
        .from(measures)
        .where(eq(measures.planId, plan.id))
    ).toSorted(byCode),
    tasks: tasks.map((task) => ({
      task,
      coSections: units.filter(({ id }) => task.coSectionIds.includes(id)).map(({ name }) => name),
      evidence: proofs.filter(({ taskId }) => taskId === task.id).map(({ proof }) => proof),
      lookbacks: looked
        .filter(({ taskId }) => taskId === task.id)
        .map(({ at, result }) => ({ on: dayOf(at, plan.timeZone), result })),
      moves: movesOf(task.code, of(task.id)).filter(({ at }) => at < until),
    })),
  };
}

/** What stood of the evidence. */
const proofsBefore = (db: Db, plan: Plan, until: Date): Promise<{ taskId: number; proof: Proof }[]> =>
  db
    .select({
      taskId: indicators.taskId,
      proof: {
        indicatorId: evidence.indicatorId,
        entryId: evidence.entryId,
        kind: evidence.kind,
        name: evidence.name,
        datedOn: evidence.datedOn,
        keptAt: evidence.keptAt,
        fileHash: evidence.fileHash,
        withdrawnBy: sql<null>`null`,
      },
    })
    .from(evidence)
    .innerJoin(indicators, eq(indicators.id, evidence.indicatorId))
    .innerJoin(entries, eq(entries.id, evidence.entryId))
    .leftJoin(withdrawal, eq(withdrawal.id, evidence.withdrawnBy))
    .where(and(eq(entries.planId, plan.id), stoodAt(evidence.withdrawnBy, until)))
    .orderBy(asc(evidence.id));
