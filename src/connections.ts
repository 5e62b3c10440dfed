import type { PlatformName } from './chat/message.ts';
import { createServing, type ServingParts } from './connections/serving.ts';
import { inTurn } from './inTurn.ts';
import * as leases from './ledger/leases.ts';
import { platformNames } from './ledger/terms.ts';
import { createAlarm } from './platforms/connection/alarm.ts';
import type { Host, Link } from './platforms/connection/link.ts';
import type { LinkState, LinkStatus } from './platforms/connection/protocol.ts';
import type { Platform } from './platforms/platform.ts';

/** `standby`: another process holds the connection. */
type LinkWord = LinkState | 'standby';

export interface Connections {
  start(): void;
  /** Finishes what has come in, takes leave of the platforms and lets other processes take over. */
  close(): Promise<void>;
  /** How each connection that the settings want stands in this process. */
  states(): Partial<Record<PlatformName, LinkWord>>;
}

export interface ConnectionsParts extends ServingParts {
  platforms: Record<PlatformName, Platform>;
  /** Milliseconds that a stop may wait for what is under way. */
  grace: number;
}

/** Milliseconds between two looks at a lease; with its term they decide how soon another process takes over. */
const LOOK = 5_000;
/**
 * Without the database nobody can have taken the lease, so the connection stays and people are told that nothing is
 * recorded. But it may be that only this process has lost the database.
 */
const UNSURE = 5 * 60_000;
/** How long a connection may be away before the log tells of it, and between two such lines. One that is only replaced is back sooner. */
const AWAY = 10_000;
const AWAY_STILL = 10 * 60_000;

/** Each platform's connection, held by one process of all that share the database. */
export function createConnections(parts: ConnectionsParts): Connections {
  const wanted = platformNames.flatMap((name) => {
    const { link } = parts.platforms[name];
    return link ? [createKeeper(name, link, parts)] : [];
  });
  return {
    start: () => {
      for (const keeper of wanted) keeper.start();
    },
    close: async () => {
      await Promise.all(wanted.map((keeper) => keeper.close()));
    },
    states: () => Object.fromEntries(wanted.map((keeper) => [keeper.name, keeper.state()])),
  };
}

/** Takes the lease when it is free, and has the connection open for as long as it is ours. */
function createKeeper(name: PlatformName, link: Link, parts: ConnectionsParts) {
  const { store, lines, log, metrics, grace } = parts;
  const alarm = createAlarm(lines.timers);
  let note: leases.Note = { state: 'off', why: null, since: lines.now() };
  let lease: leases.Lease | null = null;
  let renewedAt = 0;
  let started = false;
  let closed = false;
  let away = false;
  /** What the log knows of the connection. */
  let told: 'stands' | 'away' | null = null;

  const host: Host = {
    serve: createServing(name, parts),
    changed,
    odd: (what) => log.warn({ platform: name }, what),
  };

  function changed({ state, why, attempts }: LinkStatus): void {
    if (state !== note.state || why !== note.why) note = { state, why, since: lines.now() };
    metrics.linked(name, state, attempts);
    log.debug({ platform: name, state, why }, 'connection');
    watch(state);
    if (lease) void look();
  }

  /** The log hears that the connection stands, or that it doesn't for longer than it takes to open another. */
  function watch(state: LinkState): void {
    const was = away;
    away = state !== 'ready' && state !== 'off';
    if (away && !was) alarm.set('away', AWAY, tellAway);
    if (!away) alarm.clear('away');
    if (state !== 'ready' || told === 'stands') return;
    told = 'stands';
    log.info({ platform: name }, 'the long connection stands');
  }

  function tellAway(): void {
    told = 'away';
    log.warn({ platform: name, why: note.why }, 'the long connection does not stand');
    alarm.set('away', AWAY_STILL, tellAway);
  }

  /** What changes during a look is noted by the next. */
  const look = inTurn(async (): Promise<void> => {
    if (closed) return;
    try {
      await holdOn();
    } catch (error) {
      log.warn({ err: error, platform: name }, 'could not look at the lease of a connection');
      if (lease && lines.timers.now() - renewedAt > UNSURE) await letGo();
    }
    if (!closed) alarm.set('look', LOOK, () => void look());
  });

  async function holdOn(): Promise<void> {
    if (lease === null) {
      lease = await leases.take(store.db, name, note);
      if (lease === null) return;
      renewedAt = lines.timers.now();
      link.open(host);
    } else if (await leases.renew(store.db, lease, note)) renewedAt = lines.timers.now();
    else await letGo();
  }

  async function letGo(): Promise<void> {
    lease = null;
    log.warn({ platform: name }, 'another process has taken over the connection');
    await link.close(0);
  }

  return {
    name,
    start(): void {
      started = true;
      void look();
    },
    state: (): LinkWord => (started && lease === null ? 'standby' : link.status().state),
    async close(): Promise<void> {
      closed = true;
      alarm.stop();
      await look();
      const last = lease;
      lease = null;
      await link.close(grace);
      alarm.stop();
      if (last) await leases.release(store.db, last, note).catch(() => {});
    },
  };
}
