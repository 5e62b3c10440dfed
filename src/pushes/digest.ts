import { dayWord } from '../chat/words.ts';
import { addDays, endOf, mondayOf, startOf } from '../ledger/days.ts';
import type { Group } from '../ledger/people.ts';
import { has, showsIn } from '../ledger/rules/audience.ts';
import { isMissed } from '../ledger/slots.ts';
import { isLostUnder, type Posted, toldUnder } from '../ledger/views/told.ts';
import { type Morning, morningOf } from './digest/morning.ts';
import {
  listingNotes,
  lostNotes,
  type Note,
  requestNotes,
  standingNotes,
  untoldNotes,
} from './digest/notes.ts';
import { compose } from './digest/post.ts';
import { rowsFor } from './digest/rows.ts';
import { lookbacksDue } from './lookback.ts';
import type { Rung } from './push/ladder.ts';
import { mornings } from './push/moment.ts';
import { ownerOf, toPeople } from './push/office.ts';
import { oneADay, postsThisWeek } from './push/sectionGroups.ts';
import { groupsFor, type Look, type Notice, type Push } from './push.ts';

/** A section's group is written to at most so often a week. */
const A_WEEK = 3;
/** What the last post told is looked for so many days back. */
const BACK = 31;

/**
 * The morning digest. The leaders' group has one on the first working day of the week; a section's then too, and on
 * another day only when something has changed, as the office's. What is empty isn't sent. The office's group hears one
 * thing a day: where something else falls on it, the digest's news waits for the next.
 */
export const digest: Push = {
  name: 'digest',
  times: (plan) => [plan.settings.digest_at],
  slots: mornings,
  scan: async (look) => {
    const morning = await morningOf(look);
    const isTaken = (await ownerOf(look)) !== null || (await look.once(lookbacksDue)).length > 0;
    const groups = groupsFor(look, 'leaders', 'section', ...(isTaken ? [] : (['office'] as const)));
    const posts = await postsThisWeek(look);
    const notices = await Promise.all(groups.map((group) => forGroup(morning, group, posts)));
    const said = notices.filter((notice) => notice !== null);
    return [...(await oneADay(look, said)), ...(await withoutOffice(look))];
  },
};

/** Where the office's own group is the one that is gone, its people hear one to one what came to nothing. */
async function withoutOffice(look: Look): Promise<Notice[]> {
  if (groupsFor(look, 'office').length > 0) return [];
  const notes = await lostNotes(look);
  if (notes.length === 0) return [];
  return toPeople(look, (member) => has(member, 'office'), {
    key: `digest:lost:${look.today}`,
    title: `【推送情况】${dayWord(look.today)}`,
    lines: notes.map(({ line }) => line),
    marks: notes.flatMap(({ marks }) => marks),
  });
}

/** The digests of the last weeks, and the weekly reviews that had the office's in them. */
const postsTold = (look: Look) => toldUnder(look, ['digest:', 'weekly:'], addDays(look.today, -BACK));

async function forGroup(whole: Morning, group: Group, week: Posted[]): Promise<Notice | null> {
  const { look } = whole;
  const morning = { ...whole, seen: whole.seen.as(showsIn(group.audience)) };
  const key = `digest:${group.id}:`;
  const before = (await look.once(postsTold)).filter(
    (each) => each.key.startsWith(key) || (group.audience === 'office' && each.key.startsWith('weekly:')),
  );
  const calls = callsIn(morning, group);
  const found = rowsFor(morning, group, calls, before);
  const { rows } = found;
  const notes = await notesFor(morning, group);
  const news = [...rows.map((row) => row.mark), ...notes.flatMap((note) => note.marks)];
  const isEmpty = rows.length + notes.length === 0;
  if (isEmpty) return null;
  const posts = week.filter(({ groupId }) => groupId === group.id);
  const told = posts.filter(({ isTold }) => isTold).length;
  const about = { isFirst: await opensWeek(look, group, before, posts), posts: told };
  if (!isTheDay(look, group, before, { ...about, news, isCalled: calls.length > 0 })) return null;
  return {
    key: key + look.today,
    to: { groupId: group.id },
    reply: compose(morning, group, { ...found, notes, calls }),
    tasks: rows.map((row) => row.task.code),
    marks: [...news, ...rows.map((row) => row.entered), ...calls.map((call) => call.mark)],
  };
}

/** Steps for a chief whom nothing reaches one to one: told here, with a mention. */
const callsIn = ({ look, rungs }: Morning, group: Group): Rung[] =>
  rungs.filter(
    ({ personId, kind, task }) =>
      kind !== 'informed' && isReachedIn(look, group, personId) && task.sectionId === group.sectionId,
  );

function isReachedIn(look: Look, { id }: Group, personId: number): boolean {
  const reach = look.reach(personId);
  return reach?.place === 'section' && reach.group.id === id;
}

async function notesFor({ look, seen }: Morning, { audience }: Group): Promise<Note[]> {
  if (audience === 'leaders') return look.once(requestNotes);
  if (audience !== 'office') return [];
  return [
    ...standingNotes(look, seen.tasks, [
      ...(await look.once(requestNotes)),
      ...(await listingNotes(look, seen.tasks)),
    ]),
    ...(await untoldNotes(look, seen.tasks)),
    ...(await lostNotes(look)),
  ];
}

/** Where the chief is told here what others are told alone, the last post of the week waits for that. */
const mostNews = (look: Look, { sectionId }: Group): number =>
  look.members.some((member) => member.sectionId === sectionId && look.reach(member.id)?.place === 'section')
    ? A_WEEK - 1
    : A_WEEK;

/**
 * On the first working day of the week; where that went by without anybody looking, its post came to nothing, or
 * another one stood in its place in a section's group, whatever became of that, later.
 */
async function opensWeek(
  look: Look,
  group: Group,
  before: { day: string }[],
  posts: Posted[],
): Promise<boolean> {
  const first = look.calendar.firstWorkdayOfWeek(look.today);
  if (first === look.today) return true;
  if (first === null || group.audience === 'office' || before.some(({ day }) => day >= first)) return false;
  const isPut = posts.some(({ key, day }) => key.startsWith(`${digest.name}:`) && day >= first);
  if (!isPut && posts.some(({ day }) => day === first)) return true;
  return (await look.once(isFirstMissed)) || isLostUnder(look, `digest:${group.id}:`, first);
}

async function isFirstMissed({ db, plan, calendar, today }: Look): Promise<boolean> {
  const first = calendar.firstWorkdayOfWeek(today) ?? today;
  return isMissed(db, plan.id, digest.name, startOf(plan, first), endOf(plan, first));
}

interface Week {
  news: string[];
  isFirst: boolean;
  /** Messages that it has had. */
  posts: number;
  isCalled: boolean;
}

/** The day that opens the week, or news; a section's group is spared more than its share of a week. */
function isTheDay(
  look: Look,
  group: Group,
  before: { marks: string[]; day: string }[],
  { news, isFirst, posts, isCalled }: Week,
): boolean {
  if (group.audience === 'leaders') return isFirst;
  // The office has its review each week; in between it hears what is new.
  const isUsual = isFirst && group.audience === 'section';
  const monday = mondayOf(look.today);
  const told = Math.max(posts, before.filter(({ day }) => day >= monday).length);
  if (group.audience === 'section' && told >= (isCalled ? A_WEEK : mostNews(look, group))) return false;
  const known = new Set(before[0]?.marks);
  return isUsual || isCalled || news.some((mark) => !known.has(mark));
}
