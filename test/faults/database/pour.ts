import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../../src/time.ts';
import type { Sent } from '../../crash/history.ts';
import { say } from '../../crash/hooks.ts';
import type { Random } from '../../crash/random.ts';
import { composeUpdate } from '../../crash/updates.ts';
import type { Lived } from './lived.ts';

/** A message and the longest that one of its deliveries waited for its answer; `missed`: those that got none at all. */
export interface Poured extends Sent {
  took: number;
  missed: number;
}

export interface Pour {
  /** Resolves when so many more new messages have got their receipt. */
  receipts(count: number): Promise<void>;
  /** Sends nothing new, and gives everything that was sent once it is answered. */
  finish(): Promise<Poured[]>;
}

export interface Sender {
  address: string;
  clock: Clock;
  lived: Lived;
}

/** Far more than anybody may take, so that who comes late is seen to have come late. */
const PATIENCE = 30_000;
/** Milliseconds at most between an answer and the next message. */
const BREATH = 40;

/** Reports without an end: so many at once, each its own message. Ids begin with `prefix`. */
export function pour(sender: Sender, prefix: string, senders: number, random: Random): Pour {
  const poured: Poured[] = [];
  const awaited = new Set<{ count: number; come(): void }>();
  let finishing = false;

  async function keepSending(): Promise<void> {
    while (!finishing) {
      const update = composeUpdate(`${prefix}-${poured.length + 1}`, random);
      const one: Poured = { update, since: performance.now(), tries: 0, told: [], took: 0, missed: 0 };
      poured.push(one);
      const text = await deliver(sender, one);
      if (text?.includes('已记录【')) {
        for (const each of awaited) if (--each.count === 0) each.come();
      }
      await after(random.below(BREATH));
    }
  }

  const all = Promise.all(Array.from({ length: senders }, keepSending));
  return {
    receipts: (count) =>
      new Promise((resolve) => {
        const each = {
          count,
          come: () => {
            awaited.delete(each);
            resolve();
          },
        };
        awaited.add(each);
      }),
    finish: async () => {
      finishing = true;
      await all;
      return poured;
    },
  };
}

/** One delivery of a message, noted in it. */
export async function deliver({ address, clock, lived }: Sender, one: Poured): Promise<string | undefined> {
  const started = lived.now();
  one.tries++;
  const heard = await say(address, one.update, clock.now(), PATIENCE);
  one.took = Math.max(one.took, lived.now() - started);
  if (heard.is === 'answered') one.told.push({ text: heard.text, at: performance.now() });
  else one.missed++;
  return heard.is === 'answered' ? heard.text : undefined;
}
