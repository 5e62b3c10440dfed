import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Reply } from '../chat/reply.ts';
import { DatabaseAway, type Store } from '../ledger/db.ts';
import * as inbox from '../ledger/inbox.ts';
import type { Clock } from '../time.ts';

/** For so long a message that was told «nothing recorded» is told so again, and has no effect. */
export const REMEMBERED = 10 * 60_000;
/** Milliseconds until these are written down, and between two tries. */
const PAUSE = 500;
const WITHIN = 2_000;
const AT_ONCE = 1_000;

export interface Denials {
  recall(key: inbox.MessageKey): Reply | undefined;
  /** Told now; `later` is what the ledger tells a copy, where it turns out that nothing was recorded. */
  remember(key: inbox.MessageKey, told: Reply, later?: Reply): Reply;
  close(): Promise<void>;
}

interface Denial {
  key: inbox.MessageKey;
  told: Reply;
  later: Reply;
  until: number;
}

/**
 * What people were told of messages that the ledger couldn't be asked about. It becomes the ledger's as soon as the
 * database answers, so that a copy is told the same by whichever process gets it, and has no effect there either.
 */
export function createDenials({ store, clock, log }: { store: Store; clock: Clock; log: Logger }): Denials {
  const denials = new Map<string, Denial>();
  const ending = new AbortController();
  let writing: Promise<void> | undefined;

  function forget(): void {
    const now = clock.now().getTime();
    // All are kept for the same time, so the oldest stand first.
    for (const [name, { until }] of denials) {
      if (until > now) break;
      denials.delete(name);
    }
  }

  async function writeDown(): Promise<void> {
    const { signal } = ending;
    while (!signal.aborted) {
      await after(PAUSE, undefined, { ref: false, signal }).catch(() => {});
      forget();
      const batch = [...denials].slice(0, AT_ONCE);
      if (signal.aborted || batch.length === 0) return;
      try {
        const rows = batch.map(([, { key, later }]) => ({ key, reply: later }));
        await store.aside(WITHIN, (db) => inbox.settleAll(db, rows, clock.now()));
        for (const [name, denial] of batch) if (denials.get(name) === denial) denials.delete(name);
      } catch (error) {
        if (error instanceof DatabaseAway) continue;
        log.error({ err: error }, 'could not write down what people were told');
        return;
      }
    }
  }

  return {
    recall: (key) => {
      const before = denials.get(nameOf(key));
      return before && before.until > clock.now().getTime() ? before.told : undefined;
    },
    remember: (key, told, later = told) => {
      forget();
      denials.set(nameOf(key), { key, told, later, until: clock.now().getTime() + REMEMBERED });
      writing ??= writeDown().finally(() => {
        writing = undefined;
      });
      return told;
    },
    close: async () => {
      ending.abort();
      await writing;
    },
  };
}

/** A message's key as one string. */
export const nameOf = (key: inbox.MessageKey): string => JSON.stringify(Object.values(key));
