import { hasKind } from './clauses.ts';
import type { Token } from './tokens.ts';

/** A message whose speaker reports for somebody else (代安全科 …), without the words that say so. */
export interface Behalf {
  tokens: Token[];
  /** Codes of sections. */
  sections: string[];
  person: string | undefined;
}

const LEAD = /^(?:代|替|帮|代报|代为|代表|受)$/;

/** Reads 代, 替 or 代报 with the sections or the person behind it at the head of a message. */
export function onBehalfOf(tokens: Token[]): Behalf {
  const self: Behalf = { tokens, sections: [], person: undefined };
  if (!LEAD.test(tokens[0]?.text ?? '')) return self;
  const end = tokens.findIndex((token, at) => at > 0 && !isOfAddress(token));
  const address = tokens.slice(1, end === -1 ? undefined : end);
  const sections = address.flatMap((token) => (token.is === 'word' ? (token.word.section ?? []) : []));
  const [person] = address.flatMap((token) =>
    token.is === 'word' && token.word.people?.length === 1 ? token.word.people : [],
  );
  const chief = address.some((token) => /科长|主任|领导/.test(token.text));
  if (sections.length === 0 && person === undefined && !chief) return self;
  return { tokens: tokens.slice(address.length + 1), sections, person };
}

const isOfAddress = (token: Token): boolean => {
  if (token.is === 'break') return token.force !== 'stop';
  if (token.is === 'text') return /^(?:补报|补|委托)$/.test(token.text);
  if (token.is !== 'word') return false;
  const { section, people } = token.word;
  return section !== undefined || people?.length === 1 || hasKind(token, 'filler') || hasKind(token, 'light');
};
