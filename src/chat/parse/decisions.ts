import type { Understood } from '../intent.ts';
import { type Clause, hasKind, textIn } from './clauses.ts';
import { isLeadIn, verbFor } from './commands.ts';
import type { Item } from './items.ts';
import type { Context } from './naming.ts';
import type { OwnWords } from './ownWords.ts';
import type { Token } from './tokens.ts';
import { type Matter, matterWords } from './verbs.ts';

/** A bare 同意 decides what the quoted message asks for, where that is one thing; else it is asked about. */
export function bareDecision(item: Item, context: Context): Understood[] | null {
  const [clause, ...more] = item.clauses;
  // 4.3.2材料齐了,我同意: to what, the words in front don't say.
  if (context.speaker.leads && clause && !clause.tokens.every(isLeadIn) && more.some(isDecision))
    return [{ ask: 'meaning' }];
  const token = clause?.tokens.find((each) => each.is === 'word' && each.word.decision !== undefined);
  if (!clause || token?.is !== 'word' || token.word.decision === undefined) return null;
  const isAlone = clause.tokens.every((each) => each === token || isLeadIn(each) || hasKind(each, 'past'));
  if (!isAlone && !(context.speaker.leads && isRefusal(clause, token))) return null;
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

/** 不同意 6.1.1 佐证不齐: what follows is the reason; 不同意见 is none. */
function isRefusal({ tokens }: Clause, token: Token & { is: 'word' }): boolean {
  const at = tokens.indexOf(token);
  const refuses = token.word.decision === 'disagree' && tokens.slice(0, at).every(isLeadIn);
  return refuses && !tokens[at + 1]?.text.startsWith('见');
}

const isDecision = ({ tokens }: Clause): boolean =>
  tokens.some((each) => each.is === 'word' && each.word.decision !== undefined) &&
  tokens.every((each) => (each.is === 'word' && each.word.decision !== undefined) || isLeadIn(each));

const MOVED = /^(?:请|想|要|拟)?(?:改|调整?|挪|顺)(?:到|至|成|为)$/u;

/** 改到4月30日, under a task that is quoted: its term, the day of a deed, or of what was reported. */
export function bareMove({ codes, clauses }: Item, { quoted }: Context): Understood[] | null {
  const tokens = clauses.flatMap((clause) => clause.tokens).filter(({ is }) => is !== 'break');
  const [task, ...more] = quoted;
  const day = tokens.findIndex(({ is }) => is === 'when');
  const isMove = day > 0 && MOVED.test(textIn(tokens.slice(0, day))) && tokens.slice(day + 1).every(isLeadIn);
  if (!isMove || codes.length > 0 || !task) return null;
  return [{ ask: 'meaning', ...(more.length === 0 ? { item: `${task.code} ${textIn(tokens)}` } : {}) }];
}

const AGREES = /^(?:可以|可以的|行|没意见|没有意见|无意见|没问题)[。!]?$/u;
const DISAGREES = /^(?:不行|不可以|不可)(?=[,。! ]|$)/u;
/** 可以,尽快: what follows only wants it done; 可以,尽快补齐佐证 and 可以,按程序退回 want something else first, or instead. */
const AGREES_ON =
  /^(?:可以|行|没意见|没有意见|无意见|没问题)(?=[,。! ] ?(?:请|要)?(?:(?:尽快|抓紧|加快)(?:办理?|落实|推进)?|按(?:程序|规定)(?:办理?|走|来)?|就(?:这样|这么)(?:办|定)?)(?:就行|就好|吧)?[。!]?$)/u;
/** What is only said of one matter. */
const OWN: Partial<Record<Matter, { agrees?: RegExp; disagrees: RegExp }>> = {
  延期: {
    disagrees: /^(?:延期(?:就|的事)?(?:不用|不必|不需要|免)了?|(?:不用|不必|别|不)延期?了?)(?=[,。! ]|$)/u,
  },
  销号: { disagrees: /^(?:退|退了|退吧|打回)(?=[,。! ]|$)/u },
  挂牌: { agrees: /^(?:挂|挂吧|挂上|挂了吧)[。!]?$/u, disagrees: /^(?:先|暂|暂时)?不挂了?(?=[,。! ]|$)/u },
};
const UNTIL = /^同意(?=[,。! ]\p{Script=Han}{0,4}[延缓宽顺])/u;

/**
 * 可以, 挂吧 and 不行 under a message of the bot's that asks for one decision are that, and 同意,延到6月30日 asks for nothing
 * of its own; elsewhere they are courtesies.
 */
export function decided({ text, quote = '' }: OwnWords): string {
  const [matter, ...more] = quotedMatters(quote);
  if (matter === undefined || more.length > 0 || !/请/u.test(quote)) return text;
  const { agrees = AGREES, disagrees = DISAGREES } = OWN[matter] ?? {};
  return [AGREES, AGREES_ON, agrees]
    .reduce((said, pattern) => said.replace(pattern, '同意'), text)
    .replace(DISAGREES, '不同意')
    .replace(disagrees, '不同意')
    .replace(UNTIL, matter === '延期' ? '同意延期' : '同意');
}

const quotedMatters = (quote: string): Matter[] =>
  (Object.keys(matterWords) as Matter[]).filter((matter) => quote.includes(matter));
