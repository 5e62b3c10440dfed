import { eq } from 'drizzle-orm';
import { type Logger, pino } from 'pino';
import { expect, vi } from 'vitest';
import { chatKey } from '../../src/chat/message.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/house.ts';
import { instantOf } from '../../src/ledger/days.ts';
import type { Store } from '../../src/ledger/db.ts';
import { accounts, groups, metChats, plans } from '../../src/ledger/schema.ts';
import { dialSocket } from '../../src/platforms/connection/wire.ts';
import type { Heard, SentMedia } from '../../src/platforms/sandbox/double.ts';
import type { OpenSandbox } from '../../src/sandbox.ts';
import { type Clock, createStillClock, realTimers, type Timers } from '../../src/time.ts';

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
  door: Door;
  /** Its settings, with the doubles in the place of the platforms. */
  config: Config;
  store: Store;
  clock: Clock;
  wecom: OpenSandbox['doubles']['wecom'];
  dingtalk: OpenSandbox['doubles']['dingtalk'];
  /** Somebody (by WeCom userid or DingTalk staffId) types in a chat; what the bot answers, null for silence. */
  say(chat: ChatName, user: string, text: string, more?: Words): Promise<string | null>;
  heard(chat: ChatName, user: string, text: string, more?: Words): Promise<Heard>;
  /** Sets the wall clock of Shanghai, and looks. */
  at(day: string, time: string): Promise<void>;
  /** The clock looks, over connections that stand. */
  look(): Promise<void>;
  /** What the bot said unasked since the last time it was asked for: chat and text. */
  pushes(): { chat: string; text: string }[];
  close(): Promise<void>;
}

export interface Settings {
  fetch?: typeof globalThis.fetch;
  settings?: NodeJS.ProcessEnv;
  door?: Door;
  /** Over WeCom's connection nobody has spoken with the bot yet. */
  strangers?: boolean;
  /** The connections' time. */
  timers?: Timers;
  log?: Logger;
}

/**
 * The whole of Duban on the sample plan, between doubles of both platforms, with a clock that stands where it is set.
 * What goes out to the platforms can be made to go through a `fetch` of the test's. Through the door `connection` it
 * has no address that anybody reaches, no app and no group robot: on WeCom all goes over the connection, in chats that
 * know the bot already.
 */
export async function openLivingHouse(
  store: Store,
  day: string,
  time: string,
  {
    settings,
    door = usualDoor,
    strangers = false,
    timers = realTimers,
    log = pino({ level: 'silent' }),
    ...more
  }: Settings = {},
): Promise<LivingHouse> {
  const clock = createStillClock(instantOf(day, time, ZONE));
  const common = { SECRET_KEY: 'a key that only tests use', SHUTDOWN_GRACE_MS: '2000', ...settings };
  const lines = { dial: dialSocket, timers, random: Math.random, now: clock.now };
  const parts = { store, clock, log, patience: 30_000, lines, ...more };
  const stage = await openHouse({ config: readConfig({ PORT: '0', SANDBOX: '1', ...common }), ...parts });
  if (!stage.sandbox) throw new Error('the sandbox is off');
  const { doubles } = stage.sandbox;
  const config = door === 'hook' ? stage.sandbox.config : behindFirewall(stage.sandbox.config, common);
  const house = door === 'hook' ? stage : await openHouse({ config, ...parts });
  if (door === 'connection') {
    // A group of the sample's has the address of a double's robot.
    await store.db.update(plans).set({ sample: false });
    if (!strangers) await introduce(store, doubles.wecom, clock);
    await connect(house);
    for (const double of Object.values(doubles)) double.through('connection');
  }
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

  /** Not of one that refuses. */
  const wanted = (name: 'wecom' | 'dingtalk') =>
    doubles[name].fault()?.fault === 'refuse' ? expect.anything() : 'ready';

  async function look(): Promise<void> {
    if (door === 'connection') await stand(house, { wecom: wanted('wecom'), dingtalk: wanted('dingtalk') });
    await house.beat.look();
  }

  return {
    ...{ house, door, config, store, clock, look },
    ...doubles,
    heard,
    say: async (...words) => (await heard(...words)).answer,
    at: async (toDay, toTime) => {
      clock.move(instantOf(toDay, toTime, ZONE).getTime() - clock.now().getTime());
      await look();
    },
    pushes: () =>
      (['wecom', 'dingtalk'] as const).flatMap((platform) => {
        const lines = doubles[platform].lines();
        const fresh = lines.slice(seen[platform]);
        seen[platform] = lines.length;
        return fresh
          .filter((line) => line.from === null && line.answers === undefined)
          .map((line) => ({ chat: nameOf(platform, line.chat), text: line.text.replace(/ +$/gm, '') }));
      }),
    close: async () => {
      if (house !== stage) await house.close();
      await stage.close();
      await store.close();
    },
  };
}

/** What an operator sets who has no address that the platforms reach. */
function behindFirewall(doubles: Config, common: NodeJS.ProcessEnv): Config {
  return readConfig({
    ...{ PORT: '0', HOST: '127.0.0.1', SANDBOX: '0', DINGTALK_STREAM: '1', ...common },
    ...pick(doubles, 'WECOM_BOT_ID', 'WECOM_BOT_SECRET', 'WECOM_WS_URL', 'WECOM_API_BASE'),
    ...pick(doubles, 'DINGTALK_APP_KEY'),
    ...pick(doubles, 'DINGTALK_APP_SECRET', 'DINGTALK_ROBOT_CODE', 'DINGTALK_API_BASE', 'DINGTALK_OAPI_BASE'),
  });
}

const pick = (config: Config, ...names: (keyof Config)[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.map((name) => [name, String(config[name])]));

/** Every group and every person has spoken with the bot over the connection before. */
async function introduce({ db }: Store, { gateway }: LivingHouse['wecom'], clock: Clock): Promise<void> {
  const people = await db.select().from(accounts).where(eq(accounts.platform, 'wecom'));
  const places = await db.select().from(groups).where(eq(groups.platform, 'wecom'));
  gateway.know([...people.map(({ account }) => account), ...places.map(({ chatId }) => chatId)]);
  const chats = [
    ...people.map(({ account }) => ({ chat: { kind: 'single' as const }, sender: account })),
    ...places.map(({ chatId }) => ({ chat: { kind: 'group' as const, id: chatId }, sender: '' })),
  ];
  const rows = chats.map((each) => ({ chat: chatKey({ platform: 'wecom', ...each }), at: clock.now() }));
  await db.insert(metChats).values(rows).onConflictDoNothing();
}

/** How messages come in, and where there is a choice how they go out. */
export type Door = 'hook' | 'connection';

/** `TEST_DOOR=connection` takes through the connection what says nothing of a door. */
const usualDoor: Door = process.env.TEST_DOOR === 'connection' ? 'connection' : 'hook';

/** Opens the long connections. */
export async function connect(house: House, states?: object): Promise<void> {
  house.connections.start();
  await stand(house, states);
}

/** Resolves when the connections stand. */
const stand = (house: House, states: object = { wecom: 'ready', dingtalk: 'ready' }) =>
  vi.waitFor(() => expect(house.connections.states()).toEqual(states), { timeout: 20_000, interval: 10 });

/** Time that passes so many times as fast. */
export const hurried = (times: number): Timers => ({
  now: () => realTimers.now() * times,
  after: (milliseconds, call) => realTimers.after(milliseconds / times, call),
});

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
