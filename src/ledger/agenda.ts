import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import { addDays, type Day } from './days.ts';
import type { Db } from './db.ts';
import { allFacts } from './facts.ts';
import { type Matters, type Meeting, mattersOf, meetingOf } from './meetings.ts';
import type { Plan } from './people.ts';
import { explanations } from './reported.ts';
import { confirmed } from './rules/figure.ts';
import { entries, followUps, people, tasks, words } from './schema.ts';
import { type Survey, viewOf } from './survey.ts';

/** What a meeting decided or a leader ordered before, and what became of it. */
export interface FollowUp {
  task: string | null;
  /** The words it was decided in; null once they are sealed. */
  said: string | null;
  owner: string | null;
  due: Day | null;
  done: boolean;
}

/** All that a monthly meeting's papers are made from, as it stands at one moment, by confirmed figures. */
export interface Agenda {
  meeting: Meeting;
  /** The last day on which matters to be decided are handed in. */
  mattersBy: Day;
  survey: Survey;
  matters: Matters;
  /** What the lead sections last said of how it stands, by the task's id. */
  explained: Map<number, string>;
  followUps: FollowUp[];
}

/** So many days back an explanation explains something. */
const RECENT = 30;

/** Null where no meeting is set for the month. */
export async function agendaOf(
  db: Db,
  plan: Plan,
  calendar: Calendar,
  today: Day,
  month: string,
): Promise<Agenda | null> {
  const meeting = await meetingOf(db, plan, calendar, month);
  if (!meeting) return null;
  const { frame, see } = await viewOf(db, plan, today, calendar);
  const seen = (await allFacts(db, plan.id)).map((facts) => see(confirmed(facts)));
  const whole = { frame, tasks: seen.filter(({ duty }) => !duty), duties: seen.filter(({ duty }) => duty) };
  const ids = whole.tasks.map(({ id }) => id);
  return {
    meeting,
    mattersBy: calendar.workdayFrom(meeting.day, -2),
    survey: whole,
    matters: await mattersOf(db, plan),
    explained: await explanations(db, plan, ids, addDays(today, -RECENT)),
    followUps: await followUpsOf(db, plan, addDays(today, -RECENT)),
  };
}

/** Those still open, and those done since a day. */
async function followUpsOf(db: Db, plan: Plan, since: Day): Promise<FollowUp[]> {
  const done = sql`(select ${entries.at} from ${entries} where ${entries.id} = ${followUps.doneEntryId})`;
  const rows = await db
    .select({
      task: tasks.code,
      said: words.text,
      owner: people.address,
      due: followUps.due,
      doneEntryId: followUps.doneEntryId,
    })
    .from(followUps)
    .leftJoin(tasks, eq(tasks.id, followUps.taskId))
    .leftJoin(people, eq(people.id, followUps.ownerId))
    .leftJoin(words, eq(words.entryId, followUps.entryId))
    .where(and(eq(followUps.planId, plan.id), or(isNull(followUps.doneEntryId), sql`${done} >= ${since}`)))
    .orderBy(asc(followUps.due), asc(followUps.id));
  return rows.map(({ doneEntryId, ...row }) => ({ ...row, done: doneEntryId !== null }));
}
