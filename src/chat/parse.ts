import type { Scene, Understood, Vocabulary, VocabularyTask } from './intent.ts';
import { fixedCommand } from './parse/fixed.ts';
import { itemsOf } from './parse/items.ts';
import { lexiconOf } from './parse/lexicon.ts';
import type { Context } from './parse/naming.ts';
import { settleNumbers } from './parse/numbers.ts';
import { ownWords } from './parse/ownWords.ts';
import { onBehalfOf } from './parse/proxy.ts';
import { isForPlan, readItem } from './parse/read.ts';
import { registerCommand } from './parse/registers.ts';
import { withoutRetractions } from './parse/retractions.ts';
import { speakerOf } from './parse/speaker.ts';
import { courtesy, isCourtesy, strayWords } from './parse/stray.ts';
import { tidy } from './parse/tidy.ts';
import { tokensOf } from './parse/tokens.ts';

export { project } from './parse/project.ts';

/**
 * What a message wants, item by item: a fact for the ledger, a command, a question back, or nothing. Deterministic,
 * in time linear in the text's length, and never throws. Where the words leave anything open, it asks.
 *
 * A text is tidied and stripped of what others said in it, cut into tokens, the tokens into items (clauses about the
 * same tasks), and each item is a command, a correction or a report, whose figures are read one by one.
 */
export function understand(text: string, scene: Scene, vocabulary: Vocabulary): Understood[] {
  const own = ownWords(tidy(text, vocabulary.botNames), scene, vocabulary);
  if (own.others) return [{ ask: 'meaning' }];
  const fixed = fixedCommand(own.text, vocabulary) ?? registerCommand(own.text, vocabulary, scene.today);
  if (fixed) return [fixed];
  const said = onBehalfOf(tokensOf(own.text, lexiconOf(vocabulary), scene.today));
  // +1 under a quoted line of the bot is a figure.
  const isFigure = own.quote !== undefined && own.text.startsWith('+');
  if (isCourtesy(said.tokens) && !isFigure) return [courtesy(said.tokens, scene)];
  const context: Context = {
    scene: own.quote === undefined ? scene : { ...scene, quote: own.quote },
    speaker: speakerOf(scene, vocabulary, said),
    tasks: vocabulary.tasks,
    people: vocabulary.people,
    quoted: quotedTasks(own.quote, vocabulary),
  };
  const tokens = withoutRetractions(settleNumbers(said.tokens, context));
  const items = itemsOf(tokens, (clause) => isForPlan(clause, context));
  let last: VocabularyTask[] = [];
  const read = items.map((item) => {
    const report = readItem(item, context, last);
    last = report.last;
    return report;
  });
  const understood = withoutNotesBeside(read.flatMap((each) => each.understood));
  if (understood.length > 0) return understood.map((each) => noted(each, said.sections));
  const stray = strayWords(read.flatMap((each) => each.stray));
  return stray.length > 0 ? stray : [{ act: 'silent' }];
}

/** The tasks whose codes a quoted message of the bot carries: 【4.3.2】. */
function quotedTasks(quote: string | undefined, { tasks }: Vocabulary): VocabularyTask[] {
  const codes = new Set([...(quote ?? '').matchAll(/【([G\d][\d.]{0,6})】/g)].map(([, code]) => code));
  return tasks.filter((task) => codes.has(task.code));
}

/** Words beside a figure or a command on the same task travel with it; said twice they are one note. */
function withoutNotesBeside(understood: Understood[]): Understood[] {
  const isNote = (each: Understood) => 'act' in each && each.act === 'note' && each.percent === undefined;
  const taskOf = (each: Understood) => ('task' in each ? each.task : undefined);
  const told = new Set(understood.flatMap((each) => (isNote(each) ? [] : (taskOf(each) ?? []))));
  return understood.filter((each) => {
    const task = taskOf(each);
    if (!isNote(each) || task === undefined) return true;
    const first = !told.has(task);
    told.add(task);
    return first;
  });
}

/** For whom it was reported (代安全科 …). */
function noted(each: Understood, [section]: string[]): Understood {
  return section === undefined || 'ask' in each || each.act === 'silent' ? each : { ...each, section };
}
