import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { converse, type KnownPlans } from './bot/conversation.ts';
import { createDenials, nameOf } from './bot/denials.ts';
import { type LinkTo, noLink } from './chat/link.ts';
import type { Message, PlatformName, SentFile } from './chat/message.ts';
import { type Reply, textOf } from './chat/reply.ts';
import { CommitUnknown, DatabaseAway, type Store } from './ledger/db.ts';
import * as inbox from './ledger/inbox.ts';
import { CODE, codesIn } from './ledger/rules/code.ts';
import type { Seal } from './ledger/seal.ts';
import type { Answer, Received } from './platforms/platform.ts';
import type { Clock } from './time.ts';
import type { Ways } from './ways/ways.ts';

/**
 * With what it takes to make sure together under the two seconds within which people are told that nothing was recorded;
 * DingTalk hangs up after 2.5.
 */
const WITHIN = 1_300;
/** Of the time for a message. */
const TO_MAKE_SURE = 0.3;
/** Each asks on a connection of its own: in a rush the others go without. */
const MOST_ASKING = 2;

export interface Bot {
  /** Answers a verified call in the way that it came. */
  answer(platform: PlatformName, received: Received): Promise<Answer>;
  /** What the bot replies to a message; null for silence. Its effect is committed before this returns. */
  handle(message: Message): Promise<Reply | null>;
  close(): Promise<void>;
}

export interface BotParts {
  store: Store;
  clock: Clock;
  log: Logger;
  botNames: string[];
  linkTo?: LinkTo;
  ways: Ways;
  /** Keeps what gives out the files of messages. */
  seal?: Seal;
  /** Told once a message that brought files is committed. */
  brought?: () => void;
  /** Told once a message that brought letters about is committed. */
  wrote?: () => void;
  /** Milliseconds that a message may take until its COMMIT; a slow machine's tests give it more. */
  patience?: number;
}

/** The door of the conversation: one effect a message, and the truth about it when the database is away. */
export function createBot({
  store,
  clock,
  log,
  botNames,
  linkTo = noLink,
  ways,
  seal,
  brought,
  wrote,
  patience = WITHIN,
}: BotParts): Bot {
  const toMakeSure = patience * TO_MAKE_SURE;
  const plans: KnownPlans = new Map();
  const denials = createDenials({ store, clock, log });
  const underWay = new Map<string, Promise<Reply | null>>();
  let asking = 0;

  /** A copy of a message that is being handled waits for what that comes to: both are told the same. */
  async function handle(raw: Message): Promise<Reply | null> {
    const message = storable(raw);
    const key = keyOf(message);
    const name = nameOf(key);
    const before = denials.recall(key) ?? underWay.get(name);
    if (before) return before;
    const reply = record(message, key).finally(() => underWay.delete(name));
    underWay.set(name, reply);
    return reply;
  }

  async function record(message: Message, key: inbox.MessageKey): Promise<Reply | null> {
    let draft: Reply | null = null;
    let letters = 0;
    const put = () => {
      letters += 1;
    };
    try {
      const reply = await store.within(patience, async (tx) => {
        const now = clock.now();
        draft = await converse(tx, message, key, { now, botNames, plans, linkTo, ways, seal, put });
        return draft;
      });
      if (message.files) brought?.();
      if (letters > 0) wrote?.();
      return reply;
    } catch (error) {
      if (error instanceof DatabaseAway) return deny(key, message);
      if (error instanceof CommitUnknown) return makeSure(key, draft);
      const id = randomUUID().slice(0, 8);
      log.error({ err: error, id, platform: message.platform }, 'a message ended in a fault');
      return denials.remember(key, notHandled(id));
    }
  }

  /** An earlier copy may have been recorded, by a process that died before it could answer. */
  async function deny(key: inbox.MessageKey, message: Message): Promise<Reply | null> {
    if (asking >= MOST_ASKING) return denials.remember(key, notThisTime(message));
    asking += 1;
    try {
      const before = await store.aside(toMakeSure, (db) => inbox.kept(db, key));
      return before ? before.reply : denials.remember(key, notRecorded);
    } catch {
      return denials.remember(key, notThisTime(message));
    } finally {
      asking -= 1;
    }
  }

  async function makeSure(key: inbox.MessageKey, draft: Reply | null): Promise<Reply | null> {
    try {
      return await store.aside(toMakeSure, (db) => inbox.settle(db, key, notRecorded, clock.now()));
    } catch {
      return denials.remember(key, cannotTell(draft), notRecorded);
    }
  }

  async function answer(platform: PlatformName, received: Received): Promise<Answer> {
    if (received.is === 'settled') return received.answer;
    if (received.is === 'greeting') return received.answer(greeting(botNames[0] ?? '督办'));
    if (received.is === 'message') return received.answer(await handle(received.message));
    log.warn({ platform, why: received.reason }, 'set a well-signed call aside');
    try {
      await store.within(patience, (tx) => inbox.setAside(tx, platform, received.reason, clock.now()));
    } catch (error) {
      log.error({ err: error }, 'could not note a call that was set aside');
    }
    return received.answer;
  }

  return { answer, handle, close: denials.close };
}

const notRecorded: Reply = { lines: ['台账暂时没有响应,这条消息未记录。请稍后重新发送。'] };

/** Neither platform says of a copy that it is one, so that nobody knows whether an earlier one was recorded. */
function notThisTime({ text, quote = '' }: Message): Reply {
  const [code] = NAMED.exec(`${text} ${quote}`.normalize('NFKC')) ?? [];
  const look = code === undefined ? '核对' : `先发「记录 ${code}」核对`;
  return { lines: [`台账暂时没有响应,本次未记录。请稍后${look},没有记录再重新发送。`] };
}

const notHandled = (id: string): Reply => ({
  lines: [`这条消息没能处理,未作记录(编号${id})。请稍后重发,或将编号告知管理员。`],
});

const NAMED = new RegExp(`(?<![\\w.])${CODE}(?![\\w.])`);

/** Names the task that the receipt would have named. */
function cannotTell(draft: Reply | null): Reply {
  const [code] = draft ? codesIn(textOf(draft)) : [];
  return { lines: [`暂不能确认是否已记录,请稍后发「记录 ${code ?? '任务编号'}」核对,勿直接重发。`] };
}

const greeting = (name: string): Reply => ({
  lines: [`整改督办助手。群内@${name} 发「帮助」可看用法,例如「我的」「总览」。`],
});

const keyOf = ({ platform, bot, id, sender }: Message): inbox.MessageKey => ({
  platform,
  bot,
  messageId: id,
  sender,
});

/** PostgreSQL stores neither NUL nor half a surrogate pair; nobody means either. */
function storable(message: Message): Message {
  const tidy = (text: string) => text.toWellFormed().replaceAll('\0', '');
  const named = (file: SentFile) => (file.name === undefined ? file : { ...file, name: tidy(file.name) });
  return {
    ...message,
    text: tidy(message.text),
    ...(message.quote === undefined ? {} : { quote: tidy(message.quote) }),
    ...(message.files ? { files: message.files.map(named) } : {}),
  };
}
