import type { Ask, VocabularyIndicator } from '../intent.ts';
import { isAny } from './clauses.ts';
import type { Speaker } from './speaker.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** Whose figure some words tell: names of the plan, `*` for everyone, nothing said, or a name that isn't clear. */
export type Whose = { names: string[] } | 'unclear' | null;

/** 下基层天数:书记5天. */
const HEADS = /(?:数|情况|名单|如下)$/u;

/** The people that the words name. A surname before a post (张副局长) is nobody that the plan knows. */
export function whoseIn(tokens: readonly Token[], kinds: ReadonlySet<Kind>): Whose {
  const people = tokens.flatMap((token, at) => {
    if (token.is !== 'word' || token.word.people === undefined) return [];
    const before = tokens[at - 1];
    const surnamed =
      before?.is === 'text' && /\p{Script=Han}$/u.test(before.text) && !HEADS.test(before.text);
    return [surnamed || token.word.people.length !== 1 ? undefined : token.word.people[0]];
  });
  if (people.some((name) => name === undefined)) return 'unclear';
  if (people.length > 1 && !kinds.has('each')) return 'unclear';
  if (people.length > 0) return { names: people.flatMap((name) => name ?? []) };
  // 小结均已交齐; 问题清单和整改清单都交了 may be one's own two.
  if (!kinds.has('everyone')) {
    const isOfAll = tokens.some((token) => isAny(token, ['each']) && token.text !== '都');
    return isOfAll && kinds.has('handed') ? { names: ['*'] } : null;
  }
  return kinds.has('each') ? { names: ['*'] } : 'unclear';
}

/** The persons to write an indicator's figure down for; `[undefined]` for the bureau, or the question. */
export function personsFor(
  indicator: VocabularyIndicator,
  whose: Whose,
  speaker: Speaker,
): (string | undefined)[] | Ask {
  if (indicator.subject !== 'person') return [undefined];
  const ask: Ask = { ask: 'person', indicator: indicator.code };
  if (whose === 'unclear') return ask;
  if (whose !== null) return whose.names;
  return speaker.leads ? [speaker.name] : ask;
}

/** 书记, 书记和党建副局长都: who, and nothing that they did. */
export const namesPeople = (tokens: readonly Token[]): boolean =>
  tokens.some(isSomebody) &&
  tokens.every(
    (token) => token.is === 'break' || isSomebody(token) || isAny(token, ['and', 'each', 'filler']),
  );

export const isSomebody = (token: Token): boolean =>
  token.is === 'word' && (token.word.people !== undefined || token.word.kinds.has('everyone'));
