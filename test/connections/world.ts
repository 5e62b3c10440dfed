import { onTestFinished } from 'vitest';
import { chatKey, type PlatformName } from '../../src/chat/message.ts';
import { readConfig } from '../../src/config.ts';
import type { Host, Link } from '../../src/platforms/connection/link.ts';
import type { Lines, LinkStatus } from '../../src/platforms/connection/protocol.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { createDingtalkDouble, type DingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import type { Double } from '../../src/platforms/sandbox/double.ts';
import { createWecomDouble, type WecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import { type Clock, createStillClock } from '../../src/time.ts';
import { createHands, type Hands } from './hands.ts';
import { createMemory, type Memory } from './memory.ts';

const people = [
  { account: 'chief', name: '科长' },
  { account: 'clerk', name: '内勤' },
];
const groups = [{ chat: 'wrGroup', name: '群' }];
const app = { appKey: 'dingapp', appSecret: 'a secret that only tests use', robotCode: 'dingapp' };
const bot = { botId: 'aibTest', botSecret: 'another one' };

export interface World {
  /** The double's address. */
  base: string;
  platform: Platform;
  link: Link;
  double: Double;
  wecom: WecomDouble;
  dingtalk: DingtalkDouble;
  memory: Memory;
  hands: Hands;
  clock: Clock;
  /** Ids of the messages that came to the house, each as often as it came. */
  heard: string[];
  states: LinkStatus['state'][];
  /** Milliseconds of passing time at which attempts began. */
  tries: number[];
  /** What the operator's log is told. */
  oddities: string[];
  /** The house takes so many milliseconds for a call. */
  slow(milliseconds: number): void;
  /** Every answer that people saw. */
  answers(): string[];
  /** The chief says something to the bot in the group; what comes of it, the lines show. */
  say(text: string, id?: string): void;
  attempts(): number;
}

/** One platform's link and its double, on sockets and time that a test has in its hands. The house is of paper. */
export async function openWorld(
  name: PlatformName,
  settings: Record<string, string> = {},
  behind?: (lines: Lines) => Host['serve'],
): Promise<World> {
  const clock = createStillClock(new Date('2026-04-09T10:00:00+08:00'));
  const surroundings = { clock, deliver: 'http://127.0.0.1:1', botName: '督办', groups, people };
  const keys = { token: 'Token', aesKey: 'x'.repeat(43) };
  const wecom = createWecomDouble({ ...surroundings, ...keys, ...bot });
  const dingtalk = createDingtalkDouble({ ...surroundings, ...app });
  const double: Double = name === 'wecom' ? wecom : dingtalk;
  double.through('connection');
  const base = await double.listen();
  const memory = createMemory(double.sockets);
  const calls = { open: 0 };
  const hands = createHands(clock, () => calm(calls));
  const config = readConfig({
    DINGTALK_APP_KEY: app.appKey,
    DINGTALK_APP_SECRET: app.appSecret,
    DINGTALK_STREAM: '1',
    DINGTALK_API_BASE: base,
    DINGTALK_OAPI_BASE: base,
    WECOM_BOT_ID: bot.botId,
    WECOM_BOT_SECRET: bot.botSecret,
    ...settings,
  });
  const counted: typeof globalThis.fetch = async (...call) => {
    calls.open += 1;
    return fetch(...call).finally(() => {
      calls.open -= 1;
    });
  };
  const random = createDice();
  const lines = { dial: memory.dial, timers: hands, random, now: clock.now };
  const platform = createPlatforms(config, counted, lines)[name];
  const { link } = platform;
  if (!link) throw new Error('there is no link');
  const heard: string[] = [];
  const states: LinkStatus['state'][] = [];
  const tries: number[] = [];
  const oddities: string[] = [];
  let delay = 0;
  const house = paperHouse(heard, states, () => tries.push(hands.now()));
  const serve = behind?.(lines) ?? house.serve;
  link.open({
    ...house,
    odd: (what) => oddities.push(what),
    serve: async (received) => {
      if (delay > 0) await new Promise<void>((resolve) => hands.after(delay, resolve));
      calls.open += 1;
      return serve(received).finally(() => {
        calls.open -= 1;
      });
    },
  });
  onTestFinished(async () => {
    const closing = link.close(0);
    await hands.pass(2_000);
    await closing;
    await double.close();
  });
  return {
    ...{
      base,
      platform,
      link,
      double,
      wecom,
      dingtalk,
      memory,
      hands,
      clock,
      heard,
      states,
      tries,
      oddities,
    },
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    answers: () => double.lines().flatMap(({ from, text }) => (from === null ? [text.trim()] : [])),
    say: (text, id) =>
      void double.say({
        chat: { group: 'wrGroup' },
        user: 'chief',
        text: `@督办 ${text}`,
        ...(id === undefined ? {} : { id }),
      }),
    attempts: () => link.status().attempts,
  };
}

/** Answers each message with its words, once. */
function paperHouse(heard: string[], states: LinkStatus['state'][], tried: () => void): Host {
  return {
    serve: async (received) => {
      if (received.is !== 'message')
        return received.is === 'greeting' ? received.answer({ lines: ['你好'] }) : null;
      const { message } = received;
      const again = heard.includes(message.id);
      heard.push(message.id);
      const text = message.text.replace('@督办', '').trim();
      return again ? null : received.answer({ lines: [`${text} 已记录 ${chatKey(message).length}`] });
    },
    changed: ({ state }) => {
      states.push(state);
      if (state === 'opening') tried();
    },
    odd: () => {},
  };
}

/** What lies between each moment and the next. */
export const gaps = (moments: number[]): number[] =>
  moments.slice(1).map((at, index) => at - (moments[index] ?? 0));

/** Until nothing moves any more without the hands: no call is open, and what came of the last one has been seen to. */
async function calm(calls: { open: number }): Promise<void> {
  for (let still = 0; still < 3; still += calls.open === 0 ? 1 : 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same chances each time. */
export function createDice(seed = 20_260_409): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
