import { bulletinOf } from '../../ledger/acts/bulletins.ts';
import { addDays } from '../../ledger/days.ts';
import { type Shows, showsIn } from '../../ledger/rules/audience.ts';
import { periodOf, spanOf } from '../../ledger/rules/period.ts';
import { accountAsOf, accountOf } from '../../ledger/views/asOf.ts';
import { countedFor, type Seen, type Survey, survey } from '../../ledger/views/survey.ts';
import { type Figures, type Frozen, figuresOf } from '../../reports/figures.ts';
import { figuresIn } from '../../reports/quarter.ts';
import { sees, type View } from './view.ts';

/** The plan as it stands now, in a bulletin's figures, with the tasks that the reader may see. */
export interface Today {
  figures: Figures;
  survey: Survey;
  visible: Map<string, Seen>;
}

export async function todayOf(view: View): Promise<Today> {
  const { db, reader, today, now } = view;
  const { plan } = reader;
  const whole = (await survey(db, plan, today)).as(reader.sees);
  const account = await accountOf(db, plan, today, whole);
  const heading = { title: plan.title, period: null, readAt: now };
  const figures = figuresOf(account, heading, await lastQuarter(view, whole));
  const visible = whole.tasks.filter((task) => sees(view, task));
  return { figures, survey: whole, visible: new Map(visible.map((task) => [task.code, task])) };
}

/**
 * By what the reader may know, as today's figures are: as the last quarter's bulletin had it in one of its two versions,
 * else as it would have; null where the ledger hadn't begun by then.
 */
async function lastQuarter({ db, reader, today, now }: View, whole: Survey): Promise<Frozen | null> {
  const { plan } = reader;
  const end = addDays(spanOf(periodOf('quarter', today)).starts, -1);
  if (end < plan.since || end < plan.starts) return null;
  const period = periodOf('quarter', end);
  const last = await bulletinOf(db, plan.id, period);
  if (last?.state === 'released') {
    const frozen = figuresIn(plan, last);
    const knowsAsMuchAs = (shows: Shows) =>
      whole.tasks.every((task) => countedFor(task, reader.sees).length === countedFor(task, shows).length);
    if (knowsAsMuchAs(() => true)) return frozen;
    if (knowsAsMuchAs(showsIn('system'))) return { ...frozen, ...frozen.wide };
  }
  const account = await accountAsOf(db, plan, end);
  account.survey = account.survey.as(reader.sees);
  return figuresOf(account, { title: plan.title, period, readAt: now }, null);
}
