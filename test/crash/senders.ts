import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../src/time.ts';
import type { Sent } from './history.ts';
import { say } from './hooks.ts';
import type { Random } from './random.ts';
import { composeUpdate } from './updates.ts';

export interface Sending {
  /** Resolves after so many more receipts of new messages. */
  receipts(count: number): Promise<void>;
  /** Sends nothing new, waits until whoever still wants an answer has it, and gives everything that was sent. */
  finish(): Promise<Sent[]>;
  /** Gives up at once. */
  abandon(): void;
}

/** Messages under way at once. */
const SENDERS = 8;
/** Of the messages that found no answer so many are sent again until they do; the rest never, as DingTalk's. */
const AGAIN = 2 / 3;
/** So often a message that has its receipt comes once more, maybe many kills later. */
const REPLAY = 1 / 10;
/** Milliseconds before a call that was refused is made again. */
const PAUSE = 20;

/** Sends updates without a pause, whether anybody answers or not. Ids begin with `prefix`. */
export function send(address: string, prefix: string, random: Random, clock: Clock): Sending {
  const sent: Sent[] = [];
  const recorded: Sent[] = [];
  let awaited = { count: 0, come: () => {} };
  let finishing = false;
  let abandoned = false;

  async function deliver(one: Sent): Promise<void> {
    while (!abandoned) {
      const heard = await say(address, one.update, clock.now());
      if (heard.is === 'answered') {
        if (one.told.length === 0 && heard.text.includes('已记录')) {
          recorded.push(one);
          if (--awaited.count === 0) awaited.come();
        }
        one.told.push({ text: heard.text, at: performance.now() });
      }
      if (heard.is !== 'refused') {
        one.tries++;
        return;
      }
      await after(PAUSE);
    }
  }

  async function keepSending(): Promise<void> {
    while (!finishing && !abandoned) {
      const update = composeUpdate(`${prefix}-${sent.length + 1}`, random);
      const one: Sent = { update, since: performance.now(), told: [], tries: 0 };
      sent.push(one);
      await deliver(one);
      const again = random.chance(AGAIN);
      while (again && one.told.length === 0 && !abandoned) await deliver(one);
      if (recorded.length > 0 && random.chance(REPLAY)) await deliver(random.pick(recorded));
    }
  }

  const senders = Promise.all(Array.from({ length: SENDERS }, keepSending));
  return {
    receipts: (count) =>
      new Promise((come) => {
        awaited = { count, come };
      }),
    finish: async () => {
      finishing = true;
      await senders;
      return sent;
    },
    abandon: () => {
      abandoned = true;
    },
  };
}
