import type { Day } from '../../ledger/days.ts';
import { kindsIn, whensIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { isAhead, type When } from './dates.ts';
import type { Portion } from './portions.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** What only says that something took place: 4月29日完成, 时间4月29日, 4月29日 二小. */
const happening: readonly Kind[] = ['filler', 'light', 'done', 'held', 'issued', 'past'];
const HAPPENED =
  /^ *(?:时间|日期|属于?|是|为|于|\p{Script=Han}{0,6}(?:中学|小学|幼儿园|职校|[一二三四五六七八九十\d]{1,3}[中小]))$/u;

/** 都是本月的, 记入3月, or only 4月9日: a time said at the end for all the figures before it. */
export function namedBehind(portions: readonly Portion[]): When[] {
  const last = portions.at(-1);
  if (!last) return [];
  const tokens = last.figure ? last.after : last.before;
  const kinds = kindsIn(tokens);
  const only =
    !last.figure &&
    tokens.every((token) => token.is === 'when' || isAny(token, happening) || HAPPENED.test(token.text));
  const ofAll = kinds.has('each') && /[是为属]/u.test(textIn(tokens));
  return kinds.has('book') || ofAll || only ? whensIn(tokens) : [];
}

/** 以上均为累计数, 都是新增: how all the figures before it are meant. */
export function sensedBehind(portions: readonly Portion[]): Kind | null {
  const last = portions.at(-1);
  if (!last || last.figure || portions.length < 2) return null;
  const kinds = kindsIn(last.before);
  const [sense, ...more] = (['total', 'more'] as const).filter((kind) => kinds.has(kind));
  const isAlone = last.before.every(
    (token) => token.is !== 'text' || /^(?:以上|数|数据|数字|的)$/u.test(token.text),
  );
  return sense && more.length === 0 && kinds.has('each') && isAlone ? sense : null;
}

const predicate: readonly Kind[] = [
  ...(['each', 'already', 'past', 'ongoing', 'future', 'rest'] as const),
  ...(['not', 'done', 'held', 'light'] as const),
];

/** Nothing but a state that isn't the end, or a time to come: 均在建, 已排好, 未完成, 下周. */
export function isUndone({ before, clause }: Portion, today: Day): boolean {
  const denies = before.some((token) => hasKind(token, 'not'));
  const isTold = (token: Token) =>
    token.is === 'break' ||
    (denies && hasKind(token, 'settled')) ||
    (token.is === 'when' && isAhead(token.when, today)) ||
    isAny(token, predicate);
  const ends = before.some((token) => isAny(token, ['done', 'held', 'settled', 'light']));
  const states = before.some(
    (token) =>
      token.is === 'when' ||
      isAny(token, ['ongoing', 'future']) ||
      /^待|未完|没.*完成/u.test(token.text) ||
      (ends && denies),
  );
  return states && before.length === clause.tokens.length && before.every(isTold);
}
