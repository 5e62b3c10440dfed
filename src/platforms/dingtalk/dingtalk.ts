import type { Reply } from '../../chat/reply.ts';
import type { Fetch } from '../http.ts';
import { checkMoment, checkSame, only, readUtf8, Unusable } from '../incoming.ts';
import { type Answer, type Call, Forged, type Platform, type Received } from '../platform.ts';
import { readCallback } from './callback.ts';
import { markdown } from './markdown.ts';
import { createPush, type PushSettings } from './push.ts';
import { sign } from './sign.ts';

export type DingtalkSettings = PushSettings;

/** DingTalk (钉钉): the app robot's callbacks, the group robot's addresses and the OpenAPI. */
export function createDingtalk(settings: DingtalkSettings, fetch: Fetch): Platform {
  return { receive: (call, now) => receive(call, now, settings), ...createPush(settings, fetch) };
}

function receive(call: Call, now: Date, settings: DingtalkSettings): Received {
  const { appSecret } = settings;
  if (!appSecret) throw new Forged('no credentials');
  if (call.method !== 'POST') throw new Forged('method');
  const timestamp = only(valuesOf(call.headers, 'timestamp'), 'timestamp');
  const signature = only(valuesOf(call.headers, 'sign'), 'sign');
  if (!/^[1-9]\d{11,13}$/.test(timestamp)) throw new Forged('timestamp');
  checkMoment(Number(timestamp), now);
  checkSame(signature, sign(timestamp, appSecret));
  try {
    const message = readCallback(readUtf8(call.body), settings, `${timestamp} ${signature}`);
    if (message === undefined) return { is: 'settled', answer: answer({ msgtype: 'empty' }) };
    return { is: 'message', message, answer: (reply) => answer(written(reply, settings)) };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { is: 'unusable', reason: error.message, answer: answer({ msgtype: 'empty' }) };
  }
}

const answer = (json: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(json),
});

const valuesOf = (headers: readonly string[], name: string): string[] =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);

/** Nobody is mentioned in an answer: the platform shows it under the question. */
function written(reply: Reply | null, settings: DingtalkSettings): unknown {
  if (reply === null) return { msgtype: 'empty' };
  return { msgtype: 'markdown', markdown: markdown({ ...reply, mention: [] }, settings.publicUrl) };
}
