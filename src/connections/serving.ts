import type { Logger } from 'pino';
import { nameOf, REMEMBERED } from '../bot/denials.ts';
import type { Bot } from '../bot.ts';
import { chatKey, type Message, type PlatformName } from '../chat/message.ts';
import type { Db, Store } from '../ledger/db.ts';
import { meet } from '../ledger/inbox/met.ts';
import { claimAnswer } from '../ledger/inbox.ts';
import type { Metrics } from '../metrics.ts';
import type { Host } from '../platforms/connection/link.ts';
import type { Lines } from '../platforms/connection/protocol.ts';
import type { Answer } from '../platforms/platform.ts';

export interface ServingParts {
  bot: Bot;
  store: Store;
  lines: Lines;
  log: Logger;
  metrics: Metrics;
}

/** Milliseconds for a note beside a message's effect. */
const ASIDE = 500;

/** What a hook does with a call, and beside it: no copy of a message is answered twice. */
export function createServing(
  name: PlatformName,
  { bot, store, lines, log, metrics }: ServingParts,
): Host['serve'] {
  const denied = new Map<string, number>();
  const met = new Set<string>();

  /** Whether nobody has answered it; from now on somebody has. The ledger's word counts, across processes. */
  async function isFirst({ platform, bot: robot, id: messageId, sender }: Message): Promise<boolean> {
    const key = { platform, bot: robot, messageId, sender };
    const claim = await aside((tx) => claimAnswer(tx, key, lines.now()), 'unrecorded');
    const word = nameOf(key);
    const now = lines.timers.now();
    for (const [each, until] of denied) {
      if (until > now) break;
      denied.delete(each);
    }
    // What it was told may have got a row since, which nobody has answered.
    if (claim === 'given' || denied.has(word)) return false;
    if (claim === 'unrecorded') denied.set(word, now + REMEMBERED);
    return true;
  }

  async function note(message: Message): Promise<void> {
    const chat = chatKey(message);
    if (met.has(chat)) return;
    const isWritten = await aside<boolean>(async (tx) => {
      await meet(tx, chat, lines.now());
      return true;
    }, false);
    if (isWritten) met.add(chat);
  }

  /** The message's effect stands already: what can't be noted beside it is done without. */
  async function aside<T>(work: (tx: Db) => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await store.within(ASIDE, work);
    } catch (error) {
      log.warn({ err: error, platform: name }, 'could not note something beside a message');
      return otherwise;
    }
  }

  return async (received) => {
    const started = performance.now();
    let answer: Answer | null = null;
    try {
      answer = await bot.answer(name, received);
      if (received.is === 'message') {
        await note(received.message);
        if (!(await isFirst(received.message))) answer = null;
      }
    } catch (error) {
      log.error({ err: error, platform: name }, 'a call ended in a fault');
    }
    metrics.call(name, received.is, performance.now() - started);
    return answer;
  };
}
