import { countsWord, narrowWord } from '../chat/telling.ts';
import { codesWord, dayWord } from '../chat/words.ts';
import { bulletinsOf, isToBeCorrected } from '../ledger/acts/bulletins.ts';
import { type Day, mondayOf, timeOf } from '../ledger/days.ts';
import { lightsSince } from '../ledger/lights.ts';
import { mayShow, showsIn } from '../ledger/rules/audience.ts';
import { codesIn } from '../ledger/rules/code.ts';
import { taskOf } from '../ledger/rules/counter.ts';
import { engagedFrom, isWeekly } from '../ledger/rules/occasions.ts';
import { spokenPeriod } from '../ledger/rules/period.ts';
import { isAutomatic } from '../ledger/rules/release.ts';
import { countsOf } from '../ledger/rules/standing.ts';
import type { EntryAct } from '../ledger/terms.ts';
import { actsSince } from '../ledger/views/history.ts';
import { lastEntries } from '../ledger/views/reported.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { listingNotes, lostNotes, type Note, requestNotes, standingNotes } from './digest/notes.ts';
import { standingMark } from './digest/rows.ts';
import { lastFallen, slotsOn } from './push/moment.ts';
import { toOffice } from './push/office.ts';
import { isSilent } from './push/silence.ts';
import type { Look, Push } from './push.ts';

/** The week's review (每周梳理), for the office alone; that day's digest is in it. */
export const weekly: Push = {
  name: 'weekly',
  times: () => ['16:12'],
  slots: slotsOn({
    at: '16:12',
    falls: isWeekly,
    until: ({ calendar }, day) => calendar.workdayFrom(day, 1),
  }),
  scan: async (look) => {
    const seen = (await look.survey()).as(showsIn('office'));
    const { tasks, duties } = seen;
    const day = lastFallen(look.today, (each) => (isWeekly(look, each) ? each : null));
    const monday = mondayOf(day);
    const own = tasks.filter((task) => mayShow(task.level, 'office'));
    const notes = [
      ...standingNotes(look, tasks, [
        ...(await look.once(requestNotes)),
        ...(await listingNotes(look, tasks)),
      ]),
      ...(await lostNotes(look)),
    ];
    const lines = [
      `${countsWord(countsOf(tasks))}${narrowWord(seen)}。`,
      `${day === look.today ? '本周' : '其间'}:${await changed(look, own, monday)}。`,
      ...standingLine(own, tasks),
      ...(await silentLine(look, own)),
      ...ownerless(look, own),
      ...notesLine(notes, [...thirdParty(look, duties), ...(await unsignedWord(look))]),
    ];
    return toOffice(look, 'weekly', {
      key: `weekly:${day}`,
      title: `【每周梳理】${dayWord(monday < look.plan.starts ? look.plan.starts : monday)}至${dayWord(look.today)} 数据截至${timeOf(look.now, look.plan.timeZone)}`,
      lines,
      tasks: codesIn(lines.join('\n')),
      marks: [
        ...own
          .filter((task) => ['red', 'yellow'].includes(task.light ?? '') || task.standing === 'listed')
          .map(standingMark),
        ...notes.flatMap(({ marks }) => marks),
      ],
    });
  },
};

/** What happened, and whose light became another one. */
async function changed(look: Look, own: Seen[], monday: Day): Promise<string> {
  const acts = await actsSince(look.db, look.plan, monday);
  const times = (...deeds: EntryAct[]) => deeds.reduce((sum, act) => sum + (acts.get(act) ?? 0), 0);
  const changes = await lightsSince(look.db, look.plan, monday);
  const became = (light: string, fits: (before: string | null) => boolean) =>
    own
      .filter(({ id }) => {
        const last = changes.findLast((change) => change.taskId === id);
        return last?.light === light && fits(last.before);
      })
      .map(({ code }) => code);
  const parts = [
    `登记${times('progress', 'note', 'correct')}条`,
    `申请销号${times('submit')}项`,
    ...named(
      '新转滞后',
      became('yellow', (before) => before !== 'red'),
    ),
    ...named(
      '新逾期',
      became('red', () => true),
    ),
    ...named(
      '转为正常',
      became('green', (before) => before !== null && before !== 'blue'),
    ),
  ];
  return parts.join(',');
}

const named = (word: string, codes: string[]): string[] =>
  codes.length === 0 ? [] : [`${word}${codesWord(codes, 6)}`];

/** What stands overdue, listed and behind, each task once, so that it ties with the counts. */
function standingLine(own: Seen[], tasks: Seen[]): string[] {
  const isLate = ({ standing }: Seen) => standing === 'listed' || standing === 'behind';
  const hidden = tasks.filter(isLate).length - own.filter(isLate).length;
  const codes = (fits: (task: Seen) => boolean) => own.filter(fits).map(({ code }) => code);
  const parts = [
    ...named(
      '逾期',
      codes(({ standing, overdue }) => standing === 'behind' && overdue),
    ),
    ...named(
      '挂牌',
      codes(({ standing }) => standing === 'listed'),
    ),
    ...named(
      '滞后未逾期',
      codes(({ standing, overdue }) => standing === 'behind' && !overdue),
    ),
    ...(hidden > 0 ? [`另有${hidden}项属本人事项,只计数`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(';')}。`];
}

/** By each task's own clock: who reports by the quarter isn't silent after a fortnight. */
async function silentLine(look: Look, own: Seen[]): Promise<string[]> {
  const entered = await lastEntries(look.db, look.plan);
  const silent = own.filter((task) => isSilent(look, task, entered.get(task.id)));
  return silent.length === 0 ? [] : [`久未登记:${codesWord(silent.map(({ code }) => code))}。`];
}

/** Without somebody who answers for it or a day, and indicators of which nobody knows whom they are asked of. */
function ownerless({ members }: Look, own: Seen[]): string[] {
  const open = own.filter(({ state }) => state !== 'closed');
  const hasChief = ({ sectionId }: Seen) =>
    members.some((member) => member.sectionId === sectionId && member.roles.includes('chief'));
  const alone = open.filter((task) => task.leader === null || task.deadline === null || !hasChief(task));
  const unclear = open.filter((task) => task.indicators.some(({ subject }) => subject === 'unclear'));
  const parts = [
    ...named(
      '缺责任人或时限',
      alone.map(({ code }) => code),
    ),
    ...named(
      '每人或合计待明确',
      unclear.map(({ code }) => code),
    ),
  ];
  return parts.length === 0 ? [] : [`待明确:${parts.join(';')}。`];
}

const notesLine = (notes: Note[], more: string[]): string[] => {
  const line = [...notes.map((note) => note.line), ...more].join('');
  return line === '' ? [] : [line];
};

/** Bulletins and corrections that wait for somebody's word: none is forgotten. */
async function unsignedWord({ db, plan }: Look): Promise<string[]> {
  return (await bulletinsOf(db, plan.id)).flatMap((each) => {
    const name = `${spokenPeriod(each.period)}通报`;
    if (isToBeCorrected(each)) return [`${name}的更正待组长签发。`];
    if (each.state === 'held') return [`${name}暂缓中,待组长签发。`];
    return each.state === 'draft' && !isAutomatic(plan.settings) ? [`${name}待组长签发。`] : [];
  });
}

/** From October on, until the evaluation stands in the ledger. */
function thirdParty({ today, plan }: Look, duties: Seen[]): string[] {
  const code = taskOf('evaluation', duties);
  const isOpen = duties.some((duty) => duty.code === code && duty.postings.length === 0);
  return isOpen && today >= engagedFrom(plan) ? [`第三方评估【${code}】尚未登记。`] : [];
}
