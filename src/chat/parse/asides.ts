import type { Told } from './account.ts';
import { type Clause, textIn } from './clauses.ts';
import { isEvidence } from './proofs.ts';
import { isProgress } from './said.ts';
import type { Token } from './tokens.ts';

/** 演练+1(佐证:演练简报(科内卷5)),督查+1: what stands in brackets behind a figure proves that one, and ends with them. */
export function withAsides(clauses: readonly Clause[], told: readonly Told[]): Told[] {
  const asides = clauses.flatMap(({ tokens }) => asidesIn(tokens).map((aside) => ({ tokens, aside })));
  if (asides.length === 0) return [...told];
  const own = new Set(asides.flatMap(({ aside }) => aside));
  const without = (of: readonly Token[]) => of.filter((token) => !own.has(token));
  return asides.reduce(
    proving,
    told.map((each) => ({
      ...each,
      ...{ of: without(each.of), ...(each.own ? { own: without(each.own) } : {}) },
    })),
  );
}

/** The brackets with evidence in them, each from the first one to the one that closes it, without that. */
function asidesIn(tokens: readonly Token[]): Token[][] {
  return tokens.flatMap((token, at) => {
    const [verb, colon] = tokens.slice(at + 1, at + 3);
    if (token.text !== '(' || !verb || !isEvidence(verb) || colon?.text !== ':') return [];
    let depth = 0;
    const length = tokens.slice(at).findIndex(({ text }) => {
      depth += text === '(' ? 1 : text === ')' ? -1 : 0;
      return depth === 0;
    });
    // The last bracket of a clause is off its end.
    return [tokens.slice(at, length === -1 ? undefined : at + length)];
  });
}

/** Puts it behind the last figure in front of it. */
function proving(told: Told[], { tokens, aside }: { tokens: readonly Token[]; aside: Token[] }): Told[] {
  const ahead = new Set(tokens.slice(0, tokens.indexOf(aside[0] as Token)));
  const at = told.findLastIndex(({ said, of }) => isProgress(said) && of.some((token) => ahead.has(token)));
  const proved = told[at]?.said;
  if (!proved || !isProgress(proved)) return told;
  const { task, indicator } = proved;
  const said = { act: 'evidence' as const, task, indicator, note: textIn(aside.slice(3)).trim() };
  return [...told.slice(0, at + 1), { said, of: aside } as Told, ...told.slice(at + 1)];
}
