import type postgres from 'postgres';
import { isLost } from './faults.ts';

/** More texts than the product has; what is composed anew each time must not fill the server's memory. */
const PREPARED = 400;

export interface Wire {
  /** For drizzle, which takes it for a client of postgres.js. What it begins is a savepoint of the transaction. */
  client: postgres.Sql;
  /** A transaction of whatever the work asks; `committing` is called right before COMMIT leaves. */
  transact<T>(work: () => Promise<T>, committing?: () => void): Promise<T>;
}

type Rows = Promise<unknown>;
type Unsafe = Parameters<postgres.Sql['unsafe']>;

/**
 * One connection, for one job at a time. Statements are prepared, and leave when they are asked for, in that order,
 * without waiting for the answers to those before. Only a text that is new to the connection leaves alone: postgres.js
 * asks for its types first, and would open a broken connection again for what waits behind it.
 */
export function createWire(sql: postgres.Sql, isGone: () => boolean): Wire {
  const known = new Set<string>();
  let last: Rows = Promise.resolve();
  let alone: Rows | undefined;
  /**
   * A query was told that the line broke. Until postgres.js has told `isGone` so too, it takes what is asked and never
   * answers it.
   */
  let broken = false;
  /** The first thing that went wrong in this transaction, whether its work took notice or not. */
  let fault: unknown;
  let savepoints = 0;

  function ask(text: string, params: Unsafe[1], asArrays: boolean): Rows {
    const issue = async () => {
      if (broken || isGone()) throw new LineCut();
      const prepare = known.has(text) || known.size < PREPARED;
      const query = sql.unsafe(text, params, { prepare });
      return asArrays ? query.values() : query;
    };
    const rows = known.has(text) ? (alone?.then(issue) ?? issue()) : byItself(text, issue);
    last = rows.catch((error) => {
      fault ??= error;
      broken ||= isLost(error);
    });
    return rows;
  }

  function byItself(text: string, issue: () => Rows): Rows {
    const rows = last.then(issue);
    const over = rows.then(
      () => {
        if (known.size < PREPARED) known.add(text);
        if (alone === over) alone = undefined;
      },
      () => {
        if (alone === over) alone = undefined;
      },
    );
    alone = over;
    return rows;
  }

  async function transact<T>(work: () => Promise<T>, committing = () => {}): Promise<T> {
    fault = undefined;
    // Not waited for: it leaves with the first statement, and what goes wrong with it shows there and in `fault`.
    void ask('begin', [], false);
    try {
      const result = await work();
      await last;
      // PostgreSQL answers COMMIT after a fault with a rollback, and without a word of complaint.
      if (fault !== undefined) throw fault;
      committing();
      await ask('commit', [], false);
      return result;
    } catch (error) {
      if (!isGone()) await ask('rollback', [], false).catch(() => {});
      // Whatever was asked after a fault is only told that the transaction is over.
      throw fault ?? error;
    }
  }

  /** What is undone inside of a transaction leaves the rest of it sound. */
  async function savepoint<T>(work: (client: postgres.Sql) => Promise<T>): Promise<T> {
    const name = `s${savepoints++ % 100}`;
    await ask(`savepoint ${name}`, [], false);
    try {
      const result = await work(client);
      await ask(`release savepoint ${name}`, [], false);
      return result;
    } catch (error) {
      await last;
      await ask(`rollback to savepoint ${name}`, [], false);
      fault = undefined;
      throw error;
    }
  }

  /** Like postgres.js, waits a moment before it asks: drizzle says only then that it wants arrays. */
  function unsafe(text: string, params: Unsafe[1]) {
    let asArrays = false;
    const rows = Promise.resolve().then(() => ask(text, params, asArrays));
    return Object.assign(rows, {
      values: () => {
        asArrays = true;
        return rows;
      },
    });
  }

  const client: postgres.Sql = Object.create(null, {
    options: { value: sql.options },
    unsafe: { value: unsafe },
    begin: { value: savepoint },
    savepoint: { value: savepoint },
  });
  return { client, transact };
}

/** Ended between two statements, when there was nothing to fail but the next one. */
class LineCut extends Error {
  override name = 'LineCut';
  code = 'CONNECTION_CLOSED';
}
