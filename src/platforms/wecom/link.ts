import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Reply, Target } from '../../chat/reply.ts';
import { createLink, type Link } from '../connection/link.ts';
import type { Lines } from '../connection/protocol.ts';
import { later, never, tooLate } from '../http.ts';
import { Unusable } from '../incoming.ts';
import { page } from '../page.ts';
import type { Answer, Outcome, Post, Received } from '../platform.ts';
import { limits, write } from './answer.ts';
import { gone } from './ask.ts';
import { readCallback } from './callback.ts';
import { BUSY, type Fate, next, TOO_OFTEN } from './fate.ts';
import type { Frame } from './frames.ts';
import { handOver } from './handOver.ts';
import { createPace } from './pace.ts';
import { type Ack, type LinkSettings, UNSUBSCRIBED, type WecomSpeech, wecomProtocol } from './speech.ts';

/** WeCom's AI bot over its long connection: answers to those who write, and pushes to whoever has written before. */
export interface WecomLink {
  link: Link;
  send(target: Target, post: Post, now: Date): Promise<Outcome>;
  /** Whether it stands in this process. */
  stands(): boolean;
}

/** WeCom takes an answer for a day; one that comes after an hour would only puzzle its reader. */
const STALE = 60 * 60_000;
/** A welcome it takes for five seconds. */
const WELCOME = 5_000;

/** There is no such chat: the id came from WeCom itself, so the chat has gone, or the bot from it. */
const NO_CHAT = 93_006;

export function createWecomLink(
  settings: LinkSettings,
  publicUrl: string | undefined,
  lines: Lines,
): WecomLink {
  const pace = createPace(() => lines.now().getTime());
  const { link, exchange } = createLink<WecomSpeech>(lines, ({ alarm, ...rest }) =>
    wecomProtocol(settings, alarm, {
      call,
      subscribed: rest.resume,
      noise: () => rest.odd('a frame of WeCom’s could not be read'),
    }),
  );

  function call(frame: Frame): void {
    const since = exchange.elapsed();
    const received = receive(frame, settings.botId, publicUrl, lines.now);
    exchange.take(received, (answer) => {
      if (answer === null || answer.body === '') return;
      if (received.is === 'message') {
        const { chat, sender } = received.message;
        answering(chat.kind === 'group' ? chat.id : sender, { frame, since }, answer, 'aibot_respond_msg');
      } else if (received.is === 'greeting') {
        answering(`welcome ${frame.reqId}`, { frame, since }, answer, 'aibot_respond_welcome_msg');
      }
    });
  }

  /** The answer goes by the call's own number, and is attempted until WeCom has it or it is sure that it won't take it. */
  function answering(
    chat: string,
    { frame, since }: { frame: Frame; since: number },
    answer: Answer,
    cmd: string,
  ): void {
    const body: object = JSON.parse(answer.body);
    const fate: Fate = { tries: 0, doubt: false, anew: false, welcome: cmd !== 'aibot_respond_msg' };
    exchange.give(chat, async () => {
      const speech = exchange.speech();
      if (exchange.elapsed() - since > (fate.welcome ? WELCOME : STALE)) return 'done';
      if (!speech) return fate.welcome ? 'done' : 'parked';
      const wait = pace.wait(chat);
      if (wait > 0) return { wait };
      pace.spend(chat);
      fate.tries += 1;
      const ack = fate.anew
        ? await speech.ask('aibot_send_msg', { chatid: chat, ...asMessage(body) })
        : await speech.ask(cmd, body, frame.reqId);
      if (ack.is === 'silent') exchange.odd('WeCom did not confirm an answer');
      return next(ack, fate, exchange.odd);
    });
  }

  async function send(target: Target, post: Post, at: Date): Promise<Outcome> {
    const speech = exchange.speech();
    const chat = target.to === 'group' ? target.chatId : target.account;
    if (!speech) return later(at, 30, 'not connected');
    const wait = pace.wait(chat);
    if (wait > 0) return later(at, Math.ceil(wait / 1000), 'budget of the chat', true);
    const message = await compose(speech, post, publicUrl, at);
    if (message.is !== 'message') return message;
    if (post.until !== undefined && post.until <= performance.now()) return tooLate(at, 'aibot_send_msg');
    pace.spend(chat);
    const chatType = target.to === 'group' ? 2 : 1;
    return judge(
      await speech.ask('aibot_send_msg', { chatid: chat, chat_type: chatType, ...message.body }),
      at,
    );
  }

  return { link, send, stands: () => exchange.speech() !== undefined };
}

/** A frame as the house reads it: the same callback as a hook's, with an answer that isn't sealed. */
function receive(frame: Frame, botId: string, publicUrl: string | undefined, now: () => Date): Received {
  try {
    const body = z.record(z.string(), z.unknown()).safeParse(frame.body);
    if (!body.success) throw new Unusable('回调没有正文');
    // The connection itself says whom it is for; the id stands in the message so that a hook's copy is the same one.
    const text = JSON.stringify({ aibotid: botId, ...body.data });
    const heard = readCallback(text, { receiveId: '' }, `connection ${frame.reqId}`);
    if (heard.is === 'settled') return { is: 'settled', answer: nothing };
    const answer = (reply: Reply | null): Answer =>
      reply === null ? nothing : { ...nothing, body: write(heard, reply, now(), publicUrl) };
    return heard.is === 'message'
      ? { is: 'message', message: heard.message, answer }
      : { is: 'greeting', answer };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { is: 'unusable', reason: error.message, answer: nothing };
  }
}

const nothing: Answer = { status: 200, type: 'application/json', body: '' };

const stream = z.object({ stream: z.object({ content: z.string() }) });

/** An answer's words as a message of their own. */
function asMessage(body: object): object {
  const content = stream.safeParse(body).data?.stream.content ?? '';
  return { msgtype: 'markdown', markdown: { content } };
}

/** Words as markdown, a picture or a file by what its upload gives; or how the upload ended. */
async function compose(
  speech: WecomSpeech,
  { reply, enclosure }: Post,
  publicUrl: string | undefined,
  now: Date,
): Promise<{ is: 'message'; body: object } | Outcome> {
  if (enclosure === undefined) {
    const content = page(reply, { limit: limits.stream, lineEnd: '  ', publicUrl });
    return { is: 'message', body: { msgtype: 'markdown', markdown: { content } } };
  }
  const media = await handOver(speech, enclosure);
  if (media.is === 'media') {
    return { is: 'message', body: { msgtype: media.type, [media.type]: { media_id: media.id } } };
  }
  const outcome = judge(media, now, 'aibot_upload');
  // Nothing was shown yet, whatever became of the upload.
  return outcome.is === 'never' ? outcome : later(now, 60, 'upload not finished');
}

function judge(ack: Ack, now: Date, what = 'aibot_send_msg'): Outcome {
  if (ack.is !== 'said') return { is: 'unknown', why: `${ack.is} ${what}` };
  const why = `errcode ${ack.code} ${what}`;
  if (ack.code === 0) return { is: 'sent' };
  if (ack.code === TOO_OFTEN) return later(now, 60, why, true);
  if (ack.code === UNSUBSCRIBED || BUSY.includes(ack.code)) return later(now, 30, why);
  return never(why, ack.code === NO_CHAT || gone.includes(ack.code));
}

/** Each chat has a budget of its own. */
export const chatRobot = (target: Target): string => {
  const chat = target.to === 'group' ? target.chatId : target.account;
  return `wecom:chat:${createHash('sha256').update(chat).digest('hex').slice(0, 12)}`;
};
