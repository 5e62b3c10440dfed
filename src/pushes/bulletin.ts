import { withheld } from '../chat/instead.ts';
import { restrictedIn } from '../chat/parse.ts';
import { vocabularyOf } from '../chat/vocabulary.ts';
import { dayWord, folded, noReplyNeeded } from '../chat/words.ts';
import {
  type Bulletin,
  bulletinsOf,
  correctionOf,
  dropCorrection,
  release as markReleased,
} from '../ledger/acts/bulletins.ts';
import { addDays, dayOf, instantOf } from '../ledger/days.ts';
import type { Group } from '../ledger/people.ts';
import { readPlan } from '../ledger/plan/read.ts';
import { has } from '../ledger/rules/audience.ts';
import { draftDay } from '../ledger/rules/occasions.ts';
import { spokenWithYear } from '../ledger/rules/period.ts';
import { afterTrial, isAutomatic, RELEASE_AT, releaseDay, UNSIGNED } from '../ledger/rules/release.ts';
import { bulletinText } from '../reports/bulletinText.ts';
import { correctionText } from '../reports/correctionText.ts';
import { frozenQuarter } from '../reports/quarter.ts';
import { shownIn } from '../reports/version.ts';
import { issuedWith } from './push/drawing.ts';
import { slotsOn } from './push/moment.ts';
import { toPeople } from './push/office.ts';
import { groupsFor, type Look, type Moment, type Notice, type Push } from './push.ts';

/** Days after the plan's end in which its last bulletin may still go out. */
const AFTER = 90;

const slotsFrom = slotsOn({
  at: RELEASE_AT,
  falls: ({ plan, calendar }, day) => day <= addDays(plan.ends, AFTER) && calendar.isWorkday(day),
  // A platform that is away on the day may be back on the next.
  until: ({ calendar }, day) => calendar.workdayFrom(day, 1),
});

/** The bulletin itself, to the leaders and the whole system: signed, or by the plan's standing authorisation. */
export const bulletin: Push = {
  name: 'bulletin',
  times: () => [RELEASE_AT],
  // What an earlier look would have released the latest one releases.
  slots: (moment, last) => slotsFrom(moment, last).slice(-1),
  isDue: async (db, { plan }) =>
    (await bulletinsOf(db, plan.id)).some((each) => each.state !== 'released' || each.correctionSigned),
  scan: async (look) => {
    const standing = await look.once(standingNow);
    const notices = await Promise.all([
      ...standing.filter((each) => isToLeave(look, each)).map((each) => release(look, each)),
      ...standing.filter((each) => isToAmend(look, each)).map((each) => correction(look, each)),
      ...standing.filter((each) => isUnsigned(look, each)).map((each) => unsigned(look, each)),
    ]);
    return notices.flat();
  },
  keep: async (tx, look) => {
    for (const each of await look.once(standingNow)) {
      if (isToLeave(look, each)) {
        await markReleased(tx, look.plan, each, { on: look.today, basis: basisOf(each) }, look.now);
      }
      if (isToAmend(look, each)) await dropCorrection(tx, each);
    }
  },
};

const basisOf = ({ state }: Bulletin) => (state === 'signed' ? 'signed' : 'authorised');

const standingNow = ({ db, plan }: Look) => bulletinsOf(db, plan.id);

const frozenOn = ({ plan }: Moment, { frozenAt }: Bulletin) => dayOf(frozenAt, plan.timeZone);

const isToLeave = (look: Look, each: Bulletin): boolean =>
  isOpenToAll(look) &&
  isHour(look) &&
  (each.state === 'signed' ||
    (each.state === 'draft' &&
      isAutomatic(look.plan.settings) &&
      look.today >= releaseDay(look.calendar, frozenOn(look, each))));

const isToAmend = (look: Look, each: Bulletin): boolean =>
  each.correctionSigned && isOpenToAll(look) && isHour(look);

/** Who comes back on a day off or in the early morning waits for the hour that was told. */
const isHour = ({ calendar, today, now, plan }: Look): boolean =>
  calendar.isWorkday(today) && now >= instantOf(today, RELEASE_AT, plan.timeZone);

/** Not during the trial: the office alone would read it, and the whole system never. */
const isOpenToAll = ({ calendar, today, plan }: Moment): boolean =>
  today === afterTrial(calendar, today, plan.settings);

async function release(look: Look, each: Bulletin): Promise<Notice[]> {
  const quarter = frozenQuarter(look.plan, each);
  const enclosed = await issuedWith(look, quarter, { on: look.today, basis: basisOf(each) });
  const hasFile = enclosed.some(({ kind }) => kind === 'file');
  const { title, lines, tasks } = bulletinText(
    shownIn(quarter.figures, 'system'),
    look.plan.contact,
    hasFile,
  );
  return toGroups(everybody(look), `bulletin:${each.period}`, tasks, {
    ...{ title, lines, footer: noReplyNeeded },
    ...(enclosed.length > 0 ? { enclosed } : {}),
  });
}

async function correction(look: Look, each: Bulletin): Promise<Notice[]> {
  const words = await correctionOf(look.db, each);
  const { said, tasks } = correctionText(folded(words, 200));
  const key = `bulletin-correction:${each.correctionEntryId}`;
  const reply = {
    title: `【更正】${spokenWithYear(each.period)}通报`,
    lines: [`${said}。以台账为准,系整改办登记差错,与承办科室无关。`],
    footer: noReplyNeeded,
  };
  // What it names may have been restricted since it was put.
  const vocabulary = vocabularyOf(await readPlan(look.db, look.plan.id), Object.values(look.botNames));
  return restrictedIn(words, vocabulary, look.today) === undefined
    ? toGroups(everybody(look), key, tasks, reply)
    : toGroups(groupsFor(look, 'office'), key, [], withheld('更正通报', reply));
}

/** Who reads a bulletin: the leaders and the whole system. */
const everybody = (look: Look): Group[] => groupsFor(look, 'leaders', 'system');

const toGroups = (groups: Group[], key: string, tasks: string[], reply: Notice['reply']): Notice[] =>
  groups.map(({ id }) => ({
    key: `${key}:g${id}`,
    to: { groupId: id },
    tasks,
    marks: [],
    reply,
    once: true,
  }));

/** Eight working days after the quarter it still waits for the secretary. */
const isUnsigned = (look: Look, each: Bulletin): boolean =>
  (each.state === 'held' || (each.state === 'draft' && !isAutomatic(look.plan.settings))) &&
  look.calendar.workdaysBetween(draftDay(look, each.period) ?? frozenOn(look, each), look.today) >= UNSIGNED;

/** Once, to the secretary alone. */
const unsigned = (look: Look, each: Bulletin): Notice[] =>
  toPeople(look, (member) => has(member, 'secretary'), {
    key: `bulletin-unsigned:${each.period}`,
    asks: true,
    title: `【通报待签发】${spokenWithYear(each.period)}`,
    lines: [
      `通报稿${dayWord(frozenOn(look, each))}生成,尚未签发。`,
      `同意发布请回复「签发通报」,签发后${RELEASE_AT}发布。`,
    ],
  });
