import type { Scene, Understood, Vocabulary, VocabularyTask } from './intent.ts';
import { itemsOf } from './parse/items.ts';
import { lexiconOf } from './parse/lexicon.ts';
import type { Context } from './parse/naming.ts';
import { settleNumbers } from './parse/numbers.ts';
import { ownWords } from './parse/ownWords.ts';
import { onBehalfOf } from './parse/proxy.ts';
import { isForPlan, readItem } from './parse/read.ts';
import { speakerOf } from './parse/speaker.ts';
import { courtesy, isCourtesy, strayWords } from './parse/stray.ts';
import { tidy } from './parse/tidy.ts';
import { tokensOf } from './parse/tokens.ts';

export { project } from './parse/project.ts';

/**
 * What a message wants, item by item: a fact for the ledger, a command, a question back, or nothing. Deterministic,
 * in time linear in the text's length, and never throws. Where the words leave anything open, it asks.
 */
export function understand(text: string, scene: Scene, vocabulary: Vocabulary): Understood[] {
  const own = ownWords(tidy(text, vocabulary.botNames), scene, vocabulary);
  const said = onBehalfOf(tokensOf(own.text, lexiconOf(vocabulary), scene.today));
  if (isCourtesy(said.tokens) || /^[1+6]{0,3}$/.test(own.text)) return [courtesy(said.tokens, scene)];
  const codes = new Set(
    [...tidy(own.quote ?? '', []).matchAll(/【(\d\.\d\.\d|G\d)】/g)].map(([, code]) => code),
  );
  const context: Context = {
    scene: { ...scene, ...(own.quote === undefined ? {} : { quote: own.quote }) },
    speaker: speakerOf(scene, vocabulary, said.sections, said.person),
    tasks: vocabulary.tasks,
    quoted: vocabulary.tasks.filter((task) => codes.has(task.code)),
  };
  const tokens = settleNumbers(said.tokens, context);
  const items = itemsOf(tokens, (clause) => isForPlan(clause, context, scene.today));
  let last: VocabularyTask[] = [];
  const read = items.map((item) => {
    const report = readItem(item, context, scene.today, last);
    last = report.last;
    return report;
  });
  const understood = withoutNotesBeside(read.flatMap((each) => each.understood));
  if (understood.length > 0) return understood.map((each) => said.mark(each));
  const stray = strayWords(read.flatMap((each) => each.stray));
  return stray.length > 0 ? stray : [{ act: 'silent' }];
}

/** Words beside a figure or a command on the same task travel with it; said twice they are one note. */
function withoutNotesBeside(understood: Understood[]): Understood[] {
  const isNote = (each: Understood) => 'act' in each && each.act === 'note' && each.percent === undefined;
  const told = new Set(understood.flatMap((each) => ('act' in each && each.act !== 'silent' && !isNote(each) ? [each.task] : [])));
  return understood.filter((each) => {
    if (!('act' in each) || each.act === 'silent' || !isNote(each)) return true;
    const first = !told.has(each.task);
    told.add(each.task);
    return first;
  });
}
