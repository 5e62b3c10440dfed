import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { blocks, isUnfinished, isWholeCompletion, kindsIn, whensIn } from './claims.ts';
import { type Clause, hasContent, hasKind, isFigure, textIn } from './clauses.ts';
import { dueOn, isExact } from './dates.ts';
import { type Context, namesIn } from './naming.ts';
import { whoIn } from './orders.ts';
import type { Token } from './tokens.ts';

const DECIDED = /【(?:议定|交办)/u;

/**
 * What words without a figure say of a task: a look-up, a leader's order, the request to close it, or a note.
 * `unreal` when a condition or a report in front of them holds.
 */
export function speech(
  clauses: readonly Clause[],
  task: VocabularyTask,
  { scene, speaker }: Context,
  unreal: boolean,
): Understood {
  const tokens = clauses.flatMap((clause) => clause.tokens).filter((token) => hasContent([token]));
  if (tokens.length === 0 || isLookUp(tokens)) {
    const why = speaker.leads && asksForLast(textIn(tokens));
    return { act: 'show', task: task.code, ...(why ? { about: LAST } : {}) };
  }
  if (tokens.length === 1 && hasKind(tokens[0], 'tick')) return { ask: 'meaning' };
  const note = clauses
    .map((clause) => textIn(clause.tokens))
    .filter((words) => words !== '')
    .join(',');
  // What each does for himself is nobody's order.
  const order = speaker.leads && task.level !== 'self' ? orderOf(tokens, scene.today) : null;
  if (order) return { ...order, ...(order.act === 'decide' ? whoIn(tokens) : {}), task: task.code, note };
  const closes = !unreal && isCompletion(clauses, task, scene.today);
  // Under a reminder of what was decided, 已办结 is said of that and not of the whole task.
  if (closes && DECIDED.test(scene.quote ?? '')) {
    return { act: 'decide', about: '办结', task: task.code, note };
  }
  if (closes) return { act: 'submit', task: task.code, note };
  const isReal = !unreal && !blocks(tokens) && !isUnfinished(tokens, scene.today);
  const [hint] = isReal ? clauses.flatMap((clause) => countedBy(clause.tokens, task, scene.today)) : [];
  const [ahead] = clauses.flatMap((clause) => aheadIn(clause.tokens, scene.today));
  return {
    ...{ act: 'note', task: task.code, note },
    ...(hint === undefined ? {} : { hint: hint.code }),
    ...(ahead === undefined ? {} : { ahead }),
  };
}

/** 排查完了, 今天召开研讨会: what was done of the one thing of the task that counts by times, without saying how often. */
function countedBy(tokens: readonly Token[], task: VocabularyTask, today: Day): VocabularyIndicator[] {
  const kinds = kindsIn(tokens);
  const isDone =
    whensIn(tokens).some((when) => isExact(when) && when.to <= today) ||
    (['done', 'settled', 'past', 'already', 'held'] as const).some((kind) => kinds.has(kind));
  const isNumbered = tokens.some((token) => token.is === 'figure');
  if (!isDone || isNumbered) return [];
  const uses = namesIn(tokens).flat();
  const counted = task.indicators.filter((each) =>
    uses.some(({ role, indicator }) => role === 'label' && indicator === each),
  );
  const [only, ...more] = counted;
  return only?.kind === 'count' && only.ratio === null && more.length === 0 ? [only] : [];
}

/** 5月20日排查1次, said before that: the day, where nothing says that it is only planned. */
function aheadIn(tokens: readonly Token[], today: Day): Day[] {
  const counts = tokens.some(isFigure);
  const day = whensIn(tokens).find((when) => isExact(when) && !when.limit && when.from > today);
  return counts && day !== undefined && !blocks(tokens) ? [day.from] : [];
}

/** What a note is about where a leader wants something done and says no day. */
export const ORDER = '交办';

/** What 查 is about where a leader only wants to hear how far it has come. */
export const LAST = '最近';

const WHY = /(?:怎么|为什么|为何|为啥|咋).{0,6}(?:没|不|慢)|到哪一?步|有没有动|动没动/u;

/** 怎么还没动, 到哪一步了. */
export const asksForLast = (text: string): boolean => WHY.test(text);

const LOOK_UP =
  /^(?:的|目前|现在|最新)*(?:进展|情况|进展情况|进度|完成情况|落实情况|整改情况|状态)(?:如下)?$/u;

/** A question, or a noun alone: 4.3.2 进展, 督查. */
const isLookUp = (tokens: readonly Token[]): boolean =>
  kindsIn(tokens).has('asks') ||
  LOOK_UP.test(textIn(tokens)) ||
  WANTED.test(textIn(tokens)) ||
  tokens.every(isName);

/** 发我一份佐证清单. */
const WANTED =
  /^(?:请|麻烦)?(?:发我|发给我|给我发?|我要|要)(?:一下|一份|个)?.{0,8}(?:清单|材料|资料|佐证|情况|进展|数据|明细)(?:看看|看下)?$/u;

/** A name of the plan's that says nothing else: 办结 is also a deed. */
const isName = (token: Token): boolean =>
  token.is === 'word' &&
  token.word.uses.length > 0 &&
  [...token.word.kinds].every((kind) => kind === 'common');

/**
 * 完成 of the whole task, with nothing in any clause that takes it back. Behind a part or a figure it is the part's
 * (督查发现隐患6处,已全部整改).
 */
function isCompletion(clauses: readonly Clause[], { section }: VocabularyTask, today: Day): boolean {
  const part = clauses.findIndex(({ tokens }) => tokens.some(isPart));
  const whole = clauses.findIndex(({ tokens }) => isWholeCompletion(tokens, today, section));
  if (whole === -1 || (part !== -1 && part < whole)) return false;
  return clauses.every(({ tokens }) => !isUnfinished(tokens, today));
}

const isPart = (token: Token): boolean =>
  isFigure(token) ||
  (token.is === 'word' && token.word.uses.some(({ role }) => role === 'label' || role === 'paper'));

/** A leader's order with a day becomes a follow-up, without one a note; a leader's own plan is no order. */
function orderOf(tokens: readonly Token[], today: Day): Intent | null {
  const ordered = tokens.some((token) => hasKind(token, 'order'));
  const when = whensIn(tokens).find((each) => isExact(each) && each.to >= today);
  const date = when && dueOn(when, today);
  const plans = tokens.some((token) => hasKind(token, 'future') && !hasKind(token, 'order'));
  if (date && (ordered || (when.limit && !plans))) return { act: 'decide', date };
  return ordered ? { act: 'note', about: ORDER } : null;
}
