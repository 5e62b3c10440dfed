import { pino } from 'pino';
import type { PlatformName } from '../../src/chat/message.ts';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { Store } from '../../src/ledger/db.ts';
import type { Clock } from '../../src/time.ts';
import { dingtalkCall, dingtalkText, openDingtalkAnswer } from '../clients/dingtalk.ts';
import {
  aiBotText,
  type HttpCall,
  openWecomAnswer,
  type Said,
  shownIn,
  wecomCall,
} from '../clients/wecom.ts';

const wecom = { token: 'CrashToken', aesKey: 'CrashKey0123456789abcdefghijklmnopqrstuvwxy' };
const secret = 'a secret that only tests use';

/** What the product is started with, so that `say` can sign for both platforms. */
export const settings = {
  PORT: '0',
  SANDBOX: '1',
  SECRET_KEY: 'a key that only tests use',
  SHUTDOWN_GRACE_MS: '2000',
  WECOM_TOKEN: wecom.token,
  WECOM_AES_KEY: wecom.aesKey,
  DINGTALK_APP_KEY: 'dingtests',
  DINGTALK_APP_SECRET: secret,
  DINGTALK_ROBOT_CODE: 'dingrobot',
};

/**
 * The whole product on a store, for whoever calls its hooks. `patience` are the milliseconds that a message may take,
 * where that is not what is tested.
 */
export const openHooks = (store: Store, clock: Clock, patience?: number): Promise<House> =>
  openHouse({
    config: readConfig(settings),
    ...{ store, clock, log: pino({ level: 'silent' }) },
    ...(patience === undefined ? {} : { patience }),
  });

export interface Words extends Said {
  platform: PlatformName;
  /** Which bot the platform says that it is for, where that is not the usual one. */
  robot?: string;
}

/** `unanswered` is everything that a platform doesn't take for an answer; `refused`: it didn't even arrive. */
export type Heard = { is: 'answered'; text: string } | { is: 'unanswered' | 'refused' };

/** WeCom hangs up after so many milliseconds. */
const PATIENCE = 5_000;

/** One delivery of a message to the real hook, signed anew, and the words of its answer. */
export async function say(address: string, words: Words, now: Date, patience = PATIENCE): Promise<Heard> {
  const call =
    words.platform === 'wecom'
      ? wecomCall({ ...wecom, plaintext: aiBotText(words, words.robot), now })
      : dingtalkCall({ secret, body: dingtalkText(words, now, words.robot), now });
  const answer = await post(`${address}/hooks/${words.platform}?${call.query}`, call, patience);
  if (typeof answer === 'string') return { is: answer };
  if (answer.status !== 200) return { is: 'unanswered' };
  return { is: 'answered', text: read(words.platform, answer.body) };
}

async function post(
  url: string,
  { headers, body }: HttpCall,
  patience: number,
): Promise<{ status: number; body: string } | 'unanswered' | 'refused'> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: inPairs(headers),
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED' ? 'refused' : 'unanswered';
  }
}

function read(platform: PlatformName, body: string): string {
  const text =
    platform === 'wecom'
      ? shownIn(openWecomAnswer(wecom, body).plaintext)
      : (openDingtalkAnswer(body).markdown?.text ?? '');
  return text.replaceAll(/ +$/gm, '');
}

const inPairs = (headers: string[]): [string, string][] =>
  headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1] ?? ''] satisfies [string, string]] : [],
  );

const codeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause
    ? error.cause.code
    : undefined;
