import type { Token } from './tokens.ts';

const SCHOOL =
  /([\p{Script=Han}]{0,6})(?:中学|小学|幼儿园|职校|[一二三四五六七八九十\d]{1,3}[中小](?!学))(等)?/u;

/** A school by name, of the plan or not: what happened there is one event of its own. */
export function isSchool(tokens: readonly Token[]): boolean {
  const unnamed = tokens.map((token) =>
    token.is === 'word' && token.word.uses.length > 0 ? ' ' : token.text,
  );
  const found = SCHOOL.exec(unnamed.join(''));
  // 演练2次(一中、实验小学): what happened at several is no one's event.
  const others = found ? unnamed.join('').slice(found.index + found[0].length) : '';
  if (/^[、和及与,]/u.test(others) && SCHOOL.test(others)) return false;
  return found !== null && found[2] === undefined && !/[各全每多几]|所有|中小?$/u.test(found[1] ?? '');
}
