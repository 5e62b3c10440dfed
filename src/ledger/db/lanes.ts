import { randomUUID } from 'node:crypto';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import * as schema from '../schema.ts';
import { connect } from './connect.ts';
import type { Deadline } from './deadline.ts';
import { DatabaseAway, isLost, isReadOnly } from './faults.ts';
import { createWire, type Wire } from './wire.ts';

/** One connection, used by one transaction or one query at a time. */
export interface Lane {
  /** The connection's `application_name`, by which the server's end of it can be found. */
  name: string;
  wire: Wire;
  /** Inside of a transaction on the wire it is that transaction. */
  db: PostgresJsDatabase<typeof schema>;
  end(timeout: number): Promise<void>;
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

/**
 * A rush is not an outage: while jobs come to their end, those that wait may wait for so long, and each has its whole
 * time once its turn has come. Were the time in the queue counted, then in a rush everybody's turn would come just
 * when the time is up, every lane would be lost to that, and nothing be done at all.
 */
const LONGEST_QUEUE = 3_000;
/**
 * Nobody joins a longer queue than this, but is told so at once: a platform hangs up after a few seconds. A number, and
 * no reckoning of how fast the queue moves, since the refusing itself would slow what it reckons with.
 */
const MOST_WAITING = 512;
/** One for all: a trace for each takes a twentieth of the time that a rush costs. */
const tooMany = new DatabaseAway('more is asked than can be done in time');
/** Jobs do so if the last one did within so many milliseconds. */
const MOVING = 300;

/**
 * A pool that keeps transactions apart. The one inside of postgres.js may write BEGIN to a connection that is busy
 * and then let other queries into that transaction (https://github.com/porsager/postgres/issues/1189), and may open
 * a connection that broke under a query again without saying anything on it. So each lane is a client with a
 * single connection, and is thrown away when that breaks.
 */
export function createLanes(url: string, count: number): Lanes {
  const lanes = new Set<Lane>();
  const idle = new Set<Lane>();
  const queue = new Set<() => void>();
  const lost = new Set<string>();
  let busy = 0;
  /** When a job last came to its end. */
  let ended = Number.NEGATIVE_INFINITY;
  let closed = false;

  function open(): Lane {
    const name = `duban ${randomUUID()}`;
    const sql = connect(url, {
      connection: { application_name: name },
      onclose: () => discard(lane),
    });
    const wire = createWire(sql, () => lane.gone);
    const lane: Lane = {
      ...{ name, wire, committing: false, gone: false },
      db: drizzle({ client: wire.client, schema }),
      end: (timeout) => sql.end({ timeout }),
    };
    lanes.add(lane);
    return lane;
  }

  function discard(lane: Lane): void {
    if (lane.gone) return;
    lane.gone = true;
    lanes.delete(lane);
    idle.delete(lane);
    if (lane.committing) lost.add(lane.name);
    void lane.end(0);
  }

  async function turn(deadline: Deadline): Promise<void> {
    if (busy < count) {
      busy++;
      return;
    }
    if (queue.size >= MOST_WAITING) throw tooMany;
    let go = (): void => {};
    const called = new Promise<void>((resolve) => {
      go = resolve;
    });
    queue.add(go);
    const since = performance.now();
    for (;;) {
      try {
        await deadline.race(() => called);
        return deadline.restart();
      } catch (error) {
        const now = performance.now();
        if (now - ended < MOVING && now - since < LONGEST_QUEUE) {
          deadline.restart(MOVING);
          continue;
        }
        // Called at the very moment at which the time was up: the turn goes on to the next.
        if (!queue.delete(go)) next();
        throw error;
      }
    }
  }

  function next(): void {
    const [go] = queue;
    if (!go) busy--;
    else {
      queue.delete(go);
      go();
    }
  }

  async function use<T>(deadline: Deadline, job: (lane: Lane) => Promise<T>): Promise<T> {
    await turn(deadline);
    try {
      return await drive(deadline, job);
    } finally {
      next();
    }
  }

  async function drive<T>(deadline: Deadline, job: (lane: Lane) => Promise<T>): Promise<T> {
    deadline.check();
    if (closed) throw new DatabaseAway('the store is closed');
    const [lane = open()] = idle;
    idle.delete(lane);
    try {
      const result = await deadline.race(() => job(lane));
      ended = performance.now();
      return result;
    } catch (error) {
      if (isLost(error) || isReadOnly(error)) discard(lane);
      throw error;
    } finally {
      lane.committing = false;
      if (!lane.gone) idle.add(lane);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...lanes].map((lane) => lane.end(2)));
  }

  return { use, lost, close };
}
