import { type Clause, hasContent, isAny, isFigure, textIn } from './clauses.ts';
import type { Token } from './tokens.ts';
import type { Verb } from './verbs.ts';
import { type Kind, wordsOf } from './words.ts';

/** What makes a verb behind it no command. */
export const against: readonly Kind[] = [
  'not',
  'future',
  'if',
  'says',
  'asks',
  'except',
  'rest',
  'hedge',
  'ongoing',
];
/** What, right behind a verb, tells of it instead (延期已批, 佐证齐了, 回头看累计2次). */
const telling: readonly Kind[] = ['total', 'more', 'already', 'past', 'rest', 'not', 'from'];

export const isWord = (token: Token | undefined): token is Token & { is: 'word' } => token?.is === 'word';

/** Whether a verb at its place in a clause is meant as a command; `leading` where nothing but an address stands before it. */
export function isMeant(
  verb: Verb,
  clause: Clause,
  at: number,
  kinds: ReadonlySet<Kind>,
  leading: boolean,
): boolean {
  const { tokens } = clause;
  const next = tokens.slice(at + 1, at + 4).find((token) => hasContent([token]));
  if (isAny(tokens[at - 1], ['already'])) return false;
  // 办法印发后可以销号吧 is asked, or waits.
  if (verb.decides && (/后$/u.test(tokens[at - 1]?.text ?? '') || tokens[at + 1]?.text === '吧'))
    return false;
  if (PROPOSES.has(tokens[at - 1]?.text) && !isProposed(verb, next)) return false;
  // 延期申请撤回.
  if (UNDONE.has(verb.act) && isWord(next) && next.word.verb?.act === 'undo') return false;
  if (verb.act === 'history') return !counts(tokens);
  // 我看可以销号了.
  if (verb.act === 'show')
    return !tokens.slice(at + 1).some(isAmount) && !(isWord(next) && next.word.verb?.decides);
  if (kinds.has('asks') && !(verb.act === 'extend' && isRequest(tokens))) return false;
  const token = tokens[at];
  const named = isWord(token) && token.word.uses.length > 0;
  if (named && at + 1 !== clause.before && (next?.is === 'figure' || isAny(next, telling))) return false;
  if (verb.act === 'evidence' && (kinds.has('later') || LACKS.test(textIn(tokens.slice(at + 1)))))
    return false;
  if (verb.act === 'evidence')
    return (
      (verb.about !== undefined && next === undefined) ||
      PLACED.test(textIn(tokens.slice(at + 1))) ||
      (next !== undefined && !isAny(next, [...telling, 'each']))
    );
  if (verb.act === 'undo') return (leading && /^撤回/u.test(token?.text ?? '')) || isBareAfter(tokens, at);
  // 把6月9日那条演练删了: which entry, and not what was deleted elsewhere.
  if (verb.act === 'unknown' && verb.about === '撤回')
    return isBareAfter(tokens, at) && /[那这上]一?[条笔]/u.test(textIn(tokens));
  if (verb.act === 'confirm') return (isBareAfter(tokens, at) || isNameAfter(tokens, at)) && !counts(tokens);
  // 教育集团挂牌2个, 审核通过1家: so many were opened, or let pass.
  const counted = next?.is === 'figure' && next.figure.unit !== '' && at + 1 !== clause.before;
  if (counted && ['list', 'delist', 'verify'].includes(verb.act)) return false;
  const tells = verb.act === 'extend' || verb.act === 'list' || verb.act === 'delist' || verb.act === 'mute';
  return !tells || at + 1 === clause.before || !tellsOf(tokens[at + 1]);
}

/** 建议挂牌, 建议延期至9月底: whoever proposes it applies for it. */
const isProposed = ({ act }: Verb, next: Token | undefined): boolean =>
  act === 'list' || act === 'delist' || (act === 'extend' && next?.is === 'when');

const UNDONE: ReadonlySet<string> = new Set(['submit', 'extend', 'list', 'delist']);

/** 佐证不足: what is missing is no evidence. */
export const LACKS = /^(?:材料|资料)?还?(?:不足|不全|不齐|不够|不完整|不充分|缺|没|未)/u;

/** 佐证材料已放科里档案柜第3格: where it lies. */
const PLACED = /^(?:都|均)?已?经?(?:放|存|归|留|交|送).{0,12}(?:柜|盒|卷|格|架|夹|袋|档案)/u;

export const ASKING = wordsOf('能不能 能否 可否 可不可以 是否可以 行不行 好不好 行吗 可以吗 好吗');
/** In front of a verb, that somebody proposes it. */
export const PROPOSES = wordsOf('拟 建议');

/** 能不能延期到7月底, 能不能延期一个月: until when or how long makes the question a request. */
export const isRequest = (tokens: readonly Token[]): boolean =>
  tokens.filter((token) => isAny(token, against)).every((token) => ASKING.has(token.text)) &&
  tokens.some((token) => ASKING.has(token.text)) &&
  tokens.some((token) => token.is === 'when' || (!token.aside && SO_LONG.test(token.text)));

const SO_LONG = /(?:[月周天]|星期|时间)$/u;

/** 督查+1,查学校5所: so many were looked at. */
const isAmount = (token: Token): boolean => isFigure(token) && token.figure.unit !== '';

export const counts = (tokens: readonly Token[]): boolean => tokens.some(isFigure);

/** Words right behind 延期 or 挂牌 that make it the subject (挂牌后, 延期手续, 延期已批) and no order. */
const tellsOf = (next: Token | undefined): boolean =>
  next?.is === 'text'
    ? !/^[因至到为按半]|^(?:由于|理由|个月)/u.test(next.text)
    : isAny(next, ['already', 'past', 'not', 'ongoing']) && next?.text !== '了';

/** Nothing behind the verb but whom and what it is about. */
function isBareAfter(tokens: readonly Token[], at: number): boolean {
  for (let next = at + 1; next < tokens.length; next += 1) {
    const token = tokens[next];
    const address =
      isWord(token) && (token.word.section ?? token.word.people ?? token.word.verb ?? token.word.matter);
    if (!(token?.is === 'break' || address || isAny(token, passing))) return false;
  }
  return true;
}

/** 确认讲堂: nothing but what of. */
const isNameAfter = (tokens: readonly Token[], at: number): boolean =>
  tokens
    .slice(at + 1)
    .every((token) => token.is === 'break' || (isWord(token) && token.word.uses.length > 0));

const passing: readonly Kind[] = ['filler', 'light', 'pointer', 'theOne', 'past', 'wrong', 'each'];
