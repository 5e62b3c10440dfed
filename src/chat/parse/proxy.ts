import type { Understood } from '../intent.ts';
import { hasKind } from './items.ts';
import type { Token } from './tokens.ts';

/** A message whose speaker reports for somebody else (代安全科 …), without the words that say so. */
export interface Behalf {
  tokens: Token[];
  sections: string[];
  person: string | undefined;
  /** Notes for whom it was said. */
  mark(understood: Understood): Understood;
}

const LEAD = /^(?:代|替|帮|代报|代为|代表|受)$/;

/** Reads 代, 替 or 代报 with the sections or the person behind it at the head of a message. */
export function onBehalfOf(tokens: Token[]): Behalf {
  const none: Behalf = { tokens, sections: [], person: undefined, mark: (each) => each };
  const [first] = tokens;
  if (!first || !LEAD.test(first.text)) return none;
  const sections: string[] = [];
  const people: string[] = [];
  let at = 1;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.is === 'word' && token.word.section !== undefined) sections.push(token.word.section);
    else if (token?.is === 'word' && token.word.people?.length === 1) people.push(...token.word.people);
    else if (
      !token ||
      !(isBetween(token) || hasKind(token, 'filler') || hasKind(token, 'light') || /^(?:补报|补|委托)$/.test(token.text))
    )
      break;
  }
  const [person] = people;
  const [section] = sections;
  if (
    section === undefined &&
    person === undefined &&
    !tokens.slice(1, at).some((token) => /科长|主任|领导|书记/.test(token.text))
  )
    return none;
  return {
    tokens: tokens.slice(at),
    sections,
    person,
    mark: (each) =>
      'act' in each && each.act !== 'silent' && section !== undefined ? { ...each, section } : each,
  };
}

const isBetween = (token: Token): boolean => token.is === 'break' && token.force !== 'stop';
