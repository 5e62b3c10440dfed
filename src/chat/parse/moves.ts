import type { Intent, Scene, Understood, VocabularyTask } from '../intent.ts';
import { kindsIn, whensIn } from './claims.ts';
import { hasKind, isFigure, textIn } from './clauses.ts';
import { happened, isSingleDay, periodOf } from './dates.ts';
import { type Context, isLabel, namesIn, onlyNamed } from './naming.ts';
import type { Token } from './tokens.ts';

/** Whether words without a figure say that one belongs to another period or another day. */
export const moves = (tokens: readonly Token[], scene: Scene): boolean =>
  isPeriod(tokens) || isDay(tokens) || isDayOfLast(tokens, scene);

/** What such words put right in a task; null where they are none. */
export function moved(tokens: readonly Token[], task: VocabularyTask, context: Context): Understood[] | null {
  const isOfLast = isDayOfLast(tokens, context.scene);
  if (isDay(tokens) || isOfLast) {
    const lately = isOfLast ? { lately: task.indicators.map(({ code }) => code) } : {};
    return [
      { act: 'correct', task: task.code, ...labelled(tokens, task), ...dayOf(tokens, context), ...lately },
    ];
  }
  return isPeriod(tokens) ? [toPeriod(tokens, task, context)] : null;
}

/** 记入3月, alone, or 督查这条记到3月: the last entry belongs to another period. */
const isPeriod = (tokens: readonly Token[]): boolean =>
  kindsIn(tokens).has('book') &&
  whensIn(tokens).length === 1 &&
  (namesIn(tokens).length === 0 || tokens.some((token) => hasKind(token, 'pointer')));

const DATED = /日期|时间|日子/u;
/** Of what was recorded last. */
const JUST = /刚才|刚刚|上一?条|[这那]条/u;

/** 更正 4.3.2 日期 9月20日, 日期错了,演练是5月9日, 刚才那条记错了,是4月10日: the last figure is of another day. */
function isDay(tokens: readonly Token[]): boolean {
  const kinds = kindsIn(tokens);
  const puts =
    kinds.has('wrong') ||
    kinds.has('should') ||
    tokens.some((token) => token.is === 'word' && token.word.verb?.act === 'correct');
  const [day, ...more] = daysOf(tokens);
  return (
    puts &&
    day !== undefined &&
    isSingleDay(day) &&
    more.length === 0 &&
    (DATED.test(textIn(tokens)) || (kinds.has('wrong') && JUST.test(textIn(tokens)))) &&
    !tokens.some(isFigure)
  );
}

/** The days that are told, without one that is denied: 演练日期是4月12日不是14日. */
const daysOf = (tokens: readonly Token[]) =>
  whensIn(tokens.filter((_, at) => !/不是$|并非$/u.test(tokens[at - 1]?.text ?? '')));

/** 5月6号的, behind a receipt: when that was. */
const isDayOfLast = (tokens: readonly Token[], { last, today }: Scene): boolean =>
  last !== undefined &&
  whensIn(tokens).length === 1 &&
  whensIn(tokens).every((when) => isSingleDay(when) && !when.limit && when.from <= today) &&
  tokens.every((token) => token.is === 'when' || token.is === 'break' || OF_DAY.test(token.text));

const OF_DAY = /^(?:的|是|在|为|应该是?|应[是为]|那天|当天|发生|日期|时间|日子)+$/u;

function toPeriod(tokens: readonly Token[], task: VocabularyTask, { scene }: Context): Understood {
  const [when] = whensIn(tokens);
  const period = when && periodOf(when, scene.today);
  if (period === undefined) return { ask: 'meaning' };
  return { act: 'correct', task: task.code, ...labelled(tokens, task), period };
}

const dayOf = (tokens: readonly Token[], { scene }: Context): Pick<Intent, 'on'> => {
  const [day] = daysOf(tokens);
  return day === undefined ? {} : { on: happened(day, scene.today) };
};

/** The one indicator that is named. */
function labelled(tokens: readonly Token[], task: VocabularyTask): Pick<Intent, 'indicator'> {
  const only = onlyNamed(tokens, task, isLabel);
  return only ? { indicator: only.code } : {};
}
