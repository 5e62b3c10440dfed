import type { Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { type Told, tell } from './account.ts';
import { belongsTo, type Thread } from './belonging.ts';
import { holds } from './claims.ts';
import type { Clause } from './clauses.ts';
import type { Figure } from './figures.ts';
import { type Finding, figureFindings, type Placed, percentNote, unclear } from './findings.ts';
import { namedBy } from './fitting.ts';
import { isSortedOut } from './forbidden.ts';
import type { Item } from './items.ts';
import { byCodes, byWords, type Context, isLabel, onlyNamed, quotedIndicator } from './naming.ts';
import { papersIn } from './papers.ts';
import { doubt, isListedWith, isPart, type Spoken, withCalled, withParts, withWhose } from './parts.ts';
import { allIn, type Portion, portionsOf } from './portions.ts';
import type { Reading } from './reading.ts';
import { readPortions } from './sentence.ts';
import { settled } from './settle.ts';
import { speech } from './speech.ts';
import { datesOf, standsFor } from './stands.ts';
import type { Token } from './tokens.ts';
import { alongVisits } from './visits.ts';

export interface Report {
  told: Told[];
  /** Words that speak of no task. */
  stray: Clause[];
  /** Who was spoken of last, for a bare figure in the next sentence. */
  last: VocabularyTask[];
  /** What counts without a figure of its own: the days of headings. */
  counted?: readonly Token[];
}

interface State extends Thread {
  context: Context;
  /** The indicator whose code was said, and the one that was spoken of last. */
  said: VocabularyIndicator | undefined;
  usual: VocabularyIndicator | undefined;
  findings: Placed[];
  /** The last figure. */
  before: Spoken | undefined;
  words: Map<VocabularyTask, Set<Clause>>;
  /** All days that the item names. */
  dates: Token[];
  counted: Token[];
  stray: Set<Clause>;
  /** Conditions, exceptions and reports in front of any task. */
  fronts: Clause[];
  asks: Told[];
}

/**
 * Reads an item as a report, figure by figure. With `figures` the words around them say nothing of their own: a
 * command follows that they lead up to.
 */
export function report(
  item: Item,
  context: Context,
  last: VocabularyTask[],
  mode: 'all' | 'figures',
): Report {
  const sentence = item.clauses.flatMap((clause) => clause.tokens);
  const named = byCodes(item.codes, sentence, context);
  const unclearCodes = mode === 'all' ? named.flatMap((each) => ('ask' in each ? [each.ask] : [])) : [];
  const coded = [...new Set(named.flatMap((each) => ('ask' in each ? [] : each.tasks)))];
  if (item.codes.length > 0 && coded.length === 0)
    return { told: tell(unclearCodes, sentence), stray: [], last: [] };
  const code = item.codes.find((each) => each.indicator !== undefined)?.indicator;
  const said = coded.flatMap((task) => task.indicators).find((each) => each.code === code);
  const state: State = {
    context,
    coded,
    current: coded,
    last,
    inAll: once(() => byWords(sentence, context, ({ role }) => role !== 'tail' && role !== 'facet')),
    said,
    usual: said,
    findings: [],
    before: undefined,
    words: new Map(),
    dates: sentence.filter((token) => token.is === 'when'),
    counted: [],
    stray: new Set(),
    fronts: [],
    asks: [],
  };
  walk(item, state);
  const told = [...conclude(state, mode, item.unreal), ...tell(unclearCodes, [])];
  return { told, stray: [...state.stray], last: state.current, counted: state.counted };
}

/** Does a thing when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function walk({ clauses, unreal }: Item, state: State): void {
  const { context, coded } = state;
  for (const clause of clauses)
    if (clause.tokens.length === 0) for (const task of coded) addWords(state, task, clause);
  const portions = withParts(
    withWhose(withCalled(alongVisits(clauses.flatMap((clause) => portionsOf(clause))))),
  );
  for (const { portion, reading } of readPortions(portions, context.scene.today, unreal)) {
    const belonging = belongsTo(portion, state, context);
    if ('ask' in belonging) {
      state.asks.push({ said: belonging, of: allIn(portion) });
      continue;
    }
    const { tasks } = belonging;
    if (tasks.length === 0) {
      state.stray.add(portion.clause);
      if (holds(portion.clause.tokens)) state.fronts.push(portion.clause);
    } else {
      // 除三中外,隐患都改完了: what is told holds only with it.
      const fronts = state.fronts.splice(0);
      for (const task of tasks) for (const clause of fronts) addWords(state, task, clause);
    }
    state.current = tasks;
    for (const task of tasks) take(portion, reading, task, state, tasks.length > 1);
  }
}

/** Keeps words without a figure; papers that they tell of are findings in their place. */
function addWords(state: State, task: VocabularyTask, clause: Clause): void {
  const { words, findings, context, said } = state;
  const known = words.get(task) ?? new Set();
  if (known.has(clause)) return;
  words.set(task, known.add(clause));
  const papers = papersIn(clause.tokens, task, context, said);
  findings.push(...papers.map((each) => ({ task, said: each, of: clause.tokens })));
}

function take(
  portion: Portion,
  reading: Reading,
  task: VocabularyTask,
  state: State,
  several: boolean,
): void {
  const { figure } = portion;
  const { context, said } = state;
  if (!figure) {
    // 专题研讨完事了,1次: what a clause without a figure names, for the one behind it.
    state.usual = onlyNamed(portion.before, task, isLabel) ?? state.usual;
    addWords(state, task, portion.clause);
    return;
  }
  const figured = { portion: { ...portion, figure }, reading, task, context, several };
  const findings = isNone(portion, reading, task, context)
    ? null
    : reading.blocked === 'reach'
      ? unclear(figured.portion, task)
      : (percentNote(portion, figure, task) ??
        ofThisYear(
          reading,
          figureFindings(figured, { said, usual: state.usual ?? quotedIndicator(task, context) }),
        ));
  state.usual = findings?.at(-1)?.indicator ?? namedBy(figured.portion, task) ?? state.usual;
  if (findings === null) addWords(state, task, portion.clause);
  else if (!portion.within || findings.every(({ indicator }) => indicator?.ratio)) {
    const found = findings.map((each) => ({
      ...each,
      of: standsFor(each, portion, reading, state.dates, context),
      ...{ within: portion.within, elided: figure.elided === true || isFirst(each, figure) },
    }));
    if (portion.clause.under) state.counted.push(...datesOf(reading, portion.clause.under.of));
    state.findings.push(...found.filter((each) => !isPart(each, portion, state.findings)));
  } else if (state.findings.every((each) => each.task !== task)) addWords(state, task, portion.clause);
  const spoken = { portion, isStrange: findings === null && reading.blocked === null };
  if (isListedWith(spoken, state.before, state.usual) && state.before?.isStrange !== spoken.isStrange)
    doubt(state.findings, spoken.isStrange && state.before ? state.before : spoken);
  state.before = spoken;
}

/** 搞了1次演练,本月第一次: counts where nothing else does. */
const isFirst = ({ said }: Finding, { form }: Figure): boolean =>
  form === 'ordinal' && 'op' in said && said.op === 'add';

/** Last year's figure is none, but a ratio's other side. */
const ofThisYear = ({ blocked }: Reading, findings: Finding[] | null): Finding[] | null =>
  blocked === 'lastYear' && findings?.some(({ indicator }) => indicator?.ratio === null) ? null : findings;

/** Whether the words make the figure none: by their own, or as last year's, which may still be a ratio's side. */
function isNone(
  portion: Portion,
  { blocked, manner }: Reading,
  task: VocabularyTask,
  { speaker, scene }: Context,
): boolean {
  if (blocked === 'own') return !isSortedOut(portion, task, scene.today);
  if (blocked === 'lastYear') return task.indicators.every((each) => each.ratio === null);
  // 再搞两次, from a leader and without a sign that it is done, is what they want.
  const again = portion.before.some((token) => /^再/.test(token.text));
  return speaker.leads && again && !manner.kinds.has('past') && manner.whens.length === 0;
}

/** A question about an amount with the indicator that it is of. */
const askedOf = ({ said, indicator }: Finding): Understood =>
  'ask' in said && said.ask === 'amount' && indicator ? { ...said, indicator: indicator.code } : said;

function conclude(state: State, mode: 'all' | 'figures', unreal: boolean): Told[] {
  const { context, words, asks } = state;
  const findings = settled(state.findings);
  const figures = findings.map((each) => ({
    said: askedOf(each),
    of: each.of,
    own: each.own ?? each.of,
  }));
  if (mode === 'figures') return figures;
  const tasks = new Set(findings.map(({ task }) => task));
  const spoken = [...words].flatMap(([task, clauses]) =>
    tasks.has(task)
      ? []
      : tell(
          [speech([...clauses], task, context, unreal)],
          [...clauses].flatMap(({ tokens }) => tokens),
        ),
  );
  return [...figures, ...spoken, ...asks];
}
