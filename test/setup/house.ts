import { type Logger, pino } from 'pino';
import { expect, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import { instantOf } from '../../src/ledger/days.ts';
import type { Store } from '../../src/ledger/db.ts';
import type { Heard, SentMedia } from '../../src/platforms/sandbox/double.ts';
import type { OpenSandbox } from '../../src/sandbox.ts';
import { type Clock, createStillClock } from '../../src/time.ts';

const ZONE = 'Asia/Shanghai';

/** Chats of the sample plan. */
export const chats = {
  leaders: { platform: 'wecom', group: 'wrSampleLeaders0001' },
  office: { platform: 'wecom', group: 'wrSampleOffice0002' },
  dangwei: { platform: 'wecom', group: 'wrSampleDangwei0005' },
  system: { platform: 'dingtalk', group: 'cidSampleSystem0003==' },
  anquan: { platform: 'dingtalk', group: 'cidSampleAnquan0004==' },
  wecom: { platform: 'wecom', group: null },
  dingtalk: { platform: 'dingtalk', group: null },
} as const;
export type ChatName = keyof typeof chats;

/** What may come with a person's words. */
export interface Words {
  quote?: string;
  id?: string;
  files?: SentMedia[];
}

export interface LivingHouse {
  house: House;
  store: Store;
  clock: Clock;
  wecom: OpenSandbox['doubles']['wecom'];
  dingtalk: OpenSandbox['doubles']['dingtalk'];
  /** Somebody (by WeCom userid or DingTalk staffId) types in a chat; what the bot answers, null for silence. */
  say(chat: ChatName, user: string, text: string, more?: Words): Promise<string | null>;
  heard(chat: ChatName, user: string, text: string, more?: Words): Promise<Heard>;
  /** Sets the wall clock of Shanghai, and looks. */
  at(day: string, time: string): Promise<void>;
  /** What the bot said unasked since the last time it was asked for: chat and text. */
  pushes(): { chat: string; text: string }[];
  close(): Promise<void>;
}

/**
 * The whole of Duban on the sample plan, between doubles of both platforms, with a clock that stands where it is set.
 * What goes out to the platforms can be made to go through a `fetch` of the test's.
 */
export async function openLivingHouse(
  store: Store,
  day: string,
  time: string,
  {
    settings,
    log = pino({ level: 'silent' }),
    ...more
  }: {
    fetch?: typeof globalThis.fetch;
    settings?: NodeJS.ProcessEnv;
    door?: Door;
    log?: Logger;
  } = {},
): Promise<LivingHouse> {
  const clock = createStillClock(instantOf(day, time, ZONE));
  const config = readConfig({
    PORT: '0',
    SANDBOX: '1',
    SECRET_KEY: 'a key that only tests use',
    SHUTDOWN_GRACE_MS: '2000',
    ...settings,
  });
  const house = await openHouse({ config, store, clock, log, patience: 30_000, ...more });
  if (!house.sandbox) throw new Error('the sandbox is off');
  const { doubles } = house.sandbox;
  if (more.door === 'connection') await connect(house);
  const seen = { wecom: 0, dingtalk: 0 };

  async function heard(chat: ChatName, user: string, text: string, more = {}): Promise<Heard> {
    const { platform, group } = chats[chat];
    const name = `@督办 ${text}`;
    return doubles[platform].say({
      chat: group === null ? 'single' : { group },
      user,
      text: group === null ? text : name,
      ...more,
    });
  }

  return {
    house,
    store,
    clock,
    ...doubles,
    heard,
    say: async (...words) => (await heard(...words)).answer,
    at: async (toDay, toTime) => {
      clock.move(instantOf(toDay, toTime, ZONE).getTime() - clock.now().getTime());
      await house.beat.look();
    },
    pushes: () =>
      (['wecom', 'dingtalk'] as const).flatMap((platform) => {
        const lines = doubles[platform].lines();
        const fresh = lines.slice(seen[platform]);
        seen[platform] = lines.length;
        return fresh
          .filter((line) => line.from === null && line.answers === undefined)
          .map((line) => ({ chat: nameOf(platform, line.chat), text: line.text }));
      }),
    close: async () => {
      await house.close();
      await store.close();
    },
  };
}

/** How messages come in. */
export type Door = 'hook' | 'connection';

/** Opens the long connections, through which all messages go from now on. */
export async function connect(
  house: House,
  states: object = { wecom: 'ready', dingtalk: 'ready' },
): Promise<void> {
  house.connections.start();
  await vi.waitFor(() => expect(house.connections.states()).toEqual(states), {
    timeout: 20_000,
    interval: 10,
  });
  for (const double of Object.values(house.sandbox?.doubles ?? {})) double.through('connection');
}

/** Fetch that gives up sooner than the product would have it. */
export const impatient =
  (milliseconds: number): typeof globalThis.fetch =>
  (input, init) =>
    globalThis.fetch(input, { ...init, signal: AbortSignal.timeout(milliseconds) });

function nameOf(platform: string, chat: { group: string } | { single: string }): string {
  if ('single' in chat) return chat.single;
  const found = Object.entries(chats).find(
    ([, each]) => each.platform === platform && each.group === chat.group,
  );
  return found?.[0] ?? chat.group;
}
