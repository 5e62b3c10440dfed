import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { kindsIn } from './claims.ts';
import type { Figure } from './figures.ts';
import { namedBy, unitFits } from './fitting.ts';
import { type Clause, hasKind, type Item } from './items.ts';
import type { Use } from './names.ts';
import { byCodes, byWords, type Context, type Named, namesIn } from './naming.ts';
import { type Portion, portionsOf, textIn, tokensIn } from './portions.ts';
import { type Finding, figureFindings } from './report.ts';
import { type Reading, readPortions } from './sentence.ts';
import { settled } from './settle.ts';
import { papersIn, speech } from './speech.ts';
import type { Token } from './tokens.ts';

interface State {
  context: Context;
  today: Day;
  /** The tasks named by code; empty where words have to name them. */
  coded: VocabularyTask[];
  /** Who the sentence before, and who the last words of this one spoke of. */
  last: VocabularyTask[];
  current: VocabularyTask[];
  usual: VocabularyIndicator | undefined;
  findings: Finding[];
  words: Map<VocabularyTask, Set<Clause>>;
  stray: Clause[];
  asks: Understood[];
}

export interface Report {
  understood: Understood[];
  /** Words that speak of no task. */
  stray: Clause[];
  /** Who was spoken of last, for a bare figure in the next sentence. */
  last: VocabularyTask[];
}

/**
 * Reads an item as a report, figure by figure. With `figures` the words around them say nothing of their own: a
 * command follows that they lead up to. `last` is who the sentence before spoke of.
 */
export function report(item: Item, context: Context, today: Day, mode: 'all' | 'figures', last: VocabularyTask[]): Report {
  const tokens = item.clauses.flatMap((clause) => clause.tokens);
  const named = byCodes(item.codes, tokens, context);
  const asks = mode === 'all' ? named.flatMap((each) => ('ask' in each ? [each.ask] : [])) : [];
  const coded = [...new Set(named.flatMap((each) => ('ask' in each ? [] : each.tasks)))];
  if (item.codes.length > 0 && coded.length === 0) return { understood: asks, stray: [], last: [] };
  const state: State = {
    context,
    today,
    coded,
    last,
    current: coded,
    usual: undefined,
    findings: [],
    words: new Map(),
    stray: [],
    asks: [],
  };
  walk(item, state);
  const { stray, current } = state;
  return { understood: [...conclude(state, mode, item.unreal), ...asks], stray, last: current };
}

function walk(item: Item, state: State): void {
  const portions = item.clauses.flatMap((clause) => portionsOf(clause));
  for (const clause of item.clauses)
    if (clause.tokens.length === 0) for (const task of state.coded) addWords(state, task, clause);
  for (const [at, reading] of readPortions(portions, state.today, item.unreal).entries()) {
    const portion = portions[at];
    if (!portion) continue;
    const tasks = tasksOf(portion, state);
    for (const task of tasks) take(portion, reading, task, state, tasks.length > 1);
  }
}

/** The tasks that a portion speaks of; none when a question was asked or nothing of ours was meant. */
function tasksOf(portion: Portion, state: State): VocabularyTask[] {
  if (state.coded.length > 0) return underCode(portion, state);
  // What came to light on the way (今天排查1次,发现隐患5处) is told of what was done.
  if (kindsIn(portion.before).has('found') && state.current.length > 0) return state.current;
  const names = namesIn(telling(portion));
  const named = names.length > 0 || state.current.length === 0 ? nameOf(portion, state.context) : null;
  if (named && 'ask' in named) {
    state.asks.push(named.ask);
    return [];
  }
  const known = state.current.length > 0 || !portion.figure ? state.current : state.last;
  const tasks = named?.tasks ?? known;
  if (tasks.length === 0) state.stray.push(portion.clause);
  state.current = tasks;
  return tasks;
}

/** Without a figure, a word like 调研 or 意见 names its task only as what the clause is about. */
function telling(portion: Portion): Token[] {
  const tokens = tokensIn(portion);
  if (portion.figure) return tokens;
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  return tokens.filter((token) => token === first || !hasKind(token, 'common'));
}

/** What the names around a figure speak of, those first that its unit fits. */
function nameOf(portion: Portion, context: Context): Named {
  const { figure } = portion;
  const tokens = telling(portion);
  const wanted = (use: Use) => use.role !== 'tail' && (use.role !== 'facet' || figure?.form === 'percent');
  const fits = (use: Use) =>
    !figure || !use.indicator || use.indicator.ratio !== null || (unitFits(figure, use.indicator) && (use.role !== 'tail' || figure.unit !== ''));
  const fitting = figure && (byWords(tokens, context, (use) => wanted(use) && fits(use)) ?? byWords(tokens, context, (use) => use.role === 'tail' && fits(use)));
  return fitting ?? byWords(tokens, context, wanted);
}

/** Under a code, a figure whose name is only another own task's isn't the coded task's. */
function underCode(portion: Portion, state: State): VocabularyTask[] {
  const { coded, context } = state;
  if (!portion.figure) return coded;
  const uses = namesIn(tokensIn(portion)).flat();
  const fitting = coded.filter((task) => uses.some((use) => use.task === task && use.indicator));
  if (fitting.length > 0) return fitting;
  const others = uses.some((use) => use.role === 'label' && context.speaker.owns(use));
  const named = others ? nameOf(portion, { ...context, quoted: [] }) : null;
  if (!named || 'ask' in named) return coded;
  if (portion.clause.codeAt === 'none') return named.tasks;
  state.asks.push({ ask: 'task', options: [...coded, ...named.tasks].map(({ code }) => code) });
  return [];
}

function addWords(state: State, task: VocabularyTask, clause: Clause): void {
  state.words.set(task, (state.words.get(task) ?? new Set()).add(clause));
}

function take(portion: Portion, reading: Reading, task: VocabularyTask, state: State, several: boolean): void {
  const { figure } = portion;
  const { context, today } = state;
  const ratio = task.indicators.some((each) => each.ratio !== null);
  const wished = context.speaker.leads && isWish(portion, reading);
  const none = wished || reading.blocked === 'own' || (reading.blocked === 'lastYear' && !ratio);
  if (!figure || none) {
    if (figure) state.usual = namedBy({ ...portion, figure }, task) ?? state.usual;
    addWords(state, task, portion.clause);
    return;
  }
  if (reading.blocked === 'reach') {
    if (figure.form === 'plus') state.findings.push({ task, said: { ask: 'amount' } });
    else addWords(state, task, portion.clause);
    return;
  }
  const findings =
    percentNote(portion, figure, task) ??
    figureFindings(
      { portion: { ...portion, figure }, reading, task, speaker: context.speaker, today, several },
      state.usual,
    );
  if (findings === null) {
    addWords(state, task, portion.clause);
    return;
  }
  if (portion.within && !findings.every(({ indicator }) => indicator?.ratio)) return;
  state.usual = findings.at(-1)?.indicator ?? state.usual;
  state.findings.push(...findings.map((each) => ({ ...each, within: portion.within })));
}

/** 再搞两次, from a leader and without a sign that it is done, is what they want. */
const isWish = (portion: Portion, { manner }: Reading): boolean =>
  portion.before.some((token) => /^再/.test(token.text)) && !manner.kinds.has('past') && manner.whens.length === 0;

/** 进度60% of a whole task is words with a number in them: progress is counted by indicators. */
function percentNote(portion: Portion, figure: Figure, task: VocabularyTask): Finding[] | null {
  const named = namesIn(tokensIn(portion)).some((uses) => uses.some((use) => use.role !== 'part'));
  if (figure.form !== 'percent' || named) return null;
  const note = textIn(portion.clause.tokens);
  return [{ task, said: { act: 'note', task: task.code, percent: figure.value, note } satisfies Intent }];
}

function conclude(state: State, mode: 'all' | 'figures', unreal: boolean): Understood[] {
  const { context, today, findings, words, asks } = state;
  const figures = settled(findings);
  const spoken = [...words].flatMap(([task, clauses]): Understood[] => {
    const papers = [...clauses].flatMap((clause) => papersIn(clause.tokens, task, context.speaker, today));
    if (papers.length > 0 || mode === 'figures') return papers;
    return figures.some((each) => each.task === task)
      ? []
      : speech([...clauses], task, context.speaker, today, unreal);
  });
  return [...figures.map(({ said }) => said), ...spoken, ...(mode === 'all' ? asks : [])];
}
