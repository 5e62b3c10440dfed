import type { Ask, Intent, Scene, Understood } from '../chat/intent.ts';
import { type Account, accountFor, groupOf, understand } from '../chat/parse.ts';
import { fitForGroup } from '../chat/words.ts';
import { taskToReport } from '../commands/command/reach.ts';
import { comesToTheSame } from '../commands/command/statement.ts';
import type { Said } from '../commands/command.ts';
import type { Day } from '../ledger/days.ts';
import { lock } from '../ledger/facts.ts';
import { Refusal } from '../ledger/refusal.ts';
import { type Around, answerTo, filled, withAnswer, withFigure } from './answer.ts';
import { asksToSee } from './ask.ts';
import { type Question, questionOf } from './question.ts';
import { reasoned } from './reason.ts';

/** What words mean, read where they answer in the place of the question and by its day. */
interface Meaning extends Account {
  dropped?: true;
  read?: string;
  on: Day;
}

/** A short answer to the open question means what was asked about; everything else is understood afresh. */
export function meant(
  { vocabulary, today }: Said,
  scene: Scene,
  question: Question | null,
  words: string,
): Meaning {
  const { item = '', options = [], readings = [], on = today } = question ?? {};
  const around = { vocabulary, today: on };
  const answer = answerTo(question, without(words, vocabulary.botNames), around);
  if (answer === null || question === null) return { ...accountFor(words, scene, vocabulary), on: today };
  const again = (read: string) => ({
    ...accountFor(read, { ...scene, today: on }, vocabulary),
    ...{ read, on },
  });
  switch (answer.is) {
    case 'choice': {
      const reading = readings[answer.at];
      return reading
        ? { understood: reading, left: [], on }
        : again(withAnswer(item, options[answer.at] ?? '', around));
    }
    case 'code':
      return again(withAnswer(item, answer.code, around));
    case 'words': {
      const read = again(filled(question, answer.words, around));
      const [only, ...more] = read.understood;
      // What was filled in vain is asked about as it was.
      const isVain = only && 'ask' in only && only.ask === question.ask && more.length === 0;
      return isVain ? { ...read, understood: [{ ...only, ...wordsOf(question) }] } : read;
    }
    case 'figure':
      return again(withFigure(question, answer.words, around));
    // None of the choices: it has to be said in full.
    case 'none':
      return {
        understood: [{ ask: question.ask, ...wordsOf({ ...question, ...withoutGroup(question, around) }) }],
        ...{ left: [], on },
      };
    case 'dropped':
      return { understood: [], left: [], dropped: true, on };
    case 'reason': {
      const alone = accountFor(words, scene, vocabulary);
      const read = again(`${item} ${answer.words}`);
      const whole = reasoned(
        answer.wanted,
        answer.words,
        alone.understood,
        read.understood,
        around,
        (said) => again(said).understood,
      );
      return whole ? { ...read, understood: [whole] } : { ...alone, on: today };
    }
  }
}

/** The measure whose tasks were none of them the one is no part of the item any more. */
function withoutGroup(
  { item = '', options = [] }: Question,
  { vocabulary, today }: Around,
): { item?: string } {
  const said = item.normalize('NFKC');
  const group = options.flatMap((code) => groupOf(code, said, vocabulary, today) ?? [])[0];
  return group === undefined ? {} : { item: said.replace(group, '').trim() };
}

const wordsOf = ({ item, words, indicator }: Question): Pick<Question, 'item' | 'words' | 'indicator'> => ({
  ...(item === undefined ? {} : { item }),
  ...(words === undefined ? {} : { words }),
  ...(indicator === undefined ? {} : { indicator }),
});

/** What is asked about a figure: how much, and whose. */
const FIGURES: ReadonlySet<Ask['ask']> = new Set(['amount', 'person']);

/** A figure of what its speaker may not report, or not here, isn't asked about: its act says so. */
async function withoutFutile(said: Said, understood: Understood[]): Promise<Understood[]> {
  const told: Understood[] = [];
  for (const each of understood) {
    const indicator = 'ask' in each && FIGURES.has(each.ask) ? each.indicator : undefined;
    const intent: Intent = {
      act: 'progress',
      task: indicator?.split('/')[0] ?? '',
      ...(indicator && { indicator }),
    };
    const isFutile = indicator !== undefined && (await isRefused(said, intent));
    // Of several figures the answer says which one it was.
    const piece = understood.length > 1 && 'ask' in each && each.words ? { piece: each.words } : {};
    told.push(isFutile ? { ...intent, ...piece } : each);
  }
  // What stands beside nothing but figures of that kind belongs to them.
  const isLost = (each: Understood) => 'ask' in each && each.ask === 'indicator' && !each.options;
  const acts = told.filter((each) => !isLost(each));
  const isNone =
    acts.length > 0 && acts.length < told.length && acts.every((each) => !understood.includes(each));
  return isNone ? acts : told;
}

async function isRefused(said: Said, intent: Intent): Promise<boolean> {
  try {
    await taskToReport(said, intent);
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What no group may read is asked about one to one.
    return error.kind !== 'inPrivate' || fitForGroup(said.origin.words);
  }
}

/** 查 3.3, of which this person sees one task here, is answered by it. */
function onlyOne(
  each: Understood,
  words: string,
  around: Around,
  again: (said: string) => Understood[],
): Understood[] {
  const [code, ...more] = 'ask' in each && each.ask === 'task' ? (each.options ?? []) : [];
  const isOne = code !== undefined && more.length === 0 && asksToSee(words);
  return isOne ? again(withAnswer(words, code, around)) : [each];
}

/** What is asked about, and what needn't be: where nothing stands yet, added and in total are the same. */
export async function settled(
  said: Said,
  scene: Scene,
  all: Understood[],
  words: string,
): Promise<{ understood: Understood[]; question: Question | null }> {
  const { vocabulary, today } = said;
  const again = (each: string) => understand(each, scene, vocabulary);
  const seen = all.length === 1 ? all.flatMap((each) => onlyOne(each, words, said, again)) : all;
  const understood = await withoutFutile(said, seen);
  const question = questionOf(understood, words, { vocabulary, today, again });
  const [added = [], stated = []] = question?.readings ?? [];
  if (added.length === 0) return { understood, question: question ?? hintedIn(understood, words) };
  // What stands nowhere yet mustn't come to stand before this is recorded.
  await lock(said.tx, said.plan.id, tasksOf([...understood, ...added]));
  for (const [at, reading] of added.entries())
    if (!(await comesToTheSame(said, reading, stated[at]))) return { understood, question };
  const rest = [...added];
  // The words that are kept are those that were typed.
  const told = understood.flatMap((each): Understood[] => {
    if (!('ask' in each)) return [each];
    const readings = rest.splice(0, understood.length === 1 ? rest.length : 1);
    return readings.length === 0
      ? [each]
      : readings.map((reading) => ({ ...reading, words: each.words ?? '' }));
  });
  return settled(said, scene, told, words);
}

/** 排查搞了, noted: 1次 behind it tells how often. */
function hintedIn(understood: Understood[], words: string): Question | null {
  const [only, ...more] = understood;
  if (!only || more.length > 0 || !('act' in only) || only.act !== 'note' || only.hint === undefined)
    return null;
  return { ask: 'amount', indicator: only.hint, item: words, words, hinted: true };
}

export const tasksOf = (understood: Understood[]): string[] => [
  ...new Set(understood.flatMap((item) => ('task' in item && item.task !== undefined ? [item.task] : []))),
];

/** Words without the mentions of the bot. One of its names may be the beginning of another. */
export const without = (text: string, names: readonly string[]): string =>
  [...names]
    .filter((name) => name !== '')
    .sort((one, other) => other.length - one.length)
    .reduce(
      (rest, name) => ['@', '＠', '@ '].reduce((left, sign) => left.replaceAll(sign + name, ' '), rest),
      text,
    );
