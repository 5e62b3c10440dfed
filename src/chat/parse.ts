import { codesIn } from '../ledger/rules/code.ts';
import type { Intent, Scene, Understood, Vocabulary, VocabularyTask } from './intent.ts';
import { countedIn, leftOf, type Told, worded } from './parse/account.ts';
import { decided } from './parse/decisions.ts';
import { withDots } from './parse/dotless.ts';
import { fixedCommand } from './parse/fixed.ts';
import { misformed } from './parse/heads.ts';
import { itemsOf } from './parse/items.ts';
import { lexiconOf } from './parse/lexicon.ts';
import type { Context } from './parse/naming.ts';
import { settleNumbers } from './parse/numbers.ts';
import { type OwnWords, ownWords } from './parse/ownWords.ts';
import { asksForMore, MORE } from './parse/pages.ts';
import { onBehalfOf } from './parse/proxy.ts';
import { isForPlan, readItem } from './parse/read.ts';
import { registerCommand } from './parse/registers.ts';
import { withoutRetractions } from './parse/retractions.ts';
import { isIntent } from './parse/said.ts';
import { withShares } from './parse/shares.ts';
import { speakerOf } from './parse/speaker.ts';
import { courtesy, isCharge, isCourtesy, isPuzzling, leaderAsks, strayWords } from './parse/stray.ts';
import { tidy } from './parse/tidy.ts';
import { tokensOf } from './parse/tokens.ts';

export { actOf, commandWord } from './parse/heads.ts';
export {
  decidesIn,
  groupOf,
  isOfPeople,
  namedIn,
  namesOfPeopleIn,
  noSuchDayIn,
  restrictedIn,
  type TimeNamed,
  tasksNamed,
  timesIn,
} from './parse/named.ts';
export { HAN_NUMERAL, numberOf } from './parse/numerals.ts';
export { asksForMore, MORE } from './parse/pages.ts';
export { project } from './parse/project.ts';
export { SEVERAL_BACK } from './parse/retakes.ts';
export { LAST, ORDER } from './parse/speech.ts';

/** What a message wants, and which pieces of it nothing of that stands for. */
export interface Account {
  understood: Understood[];
  left: string[];
  /** The same of a message that is one question, which is read again with its answer, unless the ledger has that. */
  beside?: string[];
}

/** What a message wants, item by item. */
export const understand = (text: string, scene: Scene, vocabulary: Vocabulary): Understood[] =>
  accountFor(text, scene, vocabulary).understood;

/**
 * What a message wants, item by item: a fact for the ledger, a command, a question back, or nothing. Deterministic,
 * in time linear in the text's length, and never throws. Where the words leave anything open, it asks.
 *
 * A text is tidied and stripped of what others said in it, cut into tokens, the tokens into items (clauses about the
 * same tasks), and each item is a command, a correction or a report, whose figures are read one by one. Each thing
 * understood knows its tokens, so that what is left over can be told.
 */
export function accountFor(text: string, scene: Scene, vocabulary: Vocabulary): Account {
  const said = ownWords(tidy(text, vocabulary.botNames), scene, vocabulary);
  const own = { ...said, text: withDots(decided(said), scene, vocabulary) };
  if (own.others) return only({ ask: 'meaning' });
  const account = accountForOwn(own, scene, vocabulary);
  const wrong = misformed(own.text, account.understood);
  return wrong ? only(wrong) : account;
}

const only = (understood: Understood): Account => ({ understood: [understood], left: [] });

function accountForOwn(own: OwnWords, scene: Scene, vocabulary: Vocabulary): Account {
  const fixed = fixedCommand(own.text, vocabulary) ?? registerCommand(own.text, vocabulary, scene.today);
  if (fixed) return only(fixed);
  if (asksForMore(own.text)) return only({ act: 'ledger', about: MORE });
  const said = onBehalfOf(tokensOf(own.text, lexiconOf(vocabulary), scene.today, leads(scene, vocabulary)));
  const sections = said.chief ? sectionOf(scene, vocabulary) : said.sections;
  // +1 under a quoted line of the bot is a figure.
  const isFigure = own.quote !== undefined && own.text.startsWith('+');
  const isOrder = leads(scene, vocabulary) && isCharge(said.tokens);
  if (isCourtesy(said.tokens) && !isFigure && !isOrder) return only(courtesy(said.tokens, scene));
  const context: Context = {
    scene: own.quote === undefined ? scene : over(own.quote, scene),
    speaker: speakerOf(scene, vocabulary, said),
    tasks: vocabulary.tasks,
    people: vocabulary.people,
    sections: vocabulary.sections,
    quoted: quotedTasks(own.quote, vocabulary),
  };
  const tokens = withoutRetractions(settleNumbers(said.tokens, context));
  const items = itemsOf(tokens, scene.today, (clause) => isForPlan(clause, context));
  let last: VocabularyTask[] = [];
  const read = items.map((item) => {
    const report = readItem(item, context, last);
    last = report.last;
    return report;
  });
  const told = withoutNotesBeside(read.flatMap((each) => each.told));
  if (told.length > 0) {
    const understood = withShares(worded(told, tokens), tokens, vocabulary).map((each) =>
      noted(
        each,
        sections.filter((section) => !isChiefOf(section, scene, vocabulary)),
      ),
    );
    const counted = read.flatMap((each) => each.counted ?? []);
    const beside = leftOf(tokens, [...told, { said: { act: 'silent' }, of: counted }], vocabulary);
    const [first, ...more] = told;
    const isQuestion = more.length === 0 && first !== undefined && 'ask' in first.said;
    return { understood, left: isQuestion ? [] : beside, beside };
  }
  const stray = read.flatMap((each) => each.stray);
  const asked = leaderAsks(stray, context) ?? strayWords(stray)[0];
  if (asked) return only(asked);
  const left = countedIn(stray);
  const puzzled = left.length === 0 && isPuzzling(stray) ? { puzzled: true as const } : {};
  return { understood: [{ act: 'silent', ...puzzled }], left };
}

/** Over a quote 这项 is what is quoted, even where that names no task, and not what was shown before. */
function over(quote: string, { last: _, ...scene }: Scene): Scene {
  return { ...scene, quote };
}

const leads = ({ by }: Scene, { people }: Vocabulary): boolean =>
  people.some(({ name, roles }) => name === by && (roles.includes('leader') || roles.includes('secretary')));

const sectionOf = ({ by }: Scene, { people }: Vocabulary): string[] =>
  people.flatMap(({ name, section, roles }) =>
    name === by && roles.includes('staff') ? (section ?? []) : [],
  );

/** The tasks whose codes a quoted message of the bot carries: 【4.3.2】. */
function quotedTasks(quote: string | undefined, { tasks }: Vocabulary): VocabularyTask[] {
  const codes = codesIn(quote ?? '');
  return tasks.filter((task) => codes.includes(task.code));
}

/** Words beside a figure or a command on the same task travel with it; said twice they are one note. */
function withoutNotesBeside(told: Told[]): Told[] {
  const spoken = new Set(
    told.flatMap(({ said }) => (isNote(said) || isLookUp(said) ? [] : (taskOf(said) ?? []))),
  );
  const kept: Told[] = [];
  for (const each of told) {
    const task = taskOf(each.said);
    const at = kept.findIndex(({ said }) => isNote(said) && isNote(each.said) && taskOf(said) === task);
    const first = kept[at];
    if (!isNote(each.said) || task === undefined) kept.push(each);
    else if (!spoken.has(task)) {
      if (first) kept[at] = inOne(first, each);
      else kept.push(each);
    }
  }
  return kept;
}

const isNote = (each: Understood): boolean =>
  'act' in each && each.act === 'note' && each.percent === undefined;

const taskOf = (each: Understood): string | undefined => ('task' in each ? each.task : undefined);

const noteOf = (each: Understood): string => ('note' in each && each.note) || '';

const inOne = (one: Told, other: Told): Told => ({
  said: { ...one.said, note: [noteOf(one.said), noteOf(other.said)].join(';') } as Intent,
  of: [...one.of, ...other.of],
});

/** Keeps no words, so that none can travel with it. */
const isLookUp = (each: Understood): boolean =>
  'act' in each && (each.act === 'show' || each.act === 'history');

/** Who reports for the section that is his own reports for himself. */
const isChiefOf = (section: string, { by }: Scene, { people }: Vocabulary): boolean =>
  people.some((each) => each.name === by && each.section === section && each.roles.includes('chief'));

/** For whom it was reported (代安全科 …). */
function noted(each: Understood, [section]: string[]): Understood {
  return section !== undefined && isIntent(each) ? { ...each, section } : each;
}
