import { isPaper } from '../../ledger/rules/indicator.ts';
import type { VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { hasKind, textIn } from './clauses.ts';
import type { Figure } from './figures.ts';
import { isLength } from './lengths.ts';
import { COUNTED } from './names.ts';
import { namesIn } from './naming.ts';
import { isSomebody } from './people.ts';
import type { FiguredPortion } from './portions.ts';
import { isOtherSide } from './ratios.ts';
import { byWord, headOf } from './shortNames.ts';
import type { Token } from './tokens.ts';
import { unitFits } from './units.ts';
import { isSeen } from './visits.ts';

/** Which indicator a figure is of, or why that can't be said. */
export type Fit =
  | { is: 'fit'; indicators: VocabularyIndicator[] }
  /** The name is there and the unit isn't one of its own. */
  | { is: 'unit' }
  | { is: 'several'; among: VocabularyIndicator[] }
  /** The number is of something else. */
  | { is: 'strange' };

/** 龙头企业增长1家, 企业又增加1家: in the unit of what counts by it, a share isn't meant. */
function withoutShares(
  { figure, before }: FiguredPortion,
  named: VocabularyIndicator[],
): VocabularyIndicator[] {
  const counting = named.filter((each) => each.ratio === null);
  const isOutright = (share: VocabularyIndicator) =>
    before.some(
      (token) =>
        token.is === 'word' &&
        token.word.uses.some(
          ({ role, indicator }) => indicator === share && (role === 'label' || hasKind(token, 'more')),
        ),
    );
  const shares = named.filter((each) => each.ratio !== null);
  const isCount = figure.unit !== '' && counting.length === 1 && shares.every(isOutright);
  return isCount ? counting : named;
}

const PRESENT = /^(?:师生|学生|教师|家长|干部|党员|群众|人员)?(?:参加|参会|出席|到会|到场|观摩|参展|参赛)/u;
const isNamed = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;

const COMPARES = /下降|上升|增长|增加|提高|提升|降低|减少|压减|同比|环比|[增降]幅/u;

/** The indicator whose code was said, and the one spoken of just before. */
export interface Known {
  said: VocabularyIndicator | undefined;
  usual: VocabularyIndicator | undefined;
}

/** Finds the indicator of a portion's figure in a task. */
export function indicatorFor(portion: FiguredPortion, task: VocabularyTask, { said, usual }: Known): Fit {
  const { figure, before } = portion;
  const named = nearest(portion, task);
  if (named.length > 0 && named.every((each) => isSeen(portion, each))) return { is: 'strange' };
  // 15家企业参加: who was there.
  if (figure.unit !== '人次' && PRESENT.test(textIn(portion.after.filter((token) => !isNamed(token)))))
    return { is: 'strange' };
  // 隐患数下降15%: how it compares.
  if (
    figure.form === 'percent' &&
    COMPARES.test(textIn(before)) &&
    named.every(({ ratio }) => ratio === null)
  )
    return { is: 'strange' };
  if (named.length > 0) {
    const fitting = withoutShares(
      portion,
      named.filter((each) => each.ratio !== null || unitFits(figure, each)),
    );
    const other = fitting.length === 0 ? byUnitBehind(portion, named, task) : [];
    if (other.length === 1) return { is: 'fit', indicators: other };
    if (fitting.length > 0) return { is: 'fit', indicators: sibling(fitting, figure, task) };
    const present = /^(?:参|到|观摩|受益|师生)/u.test(portion.after[0]?.text ?? '');
    // 意见12条 beside 减负意见, which counts by times: only a word of its name.
    const outright = [...before, ...portion.after].some((token) => indicatorsIn(token, task).length > 0);
    return (outright && isTight(portion) && !present) || figure.form === 'percent'
      ? { is: 'unit' }
      : { is: 'strange' };
  }
  if (figure.form === 'percent') return { is: 'strange' };
  if (said && task.indicators.includes(said))
    return unitFits(figure, said) ? { is: 'fit', indicators: [said] } : { is: 'unit' };
  if (usual && task.indicators.includes(usual) && continues(portion, usual))
    return { is: 'fit', indicators: [usual] };
  const [length, ...more] = task.indicators.filter((each) => isLength(portion, each));
  return length && more.length === 0 ? { is: 'fit', indicators: [length] } : byUnit(portion, task);
}

/** 七类风险清单: the unit tells which of two that share a word of their names is meant. */
function byUnitBehind(
  { figure, before }: FiguredPortion,
  named: readonly VocabularyIndicator[],
  task: VocabularyTask,
): VocabularyIndicator[] {
  if (figure.unit === '' || namesIn(before).length > 0) return [];
  const words = named.flatMap(({ label, aliases }) => [label, ...aliases]).map((name) => name.slice(0, 2));
  return countedIn(task).filter(
    (each) => each.unit === figure.unit && words.some((word) => each.label.startsWith(word)),
  );
}

/** The one indicator that the words around a figure name, also where the figure itself is none. */
export function namedBy(portion: FiguredPortion, task: VocabularyTask): VocabularyIndicator | undefined {
  const named = nearest(portion, task);
  return named.length === 1 ? named[0] : undefined;
}

/** 会议80分钟: a ratio's side counts in any unit, but not in the one that another indicator alone counts in. */
function sibling(named: VocabularyIndicator[], figure: Figure, task: VocabularyTask): VocabularyIndicator[] {
  const own = countedIn(task).filter((each) => figure.unit !== '' && unitFits(figure, each));
  const sides = named.every((each) => each.ratio !== null && !each.unitAliases.includes(figure.unit));
  return sides && own.length === 1 && own[0]?.kind === 'limit' ? own : named;
}

/** The indicators named before the figure, else right behind it, else by a word of their name (督查, 汇报). */
function nearest({ figure, before, after }: FiguredPortion, task: VocabularyTask): VocabularyIndicator[] {
  const ahead = before.flatMap((token) => indicatorsIn(token, task));
  if (ahead.length > 0) return [...new Set([...ahead, ...ownCounted(figure, ahead, after[0], task)])];
  const behind = after.find((token) => !hasKind(token, 'filler') && !hasKind(token, 'light'));
  const thing = after.find((token) => token.is === 'word' && token.word.uses.length > 0);
  const named = thing && !thing.aside ? indicatorsIn(thing, task) : [];
  if (named.length > 0) return named;
  const head = headOf(before, task);
  const noun = behind?.is === 'text' && behind.text.length > 1 ? behind.text : undefined;
  return head === undefined ? byWord(noun, figure, task, false) : byWord(head, figure, task, true);
}

/** 学校累计5个学位: right behind a figure in its very own unit, which isn't that of what stands in front. */
const ownCounted = (
  { unit }: Figure,
  ahead: readonly VocabularyIndicator[],
  behind: Token | undefined,
  task: VocabularyTask,
): VocabularyIndicator[] =>
  behind && unit !== '' && ahead.every((each) => each.ratio === null && each.unit !== unit)
    ? indicatorsIn(behind, task).filter((each) => each.unit === unit)
    : [];

const indicatorsIn = (token: Token, task: VocabularyTask): VocabularyIndicator[] =>
  token.is !== 'word'
    ? []
    : token.word.uses.flatMap(({ task: its, indicator, role }) => {
        if (its !== task) return [];
        if (role === 'part') return countedIn(task).filter(({ label }) => ENDS(token.text, label));
        return indicator && !isPaper(indicator) ? [indicator] : [];
      });

/** 五项重大改革: a piece of the title that ends in a label. */
const ENDS = (piece: string, label: string): boolean =>
  piece !== label && piece.endsWith(label) && COUNTED.test(piece);

/** Nothing but words of the grammar between the name and the figure. */
function isTight({ before }: FiguredPortion): boolean {
  const from = before.findLastIndex((token) => token.is === 'word' && token.word.uses.length > 0);
  return before
    .slice(from + 1)
    .every((token) => (token.is !== 'text' || token.text === '到') && token.is !== 'figure');
}

/** A figure without a name goes on about the last one where nothing else is named: 累计98项, 一共二十家, 上年40场. */
function continues({ figure, before }: FiguredPortion, usual: VocabularyIndicator): boolean {
  if (figure.form === 'minus') return isBare(before);
  if (usual.ratio) {
    const done =
      before.some((token) => hasKind(token, 'past') || hasKind(token, 'handed')) ||
      /^(?:现在|目前|现)/u.test(textIn(before));
    const said = textIn(before);
    return (
      (figure.form === 'slash' && isBare(before)) ||
      isOtherSide(said, usual.ratio) ||
      (done && isBare(before)) ||
      /^实(?:际|[签有到收办])\p{Script=Han}{0,3}$/u.test(said)
    );
  }
  // 书记+5 党建副局长+3: the same of somebody else.
  if (usual.subject === 'person' && figure.unit === '' && before.some(isSomebody)) return isBare(before);
  const stated = before.some((token) => hasKind(token, 'total') || hasKind(token, 'already'));
  // 80、85、95分钟: numbers in a row.
  const inRow = figure.form === 'vague' && before.length === 0;
  return (figure.unit !== '' || stated || inRow) && unitFits(figure, usual) && isBare(before);
}

/** Without the name of another thing, known to the plan or not; a task's own title is none. */
const isBare = (tokens: readonly Token[], own?: VocabularyTask): boolean =>
  namesIn(tokens).every((uses) =>
    uses.every(({ role, task }) => role !== 'label' && (role !== 'title' || task === own)),
  ) &&
  tokens.every(
    (token) =>
      token.is !== 'text' ||
      token.text.length < 2 ||
      /^(?:实[际有]|(?:当场|现场|立即)改|[编写建做办搞弄补印改讲谈][到了完好齐出])$/u.test(token.text),
  );

/** 两个文件: a thing that only other tasks know. */
const isOfOther = (thing: Token | undefined, task: VocabularyTask): boolean =>
  thing?.is === 'word' && thing.word.uses.length > 0 && thing.word.uses.every((use) => use.task !== task);

const countedIn = (task: VocabularyTask): VocabularyIndicator[] =>
  task.indicators.filter((each) => !isPaper(each) && each.ratio === null);

/** By the unit alone, where one indicator of the task counts in it and no other thing is named. */
function byUnit({ figure, before, after }: FiguredPortion, task: VocabularyTask): Fit {
  // G5 16/18: the task counts nothing else.
  const [single, ...others] = task.indicators;
  if (figure.form === 'slash' && single?.ratio && others.length === 0 && isBare(before))
    return { is: 'fit', indicators: [single] };
  const fitting = countedIn(task).filter((each) => unitFits(figure, each));
  const [only, ...more] = fitting;
  const signed = figure.form === 'plus' || figure.form === 'minus';
  const marked = signed || before.some((token) => hasKind(token, 'total') || hasKind(token, 'more'));
  const clear = isBare(before, task) && (marked || (after[0]?.is !== 'text' && !isOfOther(after[0], task)));
  const unique = only && more.length === 0 && (figure.unit !== '' || task.indicators.length === 1);
  if (clear && unique) return { is: 'fit', indicators: [only] };
  if (!marked && (!clear || (fitting.length === 0 && figure.unit !== ''))) return { is: 'strange' };
  return { is: 'several', among: figure.unit === '' ? [] : fitting };
}
