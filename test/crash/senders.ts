import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../src/time.ts';
import type { Sent } from './history.ts';
import { type Heard, say, type Words } from './hooks.ts';
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

/** Messages under way at once, to each address. */
const SENDERS = 3;
/** Of the messages that found no answer so many are sent again until they do; the rest never, as DingTalk's. */
const AGAIN = 2 / 3;
/** So often a message that has its receipt comes once more, maybe many kills later. */
const REPLAY = 1 / 10;
/** Milliseconds before somebody is looked for again where nobody listened. */
const PAUSE = 25;

/**
 * Sends updates without a pause, whether anybody answers or not. Ids begin with `prefix`. Several addresses are taken
 * in turn, as a load balancer does: one that refuses is passed over, and what is sent again comes to another.
 */
export function send(addresses: string[], prefix: string, random: Random, clock: Clock): Sending {
  const sent: Sent[] = [];
  const recorded: Sent[] = [];
  let awaited = { count: 0, come: () => {} };
  let finishing = false;
  let abandoned = false;
  let turn = 0;
  let listened: Promise<void> | undefined;

  async function deliver(one: Sent): Promise<void> {
    const heard = await spread(one.update);
    if (heard.is === 'refused') return;
    one.tries++;
    if (heard.is !== 'answered') return;
    if (one.told.length === 0 && heard.text.includes('已记录')) {
      recorded.push(one);
      if (--awaited.count === 0) awaited.come();
    }
    one.told.push({ text: heard.text, at: performance.now() });
  }

  async function spread(words: Words): Promise<Heard> {
    while (!abandoned) {
      for (const _ of addresses) {
        const address = addresses[turn++ % addresses.length] ?? '';
        const heard = await say(address, words, clock.now());
        if (heard.is !== 'refused') return heard;
      }
      listened ??= somebodyListens();
      await listened;
    }
    return { is: 'refused' };
  }

  /** One looks for all, and without signing anything: while a server starts the processor is its. */
  async function somebodyListens(): Promise<void> {
    while (!abandoned && !(await Promise.all(addresses.map(listens))).includes(true)) await after(PAUSE);
    listened = undefined;
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

  const senders = Promise.all(Array.from({ length: SENDERS * addresses.length }, keepSending));
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

async function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
