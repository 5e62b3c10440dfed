import { z } from 'zod';
import type { Reply, Target } from '../../chat/reply.ts';
import type { Attempt } from '../connection/answers.ts';
import { createLink, type Link } from '../connection/link.ts';
import type { Lines, Speech } from '../connection/protocol.ts';
import { type Door, permitted } from '../http.ts';
import { readJson, Unusable } from '../incoming.ts';
import type { Answer, Outcome, Post, Received } from '../platform.ts';
import { readCallback } from './callback.ts';
import type { Frame } from './frames.ts';
import { written } from './markdown.ts';
import { deliver } from './robot.ts';
import { type StreamSettings, streamProtocol } from './stream.ts';

export interface DingtalkLinkSettings extends StreamSettings {
  robotCode?: string | undefined;
  oapiBase: string;
  publicUrl?: string | undefined;
}

/** By the OpenAPI, where the message's own address can't be used. */
type Send = (target: Target, post: Post, now: Date) => Promise<Outcome>;

const TRIES = 4;

/**
 * DingTalk's Stream mode. A message's answer can't go in its acknowledgement: it goes to the address that came with
 * the message, or by the OpenAPI.
 */
export function createDingtalkLink(
  settings: DingtalkLinkSettings,
  send: Send,
  door: Door,
  lines: Lines,
): Link {
  const { now } = lines;
  const { link, exchange } = createLink<Speech>(lines, ({ elapsed, odd }) =>
    streamProtocol(
      settings,
      door,
      { now, elapsed },
      { call, noise: () => odd('a frame of DingTalk’s could not be read') },
    ),
  );

  function call(frame: Frame, done: (code: number) => void): void {
    const said: Said = { reply: null };
    const received = receive(frame, settings, said);
    exchange.take(received, (answer) => {
      if (answer !== null && said.reply !== null && received.is === 'message') {
        const { chat, sender } = received.message;
        const target: Target =
          chat.kind === 'group'
            ? { to: 'group', platform: 'dingtalk', chatId: chat.id }
            : { to: 'person', platform: 'dingtalk', account: sender };
        answering(target, answer, said.reply, frame);
      }
      // Its effect is in the ledger, and the answer on its way.
      done(200);
    });
  }

  function answering(target: Target, answer: Answer, reply: Reply, frame: Frame): void {
    const session = sessionOf(frame.data, settings.oapiBase);
    let tries = 0;
    exchange.give(target.to === 'group' ? target.chatId : target.account, async (): Promise<Attempt> => {
      tries += 1;
      const open = session !== undefined && now() < session.until ? session.url : undefined;
      let outcome = open && (await deliver(open, JSON.parse(answer.body), door, now()));
      // What surely did not arrive there may go another way.
      if (outcome === undefined || outcome.is === 'later' || outcome.is === 'never') {
        outcome = await send(target, { uuid: frame.messageId, reply: { ...reply, mention: [] } }, now());
      }
      if (outcome.is === 'sent') return 'done';
      if (outcome.is === 'later' && tries < TRIES) return { wait: 2_000 * 4 ** tries };
      exchange.odd(`an answer may not have arrived: ${outcome.why}`);
      return 'done';
    });
  }

  return link;
}

/** What the house replied, for the OpenAPI, which takes another form than the address does. */
interface Said {
  reply: Reply | null;
}

function receive(frame: Frame, settings: DingtalkLinkSettings, said: Said): Received {
  try {
    const message = readCallback(frame.data, settings, `connection ${frame.messageId}`);
    const answer = (reply: Reply | null): Answer => {
      said.reply = reply;
      return reply === null
        ? nothing
        : { ...nothing, body: JSON.stringify(written(reply, settings.publicUrl)) };
    };
    return { is: 'message', message, answer };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { is: 'unusable', reason: error.message, answer: nothing };
  }
}

const nothing: Answer = { status: 200, type: 'application/json', body: '' };

/** The address dies ninety minutes after the message; too close to that it isn't used any more. */
const MARGIN = 5 * 60_000;
const withSession = z.object({ sessionWebhook: z.string(), sessionWebhookExpiredTime: z.coerce.number() });

/** Only under the address that the settings name: what a message says is never followed elsewhere. */
function sessionOf(data: string, oapiBase: string): { url: URL; until: Date } | undefined {
  const carried = withSession.safeParse(readJson(data)).data;
  const url = carried && permitted(carried.sessionWebhook, oapiBase);
  return url && { url, until: new Date(carried.sessionWebhookExpiredTime - MARGIN) };
}
