import { isPaper } from '../../ledger/rules/indicator.ts';
import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { blocks, kindsIn, lasts, whensIn } from './claims.ts';
import { hasContent, hasKind } from './clauses.ts';
import type { Context } from './naming.ts';
import { personsFor, whoseIn } from './people.ts';
import { isOfSeveralPeriods, timeOf } from './times.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

/**
 * A paper issued (1.1.2 办法已印发), or a personal duty handed in (小结已交): a deliverable is there or it isn't, so it
 * needs no number.
 */
export function papersIn(
  spoken: readonly Token[],
  task: VocabularyTask,
  context: Context,
  said?: VocabularyIndicator,
): Understood[] {
  const found = papersOfAll(spoken, task, context, said);
  if (found.length > 0) return found;
  // 考核办法已印发、容错机制正在报审: each is told of by itself.
  const each = listed(spoken).filter((piece) => namedPapers(piece, task).length > 0);
  return each.length > 1 ? each.flatMap((piece) => papersOfAll(piece, task, context, said)) : [];
}

/** The pieces of a list. */
function listed(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = [[]];
  for (const token of tokens) {
    if (token.is === 'break' && token.force === 'list') pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}

function papersOfAll(
  spoken: readonly Token[],
  task: VocabularyTask,
  context: Context,
  said?: VocabularyIndicator,
): Understood[] {
  const tokens = spoken.filter((token) => !token.aside && hasContent([token]));
  const kinds = kindsIn(tokens);
  if (blocks(tokens) || lasts(tokens, context.scene.today) || kinds.has('unsure')) return [];
  const named =
    said?.kind === 'deliverable' && task.indicators.includes(said) ? [said] : namedPapers(tokens, task);
  const personal = [...named, ...reportsIn(tokens, task)].filter((each) => each.subject === 'person');
  if (personal.length > 0 && isSaid(tokens, personal, ['handed', 'done'])) {
    return ofPapers(personal, kinds, task, tokens, context);
  }
  const bureau = named.filter((each) => isPaper(each) && each.subject !== 'person');
  const papers = bureau.length > 0 ? bureau : task.indicators.filter(isPaper);
  const verbs: Kind[] = bureau.length > 0 ? ['issued', 'held'] : ['issued'];
  // 专题学习完成了: what is done and not written is there when it is done.
  if (bureau.length > 0 && bureau.every(({ label }) => DEED.test(label))) verbs.push('done');
  if (!isDone(tokens, verbs) || !isSaid(tokens, papers, verbs)) return [];
  return ofPapers(papersOf(papers, tokens, bureau.length > 0), kinds, task, tokens, context);
}

const DEED = /(?:学习|培训|认领|宣传|部署|动员|大会)$/u;

/** 纪律报告, 权力报告: what each hands in once a period is counted, and needs no number either. */
const reportsIn = (tokens: readonly Token[], task: VocabularyTask): VocabularyIndicator[] =>
  task.indicators.filter(
    (each) =>
      each.kind === 'count' &&
      each.label.endsWith('报告') &&
      tokens.some(
        (token) =>
          token.is === 'word' &&
          token.word.uses.some(({ role, indicator }) => role === 'label' && indicator === each),
      ),
  );

/** All that are named one by one, or counted with 均 (两个办法均…); of several otherwise the bot asks. */
function ofPapers(
  papers: VocabularyIndicator[],
  kinds: ReadonlySet<Kind>,
  task: VocabularyTask,
  tokens: readonly Token[],
  context: Context,
): Understood[] {
  const names = tokens.filter(
    (token) =>
      token.is === 'word' &&
      token.word.uses.some(
        ({ role, indicator }) => role === 'paper' || papers.some((each) => each === indicator),
      ),
  ).length;
  const counted = tokens.some((token) => token.is === 'figure' && token.figure.value === papers.length);
  if (papers.length > 1 && names !== papers.length && !(kinds.has('each') && counted)) {
    return [{ ask: 'indicator', options: papers.map(({ code }) => code) }];
  }
  return papers.flatMap((each) => handedIn(each, task, tokens, context));
}

/** 已, 了, a day that is past, or the verb at the very end. */
const isDone = (tokens: readonly Token[], verbs: readonly Kind[]): boolean =>
  kindsIn(tokens).has('past') ||
  whensIn(tokens).some((when) => !when.limit) ||
  verbs.some((kind) => hasKind(tokens.at(-1) ?? blank, kind));

const blank: Token = { is: 'text', text: '', aside: false };

/** Whether the verb is said of the paper: the noun nearest before it, else the last behind it, is of its name. */
function isSaid(
  tokens: readonly Token[],
  papers: readonly VocabularyIndicator[],
  verbs: readonly Kind[],
): boolean {
  const at = tokens.findIndex((token) => verbs.some((kind) => hasKind(token, kind)));
  if (at === -1) return false;
  const noun = tokens.slice(0, at).findLast(isNoun) ?? tokens.slice(at + 1).findLast(isNoun);
  return noun === undefined || papers.some((paper) => isOf(noun, paper));
}

const isOf = (noun: Token, paper: VocabularyIndicator): boolean =>
  paper.label.includes(noun.text.slice(-2)) ||
  (noun.is === 'word' && noun.word.uses.some((use) => use.indicator === paper));

const passed: readonly Kind[] = [
  'past',
  'already',
  'each',
  'everyone',
  'filler',
  'light',
  'handed',
  'issued',
  'held',
  'more',
  'total',
  'event',
];

const PASSING = wordsOf('修订 制定 制订 正式 全部 审定 新版 修订版 正式版 最终版 清单 材料 文件');

/** A word that can be what is spoken of: no mark, no person, no revising on the way. */
function isNoun(token: Token): boolean {
  if (token.text.length < 2 || PASSING.has(token.text)) return false;
  if (token.is === 'text') return true;
  if (token.is !== 'word' || token.word.people || token.word.section !== undefined) return false;
  return token.word.uses.length > 0 || !passed.some((kind) => hasKind(token, kind));
}

/** A word of one paper's name is enough among a task's few: 规范 isn't 否决制. */
function papersOf(
  papers: VocabularyIndicator[],
  tokens: readonly Token[],
  named: boolean,
): VocabularyIndicator[] {
  const words = tokens.filter(isNoun).map((token) => token.text);
  const fitting = papers.filter(({ label }) => words.some((word) => label.includes(word)));
  return !named && fitting.length === 1 ? fitting : papers;
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
  context: Context,
): Understood[] {
  const kinds = kindsIn(tokens);
  // 书记、党建副局长的报告已交: each has a paper of his own.
  const isOfSeveral =
    tokens.filter((token) => token.is === 'word' && token.word.people !== undefined).length > 1;
  const whose = whoseIn(tokens, isOfSeveral ? new Set<Kind>([...kinds, 'each']) : kinds);
  const persons = personsFor(paper, whose, context.speaker);
  if (!Array.isArray(persons)) return [persons];
  const { today } = context.scene;
  const whens = whensIn(tokens);
  if (isOfSeveralPeriods(whens, paper, today)) return [{ ask: 'date' }];
  const said: Intent = {
    ...{ act: 'progress', task: task.code, indicator: paper.code, op: 'set', value: 1 },
    ...timeOf(whens, paper, today),
  };
  return persons.map((person) => (person === undefined ? said : { ...said, person }));
}
