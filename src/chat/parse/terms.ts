import type { Day } from '../../ledger/days.ts';
import type { Intent } from '../intent.ts';
import { textIn } from './clauses.ts';
import { dueOn, happened, isExact, type When } from './dates.ts';
import type { Figure } from './figures.ts';
import type { Token } from './tokens.ts';

/** The first day of a clause, before any reason (因…) begins. */
export function firstWhen(tokens: readonly Token[]): When | undefined {
  const isEnd = (token: Token) =>
    (token.is === 'break' && token.force === 'clause') || /^(?:因|由于|由)/u.test(token.text);
  const end = tokens.findIndex(isEnd);
  const when = tokens.slice(0, end === -1 ? undefined : end).find((token) => token.is === 'when');
  return when?.is === 'when' ? when.when : undefined;
}

/** The day behind 至 or 到. */
export function led(tokens: readonly Token[]): When | undefined {
  return tokens.find(
    (token, at): token is Token & { is: 'when' } =>
      token.is === 'when' && /[至到] ?$/u.test(textIn(tokens.slice(Math.max(0, at - 2), at))),
  )?.when;
}

/** Behind a day of today or before, what was settled on it: 3月16日领导小组会议议定. */
const SETTLED = /^[^,;。]{0,12}?(?:会议|会上|议定|研究|决定|批示|指示|要求|检查|督查|抽查|发现|反馈)/u;

/** In front of a day, that it was the term once: 原定3月底. */
const FORMER = /(?:原定|原计划|原时限|本应|应于|应在)[^,;。]{0,3}$/u;

/**
 * The term of an order: 至5月29日, 月底前, else a day that stands there bare; vague or passed days set none, nor does one on
 * which the order was settled or that it once was.
 */
export function termIn(tokens: readonly Token[], today: Day): Day | null {
  const bare = tokens.flatMap((token, at) => {
    if (token.is !== 'when' || !isExact(token.when) || dueOn(token.when, today) === null) return [];
    const isSettled = token.when.to <= today && SETTLED.test(textIn(tokens.slice(at + 1)));
    const isFormer = FORMER.test(textIn(tokens.slice(0, at)));
    return isSettled || isFormer ? [] : [token.when];
  });
  const term = led(tokens) ?? bare.find(({ limit }) => limit) ?? bare[0];
  return term && isExact(term) ? dueOn(term, today) : null;
}

/** 6月30日5个,9月30日8个: each figure is of the day in front of it; 取消 takes the day's away. */
export function nodesIn(tokens: readonly Token[], today: Day): { due: Day; value: number | null }[] {
  const nodes: { due: Day; value: number | null }[] = [];
  let due: Day | null = null;
  for (const token of tokens) {
    if (token.is === 'when' && isExact(token.when)) due = dueOn(token.when, today) ?? token.when.to;
    const value =
      token.is === 'figure' ? amountIn(token.figure) : /^取消/u.test(token.text) ? null : undefined;
    if (due !== null && value !== undefined) nodes.push({ due, value });
  }
  return nodes;
}

const amountIn = ({ form, value }: Figure): number | undefined =>
  form === 'plain' || form === 'reached' || form === 'percent' ? value : undefined;

/** Where it stood and on which day: 1200个 截至2025-12-31; of a ratio both sides, 17/20. */
export function standingIn(tokens: readonly Token[], today: Day): Pick<Intent, 'value' | 'part' | 'on'> {
  const source = tokens.findIndex(({ text }) => /来源/u.test(text));
  const said = source === -1 ? tokens : tokens.slice(0, source);
  const figures = said.flatMap((token) => (token.is === 'figure' ? [token.figure] : []));
  const [figure, ...more] = figures.filter(({ form }) => form !== 'other');
  const when = said.find((token) => token.is === 'when' && isExact(token.when));
  const on = when?.is === 'when' ? { on: happened(when.when, today) } : {};
  if (!figure || more.length > 0) return on;
  if (figure.form === 'slash' && figure.whole !== undefined) {
    return { ...on, part: figure.value, value: figure.whole };
  }
  const value = amountIn(figure);
  return value === undefined ? on : { ...on, value };
}
