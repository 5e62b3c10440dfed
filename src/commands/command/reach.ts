import type { Intent } from '../../chat/intent.ts';
import { stateWord } from '../../chat/words.ts';
import { type InHand, inHand } from '../../ledger/acts/closeout.ts';
import type { Origin } from '../../ledger/entries.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import { called, chiefOf, type PersonRow } from '../../ledger/people/roster.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { inPrivate, notHere, notHereForLeaders, notHereForOffice, Refusal } from '../../ledger/refusal.ts';
import {
  has,
  inSteadOf,
  isMember,
  isWide,
  maySee,
  maySeeFigure,
  type Reporter,
  reportsAs,
  showsTo,
} from '../../ledger/rules/audience.ts';
import type { Frame, Indicator } from '../../ledger/rules/indicator.ts';
import { judge } from '../../ledger/rules/task.ts';
import { type Seen, type Survey, see, survey } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';

/**
 * The task that an intent names, as far as this person may know of it here. Who may not, and a code that doesn't
 * exist, hear the same words; who may elsewhere is told to ask one to one.
 */
export async function taskFor(
  said: Said,
  intent: Intent,
  isOwn = (_: Seen) => false,
): Promise<{ task: Seen; frame: Frame }> {
  const { tx, plan, today, person, place } = said;
  const shows = showsTo(person, place);
  const found = intent.task === undefined ? undefined : await see(tx, plan, intent.task, today, shows);
  if (!found) throw notHere();
  const seen = maySee(found.task.level, found.task, person, place);
  const sight = seen === 'no' && isOwn(found.task) ? (isWide(place) ? 'private' : 'yes') : seen;
  if (sight === 'private') throw inPrivate();
  if (sight === 'no') throw notHere();
  return found;
}

/** The same for somebody who reports on it; on the indicator too, where one is named. */
export async function taskToReport(
  said: Said,
  intent: Intent,
): Promise<{ task: Seen; frame: Frame; as: Reporter }> {
  // What each member owes is his to report, and to speak of, also on a task that is otherwise closed to him.
  const named = intent.indicator ?? intent.hint;
  const owed = ({ indicators }: TaskFacts) =>
    indicators.find(
      ({ subject, code }) =>
        subject === 'person' && (named === undefined ? intent.act === 'note' : code === named),
    );
  const isOwn = (task: TaskFacts) => isMember(said.person) && owed(task) !== undefined;
  const found = await taskFor(said, intent, isOwn);
  const indicator = found.task.indicators.find((each) => each.code === intent.indicator);
  const as = reportsAs(found.task, said.person, (indicator ?? owed(found.task))?.subject);
  if (as === null) throw notHere();
  if (indicator) {
    const { person, place } = said;
    const level = indicator.level ?? found.task.level;
    const seen = maySee(level, found.task, person, place);
    // What is a member's own is that member's to report, also where the others' is not to be seen.
    const sight =
      seen === 'no' && as === 'person' ? maySeeFigure(person.id, level, found.task, person, place) : seen;
    if (sight === 'private') throw inPrivate();
    if (sight !== 'yes' && !(sight === 'count' && as === 'person')) throw notHere();
  }
  return { ...found, as };
}

/**
 * The task of an act that the table of states knows, for who may do it now. Who works on it, but isn't the one to do
 * this, hears `whose` it is; anybody else the words for what isn't theirs.
 */
export async function handFor(
  said: Said,
  intent: Intent,
  act: Parameters<typeof judge>[1],
  whose?: string,
): Promise<{ task: Seen; frame: Frame; hand: InHand }> {
  const found = await taskFor(said, intent);
  const hand = await inHand(said.tx, said.plan, found.task);
  const verdict = judge(hand, act, said.person);
  if (verdict.may) return { ...found, hand };
  if (verdict.why === 'state') {
    const { code, state } = found.task;
    throw new Refusal(`【${code}】现为${stateWord(state)},不能这样办理。`);
  }
  if (whose === undefined || reportsAs(found.task, said.person) === null) throw notHere();
  throw new Refusal(whose);
}

/** A refusal as this person is told it. */
export function refusalFor({ person }: Pick<Said, 'person'>, { kind, message }: Refusal): string {
  if (kind !== 'notHere') return message;
  if (has(person, 'leader', 'secretary')) return notHereForLeaders;
  return has(person, 'office') ? notHereForOffice : message;
}

/** Who may report at all; on which task is looked at when it is named. */
export const mayReport = ({ person }: Pick<Said, 'person'>): boolean =>
  has(person, 'chief', 'staff', 'leader', 'secretary', 'office');

export const isOffice = ({ person }: Pick<Said, 'person'>): boolean => has(person, 'office');

/** Who it comes from: the speaker, and whom the speaker says it for (代报: the office, a section's clerk; 代办). */
export async function onBehalf(said: Said, task: TaskFacts, intent: Intent): Promise<Origin> {
  if (intent.section === undefined) {
    const principal = inSteadOf(task, said.person);
    return principal ? { ...said.origin, forPersonId: principal.id } : said.origin;
  }
  const chief = await chiefOf(said.tx, said.plan.id, intent.section);
  const allowed =
    has(said.person, 'office') || (has(said.person, 'staff') && chief?.sectionId === said.person.sectionId);
  if (!chief || !allowed || ![task.sectionId, ...task.coSectionIds].includes(chief.sectionId)) {
    throw notHere();
  }
  return { ...said.origin, forPersonId: chief.id };
}

/** Somebody of the plan, active or not, whom the office names. */
export async function personCalled({ tx, plan }: Said, name: Intent['person']): Promise<PersonRow> {
  const person = name === undefined ? undefined : await called(tx, plan.id, name);
  if (!person) throw new Refusal(`台账中没有${name ?? '此人'},未改动。请写全名。`);
  return person;
}

/** The whole plan as this person may know it here. */
export const surveyFor = async ({ tx, plan, today, person, place }: Said): Promise<Survey> =>
  (await survey(tx, plan, today)).as(showsTo(person, place));

/** What of a task may be shown in this answer. */
export const mayShowHere =
  ({ person, place }: Said, task: TaskFacts) =>
  (indicator: Indicator): boolean =>
    maySee(indicator.level ?? task.level, task, person, place) === 'yes';

/** Whether the figure of this person may be shown in this answer. */
export const mayShowFigure = (
  { person, place }: Said,
  task: TaskFacts,
  indicator: IndicatorRow,
  ofPersonId: number,
): boolean => maySeeFigure(ofPersonId, indicator.level ?? task.level, task, person, place) === 'yes';
