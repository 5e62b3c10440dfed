import { type FollowUp, toAskAfter } from '../acts/followUps.ts';
import type { Meeting } from '../acts/meetings.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { namesOf } from '../people/roster.ts';
import type { Plan } from '../plan.ts';
import { type Matters, mattersOf, type Wanted, wantedOf } from './matters.ts';
import { explanations } from './reported.ts';
import { confirmedSurvey, type Survey } from './survey.ts';

/** All that a monthly meeting's papers are made from, as it stands at one moment, by confirmed figures. */
export interface Agenda {
  meeting: Meeting;
  /** The last day on which matters to be decided are handed in. */
  mattersBy: Day;
  survey: Survey;
  matters: Matters;
  wanted: Wanted;
  /** What the lead sections last said of how it stands, by the task's id. */
  explained: Map<number, string>;
  followUps: FollowUp[];
  /** The secretary and the leaders, in the order of 排序. */
  leaders: string[];
}

export async function agendaOf(db: Db, plan: Plan, today: Day, meeting: Meeting): Promise<Agenda> {
  const { calendar } = plan.setup;
  const whole = await confirmedSurvey(db, plan, today);
  const { members } = whole.frame;
  const names = await namesOf(db, [...members]);
  const ids = whole.tasks.map(({ id }) => id);
  return {
    meeting,
    mattersBy: calendar.workdayFrom(meeting.day, -2),
    survey: whole,
    matters: await mattersOf(db, plan),
    wanted: await wantedOf(db, plan),
    explained: await explanations(db, plan, ids, today),
    followUps: await toAskAfter(db, plan, today),
    leaders: members.flatMap((id) => names.get(id) ?? []),
  };
}
