import { dayWord } from '../../chat/words.ts';
import { type Bulletin, bulletinsOf } from '../../ledger/acts/bulletins.ts';
import { addDays, type Day, instantOf, startOf } from '../../ledger/days.ts';
import { unarrived } from '../../ledger/outbox/doubt.ts';
import type { Letter } from '../../ledger/outbox.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { mayShow } from '../../ledger/rules/audience.ts';
import { spokenPeriod, spokenWithYear } from '../../ledger/rules/period.ts';
import { afterTrial, RELEASE_AT } from '../../ledger/rules/release.ts';
import { LOST } from '../../ledger/views/undelivered.ts';
import { frozenQuarter, quarterIn } from '../../reports/quarter.ts';
import type { Said } from '../command.ts';

/** Those of the quarter that is named; all where none is. */
export function ofQuarter({ plan, origin }: Said, all: Bulletin[], words = origin.words): Bulletin[] {
  const period = quarterIn(plan, words);
  return period === null ? all : all.filter((each) => each.period === period);
}

/** Where several wait, the quarter has to be named: an old one never goes in place of the new, nor one for its correction. */
export function onlyOne(waiting: Bulletin[], verb: string): Bulletin | undefined {
  const [first, ...more] = waiting;
  if (first === undefined || more.length === 0) return first;
  const ways = waiting.map(({ period }) => `「${verb} ${spokenPeriod(period)}」`).join('或');
  throw new Refusal(`${waiting.map(matterOf).join('、')}都在等待,请写明,如${ways}。`);
}

export const nameOf = ({ period }: Bulletin): string => `${spokenWithYear(period)}通报`;

/** Of one that is out only its correction can wait. */
export const matterOf = (bulletin: Bulletin): string =>
  bulletin.state === 'released' ? `${nameOf(bulletin)}的更正` : nameOf(bulletin);

/**
 * Posts of bulletins that didn't arrive or may not have, for as long as they can go again; apart those that mayn't, because
 * what stands in them has been restricted since.
 */
export async function notArrived({ tx, plan, today }: Said): Promise<{ posts: Letter[]; barred: Letter[] }> {
  const all = await unarrived(tx, plan.id, startOf(plan, addDays(today, -LOST)));
  const changed = (await bulletinsOf(tx, plan.id)).filter(
    (each) => frozenQuarter(plan, each).figures !== each.figures,
  );
  const isBarred = ({ key, tasks }: Letter): boolean =>
    changed.some(({ period }) => key.startsWith(`bulletin:${period}:`)) ||
    tasks.some((code) => !mayShow(plan.setup.owners.get(code)?.level ?? 'open', 'system'));
  return { posts: all.filter((each) => !isBarred(each)), barred: all.filter(isBarred) };
}

/** The next working day's 09:12, today's where it is still to come; none before `earliest`. */
export function leaves({ plan, calendar, today, now }: Said, earliest: Day = today): string {
  const isToday = calendar.isWorkday(today) && now < instantOf(today, RELEASE_AT, plan.timeZone);
  const next = isToday ? today : calendar.workdayFrom(today, 1);
  return `${dayWord(afterTrial(calendar, next < earliest ? earliest : next, plan.settings))}${RELEASE_AT}`;
}
