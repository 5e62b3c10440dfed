import type { Ask, VocabularyTask } from '../intent.ts';
import { kindsIn } from './claims.ts';
import { hasKind, textIn } from './clauses.ts';
import { isLength } from './lengths.ts';
import type { Use } from './names.ts';
import { byWords, type Context, type Named, namesIn } from './naming.ts';
import { type FiguredPortion, type Portion, tokensIn } from './portions.ts';
import type { Token } from './tokens.ts';
import { unitFits } from './units.ts';
import { isSeen } from './visits.ts';

/** What an item has spoken of so far. */
export interface Thread {
  /** The tasks named by code; empty where words have to name them. */
  coded: VocabularyTask[];
  /** Who the last words of the item, and who the sentence before it spoke of. */
  current: VocabularyTask[];
  last: VocabularyTask[];
  /** What all the words of the item together name; asked for once. */
  inAll(): Named;
}

/** The tasks that a portion speaks of; none where nothing of ours is meant. */
export function belongsTo(
  portion: Portion,
  thread: Thread,
  context: Context,
): { tasks: VocabularyTask[] } | Ask {
  const { coded, current, last } = thread;
  if (coded.length > 0) return underCode(portion, coded, context);
  // What came to light on the way (今天排查1次,发现隐患5处) is told of what was done.
  if (kindsIn(portion.before).has('found') && current.length > 0) return { tasks: current };
  const telling = namesIn(tellingOf(portion)).length > 0;
  const named = telling || current.length === 0 ? nameOf(portion, context) : null;
  if (named && 'ask' in named) return goesOn(named.ask, current) ? { tasks: current } : named.ask;
  if (named) return named;
  if (current.length > 0 || !portion.figure) return { tasks: current };
  const side = sideOf(portion, thread);
  return { tasks: side ?? (last.length > 0 ? last : again(portion, context)) };
}

/** 廉洁风险点23个,防控措施31条: a name that several tasks have is, within a sentence, the one's that is spoken of. */
const goesOn = ({ options = [] }: Ask, [only, ...more]: VocabularyTask[]): boolean =>
  only !== undefined && more.length === 0 && options.includes(only.code);

/** Under a code, a figure whose name is only another own task's isn't the coded task's. */
function underCode(
  portion: Portion,
  coded: VocabularyTask[],
  context: Context,
): { tasks: VocabularyTask[] } | Ask {
  if (!portion.figure) return { tasks: coded };
  const uses = namesIn(tokensIn(portion)).flat();
  const fitting = coded.filter((task) => uses.some((use) => use.task === task && use.indicator));
  if (fitting.length > 0) return { tasks: fitting };
  const foreign = tokensIn(portion).some(
    (token) => isOwnLabel(token, context) && !(isPassing(portion) && hasKind(token, 'common')),
  );
  const named = foreign ? nameOf(portion, { ...context, quoted: [] }) : null;
  if (!named || 'ask' in named) return { tasks: coded };
  if (portion.clause.codeAt === 'none') return named;
  return { ask: 'task', options: [...coded, ...named.tasks].map(({ code }) => code) };
}

const isOwnLabel = (token: Token, { speaker }: Context): boolean =>
  token.is === 'word' && token.word.uses.some((use) => use.role === 'label' && speaker.owns(use));

/** 5.2.3 收集1次,收到意见12条: told on the way, a word like 意见 doesn't turn to another task. */
const isPassing = ({ clause, figure }: Portion): boolean => !clause.opens && figure?.form === 'plain';

/** Without a figure, a word like 调研 or 意见 names its task only as what the clause is about. */
function tellingOf(portion: Portion): Token[] {
  const tokens = tokensIn(portion);
  if (portion.figure) return tokens;
  const first = tokens.find((token) => token.is !== 'break' && token.is !== 'when');
  return tokens.filter((token) => token === first || !hasKind(token, 'common'));
}

/** What the names around a figure speak of, those first that its unit fits. */
function nameOf(portion: Portion, context: Context): Named {
  const { figure } = portion;
  const tokens = tellingOf(portion);
  // 减少文件9份: how many less, or how many there were, makes it the part of a comparison.
  const sided = new Set(
    namesIn(tokens)
      .flat()
      .flatMap(({ role, task }) => (role === 'numerator' || role === 'denominator' ? [task] : [])),
  );
  const isFacet = (task: VocabularyTask) => figure?.form === 'percent' || sided.has(task);
  const wanted = ({ role, task, indicator }: Use) =>
    role !== 'tail' && (role !== 'facet' || isFacet(task)) && !isSeen(portion, indicator);
  if (!figure) return byWords(tokens, context, wanted);
  const fits = ({ indicator }: Use) => !indicator || indicator.ratio !== null || unitFits(figure, indicator);
  const isTail = (use: Use) => use.role === 'tail' && figure.unit !== '' && fits(use);
  return (
    byWords(tokens, context, (use) => wanted(use) && fits(use)) ??
    byWords(tokens, context, isTail) ??
    byWords(tokens, context, wanted) ??
    byLength({ ...portion, figure }, context) ??
    bySplitName(portion, context)
  );
}

/** 培训416人次: a name with its number in the middle. */
function bySplitName({ before, figure }: Portion, { tasks, speaker }: Context): Named {
  const word = before.findLast(
    (token) => token.is === 'text' || (token.is === 'word' && token.word.uses.length > 0),
  );
  if (word === undefined || !figure || figure.unit === '') return null;
  const [task, ...more] = tasks.filter((each) =>
    each.indicators.some(
      (indicator) =>
        [indicator.label, ...indicator.aliases].includes(`${word.text}${figure.unit}`) &&
        speaker.owns({ task: each, role: 'label', indicator }),
    ),
  );
  return task && more.length === 0 ? { tasks: [task] } : null;
}

function byLength(portion: FiguredPortion, { tasks, speaker }: Context): Named {
  const [task, ...more] = tasks.filter(({ indicators }) =>
    indicators.some((each) => isLength(portion, each)),
  );
  return task && more.length === 0 && speaker.owns({ task, role: 'label' }) ? { tasks: [task] } : null;
}

/** 再加一次: what was shown or recorded just now once more. */
function again({ clause, before, figure, after }: Portion, { scene, tasks }: Context): VocabularyTask[] {
  const isMore =
    (figure?.form === 'plain' || figure?.form === 'plus') &&
    AGAIN.test(textIn(before).trim()) &&
    after.length === 0 &&
    before[0] === clause.tokens[0] &&
    clause.starts === 'line';
  return isMore ? tasks.filter(({ code }) => code === scene.last) : [];
}

const AGAIN = /^(?:再|又)(?:加|补|来|记|报|登记|增加)?$/u;

/** 总分100分,民生分值62分: a ratio's side that names nothing by itself belongs to what the sentence names. */
function sideOf(portion: Portion, thread: Thread): VocabularyTask[] | null {
  const sides = namesIn(portion.before).flat();
  if (sides.length === 0) return null;
  const named = thread.inAll();
  const fits = named && !('ask' in named) && sides.some(({ task }) => named.tasks.includes(task));
  return fits ? named.tasks : null;
}
