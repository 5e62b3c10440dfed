import { codesWord, dayWord, provisionalWord } from '../../chat/words.ts';
import { addDays } from '../../ledger/days.ts';
import { mayShow } from '../../ledger/rules/audience.ts';
import { mattersOf } from '../../ledger/views/matters.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { told } from '../../ledger/views/told.ts';
import { LOST, type Undelivered, undelivered } from '../../ledger/views/undelivered.ts';
import { chiefsOf, heard, overdueMark, overdueSince } from '../push/hearing.ts';
import { isPastTerm, isToBeListed, termMark } from '../push/ladder.ts';
import type { Look } from '../push.ts';

/** A line of a digest that is about no single task. */
export interface Note {
  line: string;
  /** New ones make a digest worth sending. */
  marks: string[];
}

/** What a meeting will have to decide. */
export async function requestNotes(look: Look): Promise<Note[]> {
  const { closeouts, listings, extensions } = await mattersOf(look.db, look.plan);
  const named = [
    ['拟销号', closeouts],
    ['挂牌摘牌', listings],
    ['延期申请', extensions],
  ] as const;
  const parts = named.flatMap(([what, codes]) => (codes.length > 0 ? [`${what}${codes.length}件`] : []));
  return parts.length === 0 ? [] : [{ line: `待会议研究:${parts.join('、')}。`, marks: [] }];
}

/** For the office: the requests and the like, what could be proposed for listing, and a year without its holidays. */
export function standingNotes(look: Look, tasks: Seen[], others: Note[]): Note[] {
  const codes = tasks
    .filter((task) => mayShow(task.level, 'office') && isToBeListed(look, task))
    .map((task) => task.code);
  const proposed = codes.length === 0 ? '' : `可提请挂牌:${codesWord(codes)},由整改办研究后报组长。`;
  const year = Number(look.today.slice(0, 4));
  return [
    ...joined([
      ...others,
      ...(proposed === '' ? [] : [{ line: proposed, marks: codes.map((code) => `list:${code}`) }]),
    ]),
    ...(look.calendar.provisional(year)
      ? [{ line: provisionalWord(year), marks: [`calendar:${year}`] }]
      : []),
  ];
}

/** For the office, once each: what has become of listings and asks for a word. */
export const listingNotes = async (look: Look, tasks: Seen[]): Promise<Note[]> => [
  ...(await liftNotes(look, tasks)),
  ...(await termNotes(look, tasks)),
];

/** A listing whose term is over, and nothing has come of it. */
async function termNotes(look: Look, tasks: Seen[]): Promise<Note[]> {
  const past = tasks.filter((task) => mayShow(task.level, 'office') && isPastTerm(task, look.today));
  const known = await told(look, past.map(termMark));
  const fresh = past.filter((task) => !known.has(termMark(task)));
  if (fresh.length === 0) return [];
  const named = fresh.map(({ code, listed }) => `【${code}】${dayWord(listed?.term ?? null)}`).join('、');
  const line = `挂牌办结时限已到:${named},请核验后提请摘牌,或报组长研究。`;
  return [{ line, marks: fresh.map(termMark) }];
}

/** A task that was closed while its listing still stands. */
async function liftNotes(look: Look, tasks: Seen[]): Promise<Note[]> {
  const closed = tasks.filter(({ state, listed, level }) => {
    return state === 'closed' && listed !== null && mayShow(level, 'office');
  });
  const markOf = ({ code, listed }: Seen) => `lift:${code}:${listed?.on}`;
  const known = await told(look, closed.map(markOf));
  const fresh = closed.filter((task) => !known.has(markOf(task)));
  if (fresh.length === 0) return [];
  return [
    { line: `${codesWord(fresh.map(({ code }) => code))}已销号,可提请摘牌。`, marks: fresh.map(markOf) },
  ];
}

const joined = (notes: Note[]): Note[] =>
  notes.length === 0
    ? []
    : [{ line: notes.map((note) => note.line).join(''), marks: notes.flatMap((note) => note.marks) }];

/** For the office, once each: what is overdue of which its section couldn't be told for days, and others hear now. */
export async function untoldNotes(look: Look, tasks: Seen[]): Promise<Note[]> {
  const overdue = tasks.flatMap((task) => {
    const [chief] = chiefsOf(look, task);
    const due = overdueSince(task);
    if (chief === undefined || due === undefined || !mayShow(task.level, 'office')) return [];
    return [{ code: task.code, step: overdueMark(task, due, chief), mark: `untold:${task.code}:${due}` }];
  });
  const steps = overdue.map(({ step }) => step);
  const known = await told(look, [...steps, ...overdue.map(({ mark }) => mark)]);
  const late = await heard(look, known, steps);
  const fresh = overdue.filter(({ step, mark }) => late.has(step) && !known.has(step) && !known.has(mark));
  if (fresh.length === 0) return [];
  const codes = codesWord(fresh.map(({ code }) => code));
  return [{ line: `逾期提示未能送达承办科室:${codes},请另行告知。`, marks: fresh.map(({ mark }) => mark) }];
}

/** For the office: whom nothing reached since it was last told. */
export async function lostNotes(look: Look): Promise<Note[]> {
  const lost = await undelivered(look.db, look.plan, addDays(look.today, -LOST));
  // A bulletin that goes again may end badly again, and a group that was gone may have it once it is back.
  const markOf = ({ id, once, endedAt, gone }: Undelivered) =>
    `lost:${id}${once ? `:${gone ? 'gone' : endedAt?.getTime()}` : ''}`;
  const known = await told(look, lost.map(markOf));
  const fresh = lost.filter((letter) => !known.has(markOf(letter)));
  const names = (fits: (letter: Undelivered) => boolean) =>
    [...new Set(fresh.filter(fits).map((letter) => letter.to))].join('、');
  const [left, lostTo, lostBulletins, doubtful, bulletins] = [
    names(({ gone }) => gone),
    names(({ inDoubt, gone, once }) => !inDoubt && !gone && !once),
    names(({ inDoubt, gone, once }) => !inDoubt && !gone && once),
    names(({ inDoubt, once }) => inDoubt && !once),
    names(({ inDoubt, once }) => inDoubt && once),
  ];
  const parts = [
    ...(left ? [`已收不到消息,停止推送:${left};机器人重新入群后,在群内@机器人 发「登记本群」恢复。`] : []),
    ...(lostTo ? [`未能送达:${lostTo},请另行告知。`] : []),
    ...(lostBulletins ? [`通报未能送达:${lostBulletins},请回复「补发通报」。`] : []),
    ...(doubtful ? [`是否送达待核:${doubtful}。`] : []),
    ...(bulletins ? [`通报是否送达待核:${bulletins},请看群后回复「通报已看到」或「补发通报」。`] : []),
  ];
  return parts.length === 0 ? [] : [{ line: parts.join(''), marks: fresh.map(markOf) }];
}
