import { hasKind, textIn } from './clauses.ts';
import type { Token } from './tokens.ts';
import { wordsOf } from './words.ts';

/** A message whose speaker reports for somebody else (代安全科 …), without the words that say so. */
export interface Behalf {
  tokens: Token[];
  /** Codes of sections. */
  sections: string[];
  person: string | undefined;
  /** 代科长: for the speaker's own chief. */
  chief?: true;
}

const LEAD = wordsOf('代 替 帮 代报 代为 代表 受');

/** Reads 代, 替 or 代报 with the sections or the person behind it at the head of a message. */
export function onBehalfOf(tokens: Token[]): Behalf {
  const self: Behalf = { tokens, sections: [], person: undefined };
  if (!LEAD.has(tokens[0]?.text)) return reportedBy(tokens) ?? self;
  const end = tokens.findIndex((token, at) => at > 0 && !isOfAddress(token));
  const address = tokens.slice(1, end === -1 ? undefined : end);
  const sections = address.flatMap((token) => (token.is === 'word' ? (token.word.section ?? []) : []));
  const [person] = address.flatMap((token) =>
    token.is === 'word' && token.word.people?.length === 1 ? token.word.people : [],
  );
  const chief = address.some((token) => /科长|主任|领导/.test(token.text));
  if (sections.length === 0 && person === undefined && !chief) return self;
  const isOwn =
    sections.length === 0 && person === undefined && address.some(({ text }) => /科长|主任/.test(text));
  return { tokens: tokens.slice(address.length + 1), sections, person, ...(isOwn ? { chief: true } : {}) };
}

/** 安全科电话报:, 安全科报来,: taken down for a section. */
const TAKEN = /^(?:电话|口头|微信|短信|书面)?(?:报来?|来报|报送|上报|反馈)[:,]$/u;
/** So few tokens are looked at for the mark behind it. */
const HEAD = 6;

function reportedBy(tokens: Token[]): Behalf | null {
  const [first] = tokens;
  const section = first?.is === 'word' ? first.word.section : undefined;
  const end = tokens
    .slice(0, HEAD)
    .findIndex((token) => token.is === 'break' && (token.force === 'colon' || token.force === 'clause'));
  if (section === undefined || end === -1 || !TAKEN.test(textIn(tokens.slice(1, end + 1)))) return null;
  return { tokens: tokens.slice(end + 1), sections: [section], person: undefined };
}

const BY_PROXY = wordsOf('补报 补 委托');

const isOfAddress = (token: Token): boolean => {
  if (token.is === 'break') return token.force !== 'stop';
  if (token.is === 'text') return BY_PROXY.has(token.text);
  if (token.is !== 'word') return false;
  const { section, people } = token.word;
  return section !== undefined || people?.length === 1 || hasKind(token, 'filler') || hasKind(token, 'light');
};
