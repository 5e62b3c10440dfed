import type { Lines } from '../connection/protocol.ts';
import type { Fetch } from '../http.ts';
import { checkMoment, checkSame, only, readUtf8, Unusable } from '../incoming.ts';
import { type Answer, type Call, Forged, type Platform, type Received } from '../platform.ts';
import { readCallback } from './callback.ts';
import { createDingtalkLink } from './link.ts';
import { written } from './markdown.ts';
import { createPush, type PushSettings } from './push.ts';
import { sign } from './sign.ts';

export interface DingtalkSettings extends PushSettings {
  /** Whether messages come over a connection of our own (Stream mode). */
  stream?: boolean | undefined;
}

/** DingTalk (钉钉): the app robot's callbacks, the group robot's addresses and the OpenAPI. */
export function createDingtalk(settings: DingtalkSettings, fetch: Fetch, lines?: Lines): Platform {
  const push = createPush(settings, fetch);
  const { stream, appKey, appSecret } = settings;
  const link =
    lines && stream && appKey && appSecret
      ? createDingtalkLink({ ...settings, appKey, appSecret }, push.send, { fetch }, lines)
      : undefined;
  return { receive: (call, now) => receive(call, now, settings), ...push, ...(link ? { link } : {}) };
}

function receive(call: Call, now: Date, settings: DingtalkSettings): Received {
  const { appSecret } = settings;
  if (!appSecret) throw new Forged('no credentials');
  if (call.method !== 'POST') throw new Forged('method');
  const one = (name: string) => only(valuesOf(call.headers, name), name);
  const [timestamp, signature] = [one('timestamp'), one('sign')];
  if (!/^[1-9]\d{11,13}$/.test(timestamp)) throw new Forged('timestamp');
  checkMoment(Number(timestamp), now);
  checkSame(signature, sign(timestamp, appSecret));
  try {
    const message = readCallback(readUtf8(call.body), settings, `${timestamp} ${signature}`);
    return { is: 'message', message, answer: (reply) => answer(written(reply, settings.publicUrl)) };
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
