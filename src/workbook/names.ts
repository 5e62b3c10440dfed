import type { Book, BookSection } from '../ledger/book.ts';
import type { Names } from './column.ts';

/** Sections go by name or code; those that only the ledger knows count as well. */
export function namesFrom(rows: BookSection[], known: Book | null): Names {
  const codes = new Map<string, string>();
  const shown = new Map<string, string>();
  const called = new Map<string, string>();
  for (const { code, name, aliases } of [...(known?.sections ?? []), ...rows]) {
    codes.set(code, code);
    shown.set(code, name);
    for (const alias of aliases) called.set(alias, name);
  }
  for (const [code, name] of shown) codes.set(name, code);
  return {
    sectionCode: (name) => codes.get(name),
    sectionCalled: (alias) => called.get(alias),
    sectionName: (code) => shown.get(code) ?? code,
  };
}

export const namesOf = (book: Book): Names => namesFrom(book.sections, null);
