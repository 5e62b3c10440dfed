import type { Understood } from '../intent.ts';
import type { Clause } from './clauses.ts';
import type { Command } from './commands.ts';
import type { Item } from './items.ts';
import { type Context, namesIn } from './naming.ts';
import { carryOut } from './orders.ts';
import type { Token } from './tokens.ts';

/** 申请销号 佐证:…: what stands behind the request, first, so that the request is looked at with it. */
export function carriedOut(command: Command, item: Item, context: Context): Understood[] {
  const at = proofAt(command);
  const proof = command.after[at];
  if (proof?.is !== 'word' || !proof.word.verb) return carryOut(command, item, context);
  const behind = { ...command, verb: proof.word.verb, after: command.after.slice(at + 2) };
  return [
    ...carryOut(behind, item, context),
    ...carryOut({ ...command, after: command.after.slice(0, at) }, item, context),
  ];
}

/** Where 佐证: stands behind the request, else -1. */
export const proofAt = ({ verb, after }: Command): number =>
  verb.act !== 'submit' || verb.about !== undefined
    ? -1
    : after.findIndex((token, at) => {
        const next = after[at + 1];
        const isEvidence = token.is === 'word' && token.word.verb?.act === 'evidence';
        return isEvidence && next?.is === 'break' && next.force === 'colon';
      });

/** 佐证:4月10日督查通报 督查+1: an increment with its name, parted by a mark, is none of the evidence's numbers. */
export function newsBehind(command: Command): { command: Command; news: Clause[] } {
  const { verb, clause, after } = command;
  const isPlus = (token: Token) => token.is === 'figure' && token.figure.form === 'plus';
  const at = after.findIndex(isPlus);
  const from = after.slice(0, Math.max(0, at)).findLastIndex(({ is }) => is === 'break') + 1;
  const isNamed = from > 1 && namesIn(after.slice(from, at)).length > 0;
  // A number of another kind behind it may be either's: it stays where no word of it is lost.
  const isMixed = after.slice(at).some((token) => token.is === 'figure' && !isPlus(token));
  const isNews = verb.act === 'evidence' && isNamed && !isMixed;
  if (!isNews) return { command, news: [] };
  return {
    command: { ...command, after: after.slice(0, from - 1) },
    news: [{ ...clause, tokens: after.slice(from) }],
  };
}
