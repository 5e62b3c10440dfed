import { type PGlite, parse, protocol, type QueryOptions, type Transaction } from '@electric-sql/pglite';

const { bind, close, describe, execute, parse: parsed, sync } = protocol.serialize;
type Messages = Parameters<typeof parse.parseResults>[0];

interface Prepared {
  name: string;
  /** The type of each value that it is given. */
  types: number[];
  /** How its rows are built; nothing where it gives none. */
  shape: Messages;
  uses: number;
}

/** More texts than the product has; what is composed anew each time must not fill the memory. */
const PREPARED = 400;
const REMEMBERED = 2_000;
/** Nobody analyses an embedded database: after so many uses a statement is planned anew, by what the tables hold by then. */
const USES = 1_000;

/**
 * Prepares what transactions ask more than once. PGlite's own query parses and plans each time, by six calls into the
 * database where this takes one, which makes it a dozen times as slow for what a message asks.
 */
export function withPrepared(client: PGlite): PGlite {
  const known = new Map<string, Prepared>();
  const once = new Set<string>();
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  const send = (...parts: Uint8Array[]) =>
    client.execProtocolStream(Buffer.concat(parts), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const name = known.get(text)?.name ?? `p${known.size}`;
    const told = await send(
      close({ type: 'S', name }),
      parsed({ name, text }),
      describe({ type: 'S', name }),
      sync(),
    );
    const shape = told.filter((message) => message.name === 'rowDescription');
    const prepared = { name, types: parse.parseDescribeStatementResults(told), shape, uses: 0 };
    known.set(text, prepared);
    return prepared;
  }

  function ask<T>(text: string, params: unknown[] = [], options: QueryOptions = {}) {
    return client.runExclusive(async () => {
      const before = known.get(text);
      const prepared = before && before.uses < USES ? before : await prepare(text);
      prepared.uses++;
      const { name, types, shape } = prepared;
      const values = params.map((value, nth) => written(value, client.serializers[types[nth] ?? 0]));
      const rows = await send(bind({ statement: name, values }), execute({}), sync());
      const [result] = parse.parseResults([...shape, ...rows], client.parsers, options);
      if (!result) throw new Error('the database gave no result');
      return { ...result, rows: result.rows as T[] };
    });
  }

  function isWorthIt(text: string): boolean {
    if (known.has(text)) return true;
    if (known.size >= PREPARED) return false;
    if (once.delete(text)) return true;
    if (once.size >= REMEMBERED) once.clear();
    once.add(text);
    return false;
  }

  client.transaction = (work) =>
    transaction((tx) => {
      const query: Transaction['query'] = tx.query;
      tx.query = (text, params, options) =>
        isWorthIt(text) && !tx.closed ? ask(text, params, options) : query(text, params, options);
      return work(tx);
    });
  return client;
}

const written = (value: unknown, by: ((value: unknown) => string) | undefined): string | null =>
  value === null || value === undefined ? null : (by?.(value) ?? String(value));
