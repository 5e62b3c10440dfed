import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { isPaper } from '../vocabulary.ts';
import { blocks, isUnfinished, isWholeCompletion, kindsIn, lasts, whensIn } from './claims.ts';
import { dueOn, isExact } from './dates.ts';
import { type Clause, hasContent, hasKind } from './items.ts';
import { personsFor, whoseIn } from './people.ts';
import { textIn } from './portions.ts';
import type { Speaker } from './speaker.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** What words without a figure say of a task. */
export function speech(
  clauses: readonly Clause[],
  task: VocabularyTask,
  speaker: Speaker,
  today: Day, unreal: boolean): Understood[] {
  const tokens = clauses.flatMap((clause) => clause.tokens);
  const kinds = kindsIn(tokens);
  if (!tokens.some((token) => hasContent([token]) && token.is !== 'code'))
    return [{ act: 'show', task: task.code }];
  if (kinds.has('asks') || isLookUp(tokens)) return [{ act: 'show', task: task.code }];
  const note = clauses.map((clause) => textIn(clause.tokens)).join(',');
  const order = speaker.leads ? orderOf(tokens, kinds, today) : null;
  if (order) return [{ ...order, task: task.code, note }];
  if (!unreal && isCompletion(clauses, task, today))
    return [{ act: 'submit', task: task.code, ...(clauses.length > 1 ? { note } : {}) }];
  return [{ act: 'note', task: task.code, note }];
}

/** 4.3.2 进展, 4.3.2 情况: a noun alone is a look-up. */
const isLookUp = (tokens: readonly Token[]): boolean =>
  textIn(tokens.filter((token) => token.is !== 'code' && token.is !== 'break')).match(
    /^(?:的)?(?:目前)?(?:的)?(?:进展|情况|进展情况|进度|完成情况|落实情况|整改情况|状态)(?:如下)?$/u,
  ) !== null;

/** 完成 of the whole task, with nothing in any clause that takes it back. */
const isCompletion = (clauses: readonly Clause[], task: VocabularyTask, today: Day): boolean =>
  clauses.some((clause) => isWholeCompletion(clause.tokens, today, task.section)) &&
  !isUnfinished(
    clauses.flatMap((clause) => clause.tokens),
    today,
  );

/** A leader's order with a day becomes a follow-up, without one a note; a leader's own plan is no order. */
function orderOf(tokens: readonly Token[], kinds: ReadonlySet<Kind>, today: Day): Intent | null {
  const when = whensIn(tokens).find((each) => isExact(each) && each.to >= today);
  const date = when && dueOn(when, today);
  const plans = tokens.some((token) => hasKind(token, 'future') && !hasKind(token, 'order'));
  if (date && (kinds.has('order') || (when.limit && !plans))) return { act: 'decide', date };
  return kinds.has('order') ? { act: 'note' } : null;
}

/**
 * A paper issued (1.1.2 办法已印发), or a personal duty handed in (小结已交): a deliverable is there or it isn't, so it
 * needs no number.
 */
export function papersIn(
  tokens: readonly Token[],
  task: VocabularyTask,
  speaker: Speaker,
  today: Day,
): Understood[] {
  const kinds = kindsIn(tokens);
  if (blocks(tokens) || lasts(tokens, today) || kinds.has('unsure')) return [];
  const named = namedPapers(tokens, task);
  const personal = named.filter((each) => each.subject === 'person');
  if (personal.length > 0 && kinds.has('handed'))
    return personal.flatMap((each) => handedIn(each, task, tokens, speaker));
  const bureau = named.filter((each) => isPaper(each) && each.subject !== 'person');
  const held = kinds.has('held') && bureau.length > 0;
  if (!(kinds.has('issued') || held) || !isDone(tokens, kinds)) return [];
  const papers = task.indicators.filter(isPaper);
  const [only, ...more] = bureau.length > 0 ? bureau : paperByWord(papers, tokens);
  if (!only) return [];
  const all =
    kinds.has('each') &&
    tokens.some((token) => token.is === 'figure' && token.figure.value === more.length + 1);
  if (all) return papers.flatMap((each) => handedIn(each, task, tokens, speaker));
  if (more.length > 0) return [{ ask: 'indicator', options: [only, ...more].map(({ code }) => code) }];
  return handedIn(only, task, tokens, speaker);
}

const isDone = (tokens: readonly Token[], kinds: ReadonlySet<Kind>): boolean =>
  kinds.has('past') || whensIn(tokens).some((when) => !when.limit) || tokens.at(-1)?.is === 'word';

/** A word of one paper's name is enough among a task's few: 规范 isn't 否决制. */
function paperByWord(papers: VocabularyIndicator[], tokens: readonly Token[]): VocabularyIndicator[] {
  const words = tokens.flatMap((token) => (token.text.length > 1 && !hasKind(token, 'issued') ? [token.text] : []));
  const fitting = papers.filter(({ label }) => words.some((word) => label.includes(word)));
  return fitting.length === 1 ? fitting : papers;
}

/** The papers that words name; a word that fits several leaves the choice to one that doesn't. */
function namedPapers(tokens: readonly Token[], task: VocabularyTask): VocabularyIndicator[] {
  const named = tokens.map((token) =>
    token.is !== 'word'
      ? []
      : token.word.uses.flatMap(({ task: its, indicator, role }) =>
          its === task && indicator?.kind === 'deliverable' && role !== 'part' ? [indicator] : [],
        ),
  );
  const sure = named.filter((each) => each.length === 1);
  return [...new Set((sure.length > 0 ? sure : named).flat())];
}

function handedIn(
  paper: VocabularyIndicator,
  task: VocabularyTask,
  tokens: readonly Token[],
  speaker: Speaker,
): Understood[] {
  const persons = personsFor(paper, whoseIn(tokens, kindsIn(tokens)), speaker);
  if (!Array.isArray(persons)) return [persons];
  const said: Intent = { act: 'progress', task: task.code, indicator: paper.code, op: 'set', value: 1 };
  return persons.map((person) => (person === undefined ? said : { ...said, person }));
}
