import { randomUUID } from 'node:crypto';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../schema.ts';
import type { Deadline } from './deadline.ts';
import { isLost, TimeUp } from './faults.ts';

/** One connection, used by one transaction or one query at a time. */
export interface Lane {
  /** The connection's `application_name`, by which the server's end of it can be found. */
  name: string;
  sql: postgres.Sql;
  db: PostgresJsDatabase<typeof schema>;
  /** COMMIT has been sent and not been answered. */
  committing: boolean;
  gone: boolean;
}

export interface Lanes {
  /** Waits its turn, first come, first served; a lane that fails or outlives the deadline is never used again. */
  use<T>(deadline: Deadline, job: (lane: Lane) => Promise<T>): Promise<T>;
  /** Names of lanes that were lost between COMMIT and its answer; whoever has ended their backends takes them out. */
  lost: Set<string>;
  close(): Promise<void>;
}

/** A connection of its own. What is set here lets no statement, lock or idle transaction outlast a minute. */
export const connect = (url: string, more: postgres.Options<Record<string, never>> = {}): postgres.Sql =>
  postgres(url, {
    max: 1,
    connect_timeout: 5,
    // postgres.js closes idle and old connections at moments when a query may just be on its way to them.
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 10,
    onnotice: () => {},
    ...more,
  });

const timeouts = {
  statement_timeout: 20_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 20_000,
};

/**
 * A pool that keeps transactions apart. The one inside of postgres.js may write BEGIN to a connection that is busy
 * and then let other queries into that transaction (https://github.com/porsager/postgres/issues/1189), and a
 * connection of its that breaks at the wrong moment may stay mute; so each lane is a client with a single
 * connection, made anew when that breaks.
 */
export function createLanes(url: string, count: number): Lanes {
  const lanes = new Set<Lane>();
  const idle: Lane[] = [];
  const queue: (() => void)[] = [];
  const lost = new Set<string>();
  let busy = 0;

  function open(): Lane {
    const name = `duban ${randomUUID()}`;
    const sql = connect(url, {
      connection: { application_name: name, ...timeouts },
      onclose: () => discard(lane),
    });
    const lane: Lane = { name, sql, db: drizzle(sql, { schema }), committing: false, gone: false };
    lanes.add(lane);
    return lane;
  }

  function discard(lane: Lane): void {
    if (lane.gone) return;
    lane.gone = true;
    lanes.delete(lane);
    const place = idle.indexOf(lane);
    if (place >= 0) idle.splice(place, 1);
    if (lane.committing) lost.add(lane.name);
    void lane.sql.end({ timeout: 0 });
  }

  async function turn(deadline: Deadline): Promise<void> {
    if (busy < count) {
      busy++;
      return;
    }
    let go = (): void => {};
    try {
      await deadline.race(
        () =>
          new Promise<void>((resolve) => {
            go = resolve;
            queue.push(go);
          }),
      );
    } catch (error) {
      const place = queue.indexOf(go);
      if (place >= 0) queue.splice(place, 1);
      else next();
      throw error;
    }
  }

  function next(): void {
    const go = queue.shift();
    if (go) go();
    else busy--;
  }

  async function use<T>(deadline: Deadline, job: (lane: Lane) => Promise<T>): Promise<T> {
    await turn(deadline);
    const lane = idle.pop() ?? open();
    try {
      return await deadline.race(() => job(lane));
    } catch (error) {
      if (isLost(error) || error instanceof TimeUp) discard(lane);
      throw error;
    } finally {
      lane.committing = false;
      if (!lane.gone) idle.push(lane);
      next();
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...lanes].map(({ sql }) => sql.end({ timeout: 2 })));
  }

  return { use, lost, close };
}
