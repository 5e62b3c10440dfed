import type { Understood } from '../intent.ts';
import { hasKind, textIn } from './clauses.ts';
import { isLeadIn, verbFor } from './commands.ts';
import type { Item } from './items.ts';
import type { Context } from './naming.ts';
import type { OwnWords } from './ownWords.ts';
import { type Matter, matterWords } from './verbs.ts';

/** A bare 同意 decides what the quoted message asks for, where that is one thing; else it is asked about. */
export function bareDecision(item: Item, context: Context): Understood[] | null {
  const [clause] = item.clauses;
  const token = clause?.tokens.find((each) => each.is === 'word' && each.word.decision !== undefined);
  if (!clause || token?.is !== 'word' || token.word.decision === undefined) return null;
  if (!clause.tokens.every((each) => each === token || isLeadIn(each) || hasKind(each, 'past'))) return null;
  const matters = quotedMatters(context.scene.quote ?? '');
  const [matter] = matters;
  const coded = item.codes.flatMap((code) => code.tasks);
  const tasks = coded.length > 0 ? coded : context.quoted.map(({ code }) => code);
  if (matter === undefined || matters.length > 1 || tasks.length === 0) return [{ ask: 'meaning' }];
  if (coded.length === 0 && tasks.length > 1) return [{ ask: 'task', options: tasks }];
  const { act, about = '' } = verbFor(matter, token.word.decision);
  const note = textIn(item.clauses.flatMap(({ tokens }) => tokens));
  return tasks.map((task) => ({ act, task, about, note }));
}

const AGREES = /^(?:可以|可以的|行|没意见|没有意见|无意见|没问题)[。!]?$/u;
const DISAGREES = /^(?:不行|不可以|不可)(?=[,。! ]|$)/u;

/** 可以 and 不行 under a message of the bot's that asks for one decision are that; elsewhere they are courtesies. */
export const decided = ({ text, quote }: OwnWords): string =>
  quotedMatters(quote ?? '').length === 1 && /请/u.test(quote ?? '')
    ? text.replace(AGREES, '同意').replace(DISAGREES, '不同意')
    : text;

const quotedMatters = (quote: string): Matter[] =>
  (Object.keys(matterWords) as Matter[]).filter((matter) => quote.includes(matter));
