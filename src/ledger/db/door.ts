import type postgres from 'postgres';
import { withDeadline } from './deadline.ts';
import type { Lane, Lanes } from './lanes.ts';

/** How long a query or a transaction outside of `Store.within` may take, its turn in the queue included. */
const LONGEST = 60_000;

type Unsafe = Parameters<postgres.Sql['unsafe']>;
type Begin = (tx: postgres.Sql) => Promise<unknown>;

/**
 * A postgres.js client for drizzle, as far as drizzle uses one, that sends every query and every transaction
 * down a lane of its own.
 */
export function door(lanes: Lanes): postgres.Sql {
  const use = <T>(job: (lane: Lane) => Promise<T>): Promise<T> =>
    withDeadline(LONGEST, (deadline) => lanes.use(deadline, job));

  /** Like postgres.js, waits a moment before it starts: drizzle says only then that it wants arrays. */
  function unsafe(...query: Unsafe) {
    let asArrays = false;
    const rows = Promise.resolve().then(() =>
      use<unknown>(({ wire: { client } }) =>
        asArrays ? client.unsafe(...query).values() : client.unsafe(...query),
      ),
    );
    return Object.assign(rows, {
      values: () => {
        asArrays = true;
        return rows;
      },
    });
  }

  return Object.create(null, {
    options: { value: { parsers: {}, serializers: {} } },
    unsafe: { value: unsafe },
    begin: { value: (work: Begin) => use(({ wire }) => wire.transact(() => work(wire.client))) },
  });
}
