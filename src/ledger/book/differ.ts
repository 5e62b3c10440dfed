import { type Book, keyOf, type Row, type SheetName, sheetNames, type Value } from '../book.ts';

/** One row that is new, or some fields of one that was there. */
export interface Change {
  sheet: SheetName;
  key: string;
  added: boolean;
  fields: { field: string; before: Value; after: Value }[];
  /** The row as it will be. */
  row: Row;
}

export interface Differences {
  changes: Change[];
  /** Rows of the ledger, still in use, that the workbook doesn't have: they stay as they are. */
  missing: { sheet: SheetName; key: string }[];
  /** Fields that moved on in the ledger since the workbook was made and that nobody touched in it: they stay. */
  moved: { sheet: SheetName; key: string; field: string; now: Value }[];
}

/**
 * What a workbook changes. With `base`, the ledger as it was when the workbook was made, only what was changed in the
 * workbook since then counts: a figure of the ledger that moved on meanwhile is never put back by an old copy.
 */
export function differ(before: Book, after: Book, base?: Book): Differences {
  const found: Differences = { changes: [], missing: [], moved: [] };
  for (const sheet of sheetNames) {
    const [old, fresh, first] = [indexed(sheet, before), indexed(sheet, after), base && indexed(sheet, base)];
    for (const [key, row] of fresh) {
      const was = old.get(key);
      if (was) compare(found, { sheet, key, row, was, origin: first?.get(key) });
      else if (row.retired !== true) found.changes.push({ sheet, key, added: true, fields: [], row });
    }
    for (const [key, row] of old) {
      if (!fresh.has(key) && row.retired !== true) found.missing.push({ sheet, key });
    }
  }
  return found;
}

interface Pair {
  sheet: SheetName;
  key: string;
  row: Row;
  was: Row;
  origin: Row | undefined;
}

function compare(found: Differences, { sheet, key, row, was, origin }: Pair): void {
  const fields: Change['fields'] = [];
  const whole = { ...was };
  for (const [field, after] of Object.entries(row)) {
    const before = was[field] ?? null;
    if (same(before, after)) continue;
    if (origin && same(origin[field] ?? null, after)) found.moved.push({ sheet, key, field, now: before });
    else {
      fields.push({ field, before, after });
      whole[field] = after;
    }
  }
  if (fields.length > 0) found.changes.push({ sheet, key, added: false, fields, row: whole });
}

const same = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

const indexed = (sheet: SheetName, book: Book): Map<string, Row> =>
  new Map(book[sheet].map((row) => [keyOf(sheet, row), row]));
