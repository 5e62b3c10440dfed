import type { Day } from '../../ledger/days.ts';
import { kindsIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import type { When } from './dates.ts';
import { outside } from './forbidden.ts';
import type { Portion } from './portions.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

const OF_SENSE = wordsOf('数 数据 的 是 为');

/** 203项(累计): how it is meant, and nothing else, in brackets. */
function sensesAside({ before, after }: Portion): Token[] {
  const aside = [...before, ...after].filter((token) => token.aside && token.is !== 'break');
  const isSense = (token: Token, at: number) =>
    isAny(token, ['total', 'more', 'each', 'filler']) ||
    // (截至6月10日).
    (token.is === 'when' && /截[至止]$/u.test(aside[at - 1]?.text ?? '')) ||
    OF_SENSE.has(token.text);
  return aside.every(isSense) ? aside : [];
}

/** 现办结10件, 现在102处. */
const NOW = /^现在?(?:办结|完成|整改|竣工|建成)?$/u;

/** 企业还是1家: what there was and is. */
const STILL = /(?:还|仍|仍然|依然|依旧)是$/u;

/** 预案现在4个了: what there is by now. */
const isByNow = ({ before, after, figure }: Portion): boolean =>
  figure?.form === 'plain' &&
  /现在$/u.test(textIn(before).trim()) &&
  /^了(?!\p{Script=Han})/u.test(textIn(after));

/** 1200个已投用 tells of them; only 已 in front of a figure says that it is all there are. */
export function ownKinds(portion: Portion): Set<Kind> {
  const own = kindsIn([...outside(portion), ...(portion.within ? [] : sensesAside(portion))]);
  if (portion.figure && !kindsIn(portion.before).has('already')) own.delete('already');
  // 新建学校累计4所: the mark nearest to the figure says how it is meant.
  const mark = portion.before.findLast((token) => isAny(token, ['total', 'more']));
  if (hasKind(mark, 'total') && !hasKind(mark, 'more')) own.delete('more');
  if (NOW.test(textIn(portion.before)) || STILL.test(textIn(portion.before)) || isByNow(portion))
    own.add('total');
  // 开学以来: since when, no calendar tells.
  const since = portion.before.findIndex(({ text }) => text === '以来');
  if (portion.before[since - 1]?.is === 'text') own.add('unsure');
  // 共2次吧 is a guess.
  if (portion.figure?.form !== 'plus' && /^了?吧/u.test(textIn(portion.after))) own.add('unsure');
  return own;
}

/** 谈话到5月底43人次: up to then. */
export const isUntil = ({ before, figure }: Portion, today: Day): boolean =>
  figure?.form === 'plain' &&
  before.some((token, at) => {
    const next = before[at + 1];
    return token.text === '到' && next?.is === 'when' && next.when.from <= today && !next.when.limit;
  });

/** 到5月累计3期: the month that a total runs to is no month of its own, but its last day, or today. */
export const runningTo = (tokens: readonly Token[], today: Day): When[] =>
  tokens.flatMap((token, at) => {
    if (token.is !== 'when') return [];
    const { when } = token;
    const isEnd = when.clock === 'month' && !when.limit && when.from <= today;
    if (!isEnd || !/到$/u.test(tokens[at - 1]?.text ?? '')) return [when];
    const day = when.to < today ? when.to : today;
    return [{ from: day, to: day, yearless: when.yearless, limit: false, since: false }];
  });

/** 参训到613了, 从1家到2家: what it has come to; 走访到8所 is where somebody went. */
export const isReached = ({ before, figure }: Portion, hasOrigin: boolean): boolean => {
  const [name, to] = [before.at(-2), before.at(-1)?.text ?? ''];
  if (figure?.form !== 'plain' || !/到了?$/u.test(to)) return false;
  if (!/^(?:已|都)?到了?$/u.test(to)) return /[数次]到了?$/u.test(to);
  if (name === undefined) return hasOrigin;
  return name.is === 'word' && name.word.uses.length > 0 && !/走访|收集/u.test(name.text);
};
