import { pino } from 'pino';
import type { PlatformName } from '../../src/chat/message.ts';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { Store } from '../../src/ledger/db.ts';
import type { Clock } from '../../src/time.ts';
import { dingtalkCall, dingtalkText, openDingtalkAnswer } from '../clients/dingtalk.ts';
import { aiBotText, openWecomAnswer, type Said, shownIn, wecomCall } from '../clients/wecom.ts';

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
  DINGTALK_APP_SECRET: secret,
  DINGTALK_ROBOT_CODE: 'dingrobot',
};

/** The whole product on a store, for whoever calls its hooks. */
export const openHooks = (store: Store, clock: Clock): Promise<House> =>
  openHouse({ config: readConfig(settings), store, clock, log: pino({ level: 'silent' }) });

export interface Words extends Said {
  platform: PlatformName;
  /** Whom DingTalk says that it is for, where that is not the product. */
  robot?: string;
}

/** `unanswered` is everything that a platform doesn't take for an answer; `refused`: it didn't even arrive. */
export type Heard = { is: 'answered'; text: string } | { is: 'unanswered' | 'refused' };

/** WeCom hangs up after so many milliseconds. */
const PATIENCE = 5_000;

/** One delivery of a message to the real hook, signed anew, and the words of its answer. */
export async function say(address: string, words: Words, now: Date): Promise<Heard> {
  const { headers, query, body } =
    words.platform === 'wecom'
      ? wecomCall({ ...wecom, plaintext: aiBotText(words), now })
      : dingtalkCall({ secret, body: dingtalkText(words, now, words.robot), now });
  try {
    const answer = await fetch(`${address}/hooks/${words.platform}?${query}`, {
      method: 'POST',
      headers: inPairs(headers),
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await answer.text();
    return answer.status === 200
      ? { is: 'answered', text: read(words.platform, text) }
      : { is: 'unanswered' };
  } catch (error) {
    return { is: codeOf(error) === 'ECONNREFUSED' ? 'refused' : 'unanswered' };
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
