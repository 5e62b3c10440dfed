import { type DriverValueEncoder, type SQL, sql } from 'drizzle-orm';
import type { Db } from './store.ts';

interface Prepared<R> {
  execute(values?: object): Promise<R>;
}

/**
 * A statement on the way of every message: drizzle composes its text once for each connection, and not each time.
 * Its values are drizzle's placeholders.
 */
export function statement<V extends object, R>(
  compose: (db: Db) => Prepared<R>,
): (db: Db, values: V) => Promise<R> {
  const composed = new WeakMap<Db, Prepared<R>>();
  return (db, values) => {
    let prepared = composed.get(db);
    if (!prepared) {
      prepared = compose(db);
      composed.set(db, prepared);
    }
    return prepared.execute(values);
  };
}

/** A value that is given later, written as the column's are. */
export const given = (name: string, column: DriverValueEncoder<unknown, unknown>): SQL =>
  sql`${sql.param(sql.placeholder(name), column)}`;

/** A list as one value, so that the text doesn't change with its length: for `= any(…)`. */
export const listOf = (values: readonly (string | number)[]): string =>
  `{${values.map((value) => JSON.stringify(value)).join(',')}}`;
