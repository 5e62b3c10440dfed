import type { Scene, Understood } from '../intent.ts';
import { kindsIn } from './claims.ts';
import { type Clause, hasContent, hasKind, isFigure, textIn } from './clauses.ts';
import { type Context, namesIn } from './naming.ts';
import { asksForLast, LAST } from './speech.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

const courteous: readonly Kind[] = [
  'receipt',
  'thanks',
  'greeting',
  'promise',
  'filler',
  'light',
  'later',
  'order',
  'each',
];
const spokenOf: readonly Kind[] = [
  'done',
  'settled',
  'not',
  'rest',
  'ongoing',
  'hedge',
  'handed',
  'issued',
  'total',
  'more',
];

/**
 * Whether all of a message is 收到, thanks, a greeting or a promise, so that nothing is to be done about it. A few words
 * more (谢谢领导关心) change nothing where none of them speaks of work.
 */
export function isCourtesy(tokens: readonly Token[]): boolean {
  const kinds = kindsIn(tokens);
  if (hasContent(tokens) && tokens.every((token) => token.is === 'break' || isPoliteNumber(token)))
    return true;
  const thanks = kinds.has('receipt') || kinds.has('thanks');
  const coded = tokens.some((token) => token.is === 'code');
  if (!(thanks || ((kinds.has('greeting') || kinds.has('promise')) && !coded))) return false;
  const others = tokens.filter((token) => !isPolite(token));
  const letters = others.reduce((sum, token) => sum + token.text.length, 0);
  return others.every((token) => token.is === 'text') && letters <= (thanks && !coded ? 6 : 0);
}

/** 已阅,请机关党委尽快: a section is to do something, which is no courtesy in a leader's mouth. */
export const isCharge = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => hasKind(token, 'order') && !/^[请要让]$/u.test(token.text)) &&
  tokens.some((token) => token.is === 'word' && token.word.section !== undefined);

/** 1, +1 and 666 are 收到 in figures. */
const isPoliteNumber = (token: Token): boolean =>
  token.is === 'figure' && /^(?:\+?1{1,3}|6{2,3})$/.test(token.text);

function isPolite(token: Token): boolean {
  if (token.is === 'break' || token.is === 'code') return true;
  if (token.is === 'figure') return isPoliteNumber(token);
  if (token.is !== 'word' || token.word.verb || token.word.decision) return false;
  const { section, people, kinds } = token.word;
  return section !== undefined || people !== undefined || courteous.some((kind) => kinds.has(kind));
}

/** 收到 acknowledges an open notice; without one, and for thanks and greetings, the bot is silent. */
export const courtesy = (tokens: readonly Token[], scene: Scene): Understood =>
  scene.noticeOpen && (['receipt', 'promise'] as const).some((kind) => kindsIn(tokens).has(kind))
    ? { act: 'ack' }
    : { act: 'silent' };

const HOW_FAR =
  /怎么.{0,3}(?:没|不|红|黄|慢|滞后|逾期)|为什么|为何|怎么样|如何|到哪一?步|进展|进度|动静|什么情况|(?:完成|办结|落实|办完|弄完)(?:了|得)?(?:没|吗)/u;

/**
 * A leader asks how things stand and names nothing: of the task that was shown last, else of all that are his. Nothing
 * is written by it.
 */
export function leaderAsks(clauses: readonly Clause[], context: Context): Understood | null {
  const { scene, speaker } = context;
  const tokens = clauses.flatMap((clause) => clause.tokens);
  const kinds = kindsIn(tokens);
  const text = textIn(tokens);
  if (speaker.leads && (isOrder(tokens, kinds) || isCharge(tokens))) return { ask: 'task' };
  const named = speaker.leads && kinds.has('asks') ? namedIn(tokens) : [];
  if (named.length === 1 && !kinds.has('request')) return { act: 'show', task: named[0] ?? '' };
  if (!speaker.leads || !(kinds.has('asks') || kinds.has('not')) || !HOW_FAR.test(text)) return null;
  if (kinds.has('request') || tokens.some(({ is }) => is === 'figure')) return null;
  // 安全这块怎么样了 asks for a section's, unless that is what he answers for himself.
  const [, area] = AREA.exec(text) ?? [];
  if (area !== undefined && !scene.by.includes(area)) return ofArea(area, context);
  if (scene.last === undefined) return kinds.has('pointer') ? null : { act: 'mine', note: text };
  return { act: 'show', task: scene.last, ...(asksForLast(text) ? { about: LAST } : {}) };
}

/** What is called like one section alone is that section's. */
function ofArea(area: string, { sections }: Context): Understood {
  const [section, ...more] = sections.filter(({ name, aliases }) =>
    [name, ...aliases].some((each) => each.startsWith(area)),
  );
  return section && more.length === 0 ? { act: 'ledger', section: section.code } : { act: 'unknown' };
}

const AREA = /^(\p{Script=Han}{1,6}?)[这那]一?块/u;

/** The tasks, whosever they are, that a full name among the words stands for. */
const namedIn = (tokens: readonly Token[]): string[] => [
  ...new Set(
    namesIn(tokens).flatMap((uses) =>
      uses.flatMap(({ role, task }) => (role === 'label' || role === 'title' ? [task.code] : [])),
    ),
  ),
];

/** 请安全科4月17日前补齐佐证: somebody is to do something by a day; all sections at once are nobody. */
const isOrder = (tokens: readonly Token[], kinds: ReadonlySet<Kind>): boolean =>
  kinds.has('order') &&
  tokens.some((token) => token.is === 'when') &&
  tokens.some((token) => token.is === 'word' && token.word.section !== undefined);

/** Whether something was said that is neither a courtesy nor put off: it is told that it wasn't understood. */
export function isPuzzling(clauses: readonly Clause[]): boolean {
  const tokens = clauses.flatMap((clause) => clause.tokens);
  const kinds = kindsIn(tokens);
  const polite = (['later', 'thanks', 'receipt', 'greeting', 'promise'] as const).some((kind) =>
    kinds.has(kind),
  );
  return !polite && hasContent(tokens);
}

/** What to make of words that name no task: work that somebody speaks of is asked about, a wish isn't ours. */
export function strayWords(clauses: readonly Clause[]): Understood[] {
  const tokens = clauses.flatMap((clause) => clause.tokens);
  const kinds = kindsIn(tokens);
  if (kinds.has('later') || kinds.has('thanks')) return [];
  if (kinds.has('pointer')) return [{ ask: 'task' }];
  if (tokens.some((token) => token.is === 'word' && token.word.decision)) return [{ ask: 'meaning' }];
  if (kinds.has('asks') || kinds.has('request')) return [{ act: 'unknown' }];
  const counts = tokens.some((token, at) => isFigure(token) && tokens[at + 1]?.is !== 'text');
  const named = tokens.some((token) => token.is === 'word' && token.word.uses.length > 0);
  const held = kinds.has('held') && tokens.some(({ is }) => is === 'figure' || is === 'when');
  return counts || named || held || spokenOf.some((kind) => kinds.has(kind)) ? [{ ask: 'task' }] : [];
}
