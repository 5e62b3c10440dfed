import type { PlatformName } from '../../chat/message.ts';
import type { Reply } from '../../chat/reply.ts';
import { answerWith, noReplyNeeded } from '../../chat/words.ts';
import type { Day } from '../../ledger/days.ts';
import { has } from '../../ledger/rules/audience.ts';
import {
  assessmentOn,
  draftedOn,
  isInspection,
  isWeekly,
  type Year,
  yearEndOn,
} from '../../ledger/rules/occasions.ts';
import { toldUnder } from '../../ledger/views/told.ts';
import { groupsFor, type Look, type Notice, platformOf } from '../push.ts';

/** What the office's group hears in place of a digest; where two fall on one day, the first of them stands there. */
const occasions = {
  weekly: isWeekly,
  'bulletin-draft': (year, day) => draftedOn(year, day) !== null,
  inspection: isInspection,
  assessment: (year, day) => assessmentOn(year, day) !== null,
  'year-end': (year, day) => yearEndOn(year, day) !== null,
} satisfies Record<string, (year: Year, day: Day) => boolean>;

type Occasion = keyof typeof occasions;
const names = Object.keys(occasions) as Occasion[];

/**
 * The occasion that has the office's group today; null where the digest has it. One that comes late, as after an outage,
 * has it too where none falls on the day.
 */
export async function ownerOf(look: Look): Promise<Occasion | null> {
  const fallen = names.find((name) => occasions[name](look, look.today));
  return fallen ?? names.find((name) => look.due.has(name)) ?? look.once(toldToday);
}

async function toldToday(look: Look): Promise<Occasion | null> {
  const told = await toldUnder(
    look,
    names.map((name) => `${name}:`),
    look.today,
  );
  const inGroup = told.filter(({ key }) => /:g\d+$/.test(key));
  return names.find((name) => inGroup.some(({ key }) => key.startsWith(`${name}:`))) ?? null;
}

interface Post {
  /** `lookback:2026-12-01`. */
  key: string;
  title: string;
  lines: string[];
  tasks?: string[];
  marks?: string[];
  enclosed?: Reply['enclosed'];
  /** It waits for the readers' own word. */
  asks?: boolean;
}

/** To the office's group, which hears one thing a day; what falls together with another goes to the office's people. */
export async function toOffice(look: Look, name: Occasion | 'lookback', post: Post): Promise<Notice[]> {
  const owner = await ownerOf(look);
  if (owner !== null && owner !== name) return toPeople(look, office, post);
  return groupsFor(look, 'office').map((group) => ({
    ...noticeOf(look, post, `g${group.id}`, group.platform),
    to: { groupId: group.id },
  }));
}

type Roles = Parameters<typeof has>[0];
const office = (member: Roles) => has(member, 'office');

/** The same one to one, to everybody of these roles whom something reaches. */
export function toPeople(
  look: Look,
  who: (member: Look['members'][number]) => boolean,
  post: Post,
): Notice[] {
  return look.members.flatMap((member) => {
    const reach = who(member) ? look.reach(member.id) : null;
    if (reach === null) return [];
    return [{ ...noticeOf(look, post, `p${member.id}`, platformOf(reach)), to: { personId: member.id } }];
  });
}

function noticeOf({ botNames }: Look, post: Post, whom: string, platform: PlatformName) {
  const { key, title, lines, tasks = [], marks = [], enclosed, asks = false } = post;
  const footer = asks ? answerWith(botNames[platform]) : noReplyNeeded;
  const reply = { title, lines, footer, ...(enclosed === undefined ? {} : { enclosed }) };
  return { key: `${key}:${whom}`, tasks, marks, reply };
}
