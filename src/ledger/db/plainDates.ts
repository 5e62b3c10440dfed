import { type PGlite, type QueryOptions, types } from '@electric-sql/pglite';

/** With lists of numbers, of times and of days, for which PGlite has no names. */
const dates = [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, 1231, 1115, 1185, 1187, 1182];

/**
 * Gives dates as the text that drizzle reads. drizzle asks for that with every query, and each time PGlite copies its
 * whole table of readers to add drizzle's: a tenth of what a query costs. Here they are in the table from the start.
 */
export function withPlainDates(client: PGlite): PGlite {
  for (const type of dates) client.parsers[type] = (value) => value;
  const query: PGlite['query'] = client.query.bind(client);
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  client.query = (text, params, options) => query(text, params, bare(options));
  client.transaction = (work) =>
    transaction((tx) => {
      const ask = tx.query;
      tx.query = (text, params, options) => ask(text, params, bare(options));
      return work(tx);
    });
  return client;
}

const bare = ({ parsers: _, ...options }: QueryOptions = {}): QueryOptions => options;
