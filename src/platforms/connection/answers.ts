import type { Alarm } from './alarm.ts';

/** How an attempt to give an answer ended: it waits so many milliseconds, or for the connection to be back. */
export type Attempt = 'done' | 'parked' | { wait: number };

export interface Answers {
  /** Gives an answer in its chat after those before it; it is attempted until it is done. */
  give(chat: string, attempt: () => Promise<Attempt>): void;
  /** Tries those again that were parked. */
  resume(): void;
  /** Resolves when every answer has been attempted and nothing is under way. */
  settled(): Promise<void>;
  /** Forgets what couldn't be given. */
  stop(): void;
}

/** Answers on their way: in order in each chat, and none lost while the connection is away. */
export function createAnswers(alarm: Alarm): Answers {
  const chats = new Map<string, (() => Promise<Attempt>)[]>();
  const parked = new Set<string>();
  const busy = new Map<string, Promise<void>>();

  async function work(chat: string, queue: (() => Promise<Attempt>)[]): Promise<void> {
    while (queue[0]) {
      const result = await queue[0]();
      if (result === 'done') {
        queue.shift();
        continue;
      }
      busy.delete(chat);
      if (result === 'parked') parked.add(chat);
      else alarm.set(`answer ${chat}`, result.wait, () => start(chat));
      return;
    }
    busy.delete(chat);
    chats.delete(chat);
  }

  function start(chat: string): void {
    const queue = chats.get(chat);
    if (queue && !busy.has(chat)) busy.set(chat, work(chat, queue));
  }

  return {
    give(chat, attempt) {
      const queue = chats.get(chat);
      if (queue) queue.push(attempt);
      else {
        chats.set(chat, [attempt]);
        start(chat);
      }
    },
    resume() {
      for (const chat of [...parked]) {
        parked.delete(chat);
        start(chat);
      }
    },
    async settled() {
      while (busy.size > 0) await Promise.allSettled([...busy.values()]);
    },
    stop() {
      chats.clear();
      parked.clear();
    },
  };
}
