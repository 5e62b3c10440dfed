import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { asc, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { chatKey } from '../../../src/chat/message.ts';
import type { Reply, Target } from '../../../src/chat/reply.ts';
import { readConfig } from '../../../src/config.ts';
import { type House, openHouse } from '../../../src/house.ts';
import { instantOf } from '../../../src/ledger/days.ts';
import { storeOn } from '../../../src/ledger/db/pglite.ts';
import type { Store } from '../../../src/ledger/db.ts';
import { type Letter, type NewLetter, put } from '../../../src/ledger/outbox.ts';
import { keep } from '../../../src/ledger/papers.ts';
import { groupsOf } from '../../../src/ledger/people.ts';
import { loadPlan, samplePlan } from '../../../src/ledger/plan/load.ts';
import { groups, letters, metChats } from '../../../src/ledger/schema.ts';
import { createSeal } from '../../../src/ledger/seal.ts';
import { createPlatforms } from '../../../src/platforms/index.ts';
import { createDingtalkDouble, type DingtalkDouble } from '../../../src/platforms/sandbox/dingtalk/double.ts';
import { createWecomDouble, type WecomDouble } from '../../../src/platforms/sandbox/wecom/double.ts';
import { type Clock, createStillClock } from '../../../src/time.ts';
import { createHands, type Hands } from '../../connections/hands.ts';
import { createMemory } from '../../connections/memory.ts';
import { createWire, type Wire } from './wire.ts';

const ZONE = 'Asia/Shanghai';
const SECRET_KEY = 'a key that only tests use';
const app = { corpId: 'wwFaults', agentId: 7, secret: 'the secret of an app' };
const bot = { botId: 'aibFaults', botSecret: 'the secret of a bot' };
const keys = { token: 'Token', aesKey: 'x'.repeat(43) };
const ding = { appKey: 'dingfaults', appSecret: 'the secret of another app', robotCode: 'dingfaults' };

/** Where a letter goes: a group of the plan, or somebody's account. */
export type To = { group: string } | { wecom: string } | { dingtalk: string };

export interface World {
  store: Store;
  clock: Clock;
  hands: Hands;
  wire: Wire;
  wecom: WecomDouble;
  dingtalk: DingtalkDouble;
  /** Puts a letter that is due now. Its text begins with its name, or it is a file of that name. */
  write(to: To, name: string, more?: { bytes?: number; once?: boolean; file?: boolean }): Promise<void>;
  rows(): Promise<Letter[]>;
  /** The beat: once a minute, whatever the looks before are still at. */
  look(): void;
  /** Another process takes this one's place, and knows what the database tells it. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The whole of Duban between doubles, on a database and a clock of its own; all time is the hands'. */
export async function openWorld(
  door: 'hook' | 'connection',
  open: () => Promise<PGlite> = async () => PGlite.create(),
): Promise<World> {
  const clock = createStillClock(instantOf('2026-01-09', '09:10', ZONE));
  let asking = 0;
  const client = counted(await open(), (by) => {
    asking += by;
  });
  const store = await storeOn(client);
  const calm = async () => {
    for (let still = 0; still < 4; still = asking + wire.busy() === 0 ? still + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const hands = createHands(clock, calm);
  const wire = createWire(hands);
  const timeout = AbortSignal.timeout;
  AbortSignal.timeout = (milliseconds) => {
    const ending = new AbortController();
    hands.after(milliseconds, () => ending.abort(new DOMException('time is up', 'TimeoutError')));
    return ending.signal;
  };

  const plan = samplePlan();
  const planId = await store.db.transaction((tx) =>
    loadPlan(tx, plan, clock.now(), { sample: door === 'hook' }),
  );
  await store.db.insert(groups).values({
    ...{ planId, code: 'caiwu', name: '财务科群', platform: 'dingtalk', chatId: 'cidCaiwu==' },
    audience: 'section',
  });
  const surroundings = (platform: 'wecom' | 'dingtalk') => ({
    ...{ clock, deliver: 'http://127.0.0.1:1', botName: '督办' },
    groups: [...plan.groups, { code: 'caiwu', platform: 'dingtalk', chat_id: 'cidCaiwu==', name: '财务科群' }]
      .filter((group) => group.platform === platform)
      .map((group) => ({ chat: group.chat_id, name: group.name, key: `sample-${group.code}` })),
    people: plan.people.flatMap(({ name, accounts }) =>
      accounts[platform] ? [{ name, account: accounts[platform] }] : [],
    ),
  });
  const wecom = createWecomDouble({ ...surroundings('wecom'), ...keys, ...bot, app });
  const dingtalk = createDingtalkDouble({ ...surroundings('dingtalk'), ...ding });
  const bases = { wecom: await wecom.listen(), dingtalk: await dingtalk.listen() };
  const seal = createSeal(SECRET_KEY);
  for (const code of ['anquan', 'caiwu']) {
    const sealedAddress = seal.close(`${bases.dingtalk}/robot/send?access_token=sample-${code}`);
    await store.db.update(groups).set({ sealedAddress }).where(eq(groups.code, code));
  }
  const folder = await mkdtemp(join(tmpdir(), 'duban-faults-'));
  const config = readConfig({
    ...{
      PORT: '0',
      HOST: '127.0.0.1',
      SANDBOX: '0',
      SECRET_KEY,
      DATA_DIR: folder,
      SHUTDOWN_GRACE_MS: '1000',
    },
    ...{ WECOM_API_BASE: bases.wecom, DINGTALK_API_BASE: bases.dingtalk, DINGTALK_OAPI_BASE: bases.dingtalk },
    ...{ DINGTALK_APP_KEY: ding.appKey, DINGTALK_APP_SECRET: ding.appSecret },
    ...(door === 'hook'
      ? { WECOM_CORP_ID: app.corpId, WECOM_AGENT_ID: String(app.agentId), WECOM_APP_SECRET: app.secret }
      : { WECOM_BOT_ID: bot.botId, WECOM_BOT_SECRET: bot.botSecret, WECOM_WS_URL: 'ws://127.0.0.1:1' }),
  });
  const lines = {
    dial: wire.between(createMemory(wecom.sockets).dial),
    timers: hands,
    random: () => 0.5,
    now: clock.now,
  };
  if (door === 'connection') await introduce(store, wecom, clock, plan);
  let house = await start();
  const rooms = await groupsOf(store.db, planId);
  const platforms = createPlatforms(config, wire.fetch, lines);

  async function start(): Promise<House> {
    const log = pino({ level: 'silent' });
    const opened = await openHouse({ config, store, clock, lines, fetch: wire.fetch, log });
    opened.beat.start('hand');
    if (door === 'connection') {
      opened.connections.start();
      await hands.pass(5_000);
    }
    return opened;
  }

  /** Takes as much of the simulated time as it needs. */
  async function stop(): Promise<void> {
    let isOpen = true;
    const closing = house.close().finally(() => {
      isOpen = false;
    });
    while (isOpen) await hands.pass(100);
    await closing;
  }

  async function write(to: To, name: string, { bytes = 0, once = false, file = false } = {}): Promise<void> {
    const now = clock.now();
    const group = 'group' in to ? rooms.find(({ code }) => code === to.group) : undefined;
    const account = 'wecom' in to ? to.wecom : 'dingtalk' in to ? to.dingtalk : null;
    const platform = (group?.platform ?? ('wecom' in to ? 'wecom' : 'dingtalk')) as 'wecom' | 'dingtalk';
    const target: Target = group
      ? {
          to: 'group',
          platform,
          chatId: group.chatId,
          met: true,
          ...addressOf(group.code, group.sealedAddress),
        }
      : { to: 'person', platform, account: account ?? '', met: true };
    const letter: NewLetter = {
      ...{ planId, key: name, push: 'test', platform, groupId: group?.id ?? null, personId: null, account },
      robot: platforms[platform].robot(target),
      reply: file ? await enclosing(`${name}.docx`) : wordsOf(name, bytes),
      ...{ tasks: [], marks: [], once, quiet: false, dueAt: now },
      expiresAt: new Date(now.getTime() + 10 * 60 * 60_000),
    };
    await put(store.db, [letter], now);
  }

  async function enclosing(name: string): Promise<Reply> {
    const kept = { planId, kind: 'test', name, type: 'application/octet-stream', level: 'system' as const };
    const paper = await keep(store.db, { ...kept, bytes: Buffer.from(name), madeAt: clock.now() });
    return { lines: [], enclosed: [{ kind: 'file', paper, name, level: 'system' }] };
  }

  function addressOf(code: string, sealed: string | null): { address?: string } {
    if (sealed !== null) return { address: seal.open(sealed) };
    const isSample = door === 'hook' && ['leaders', 'office', 'dangwei'].includes(code);
    return isSample ? { address: `${bases.wecom}/cgi-bin/webhook/send?key=sample-${code}` } : {};
  }

  return {
    ...{ store, clock, hands, wire, wecom, dingtalk, write },
    look: () => void house.beat.look(),
    restart: async () => {
      await stop();
      house = await start();
    },
    rows: async () =>
      (await store.db.select().from(letters).orderBy(asc(letters.id))).filter(({ push }) => push === 'test'),
    close: async () => {
      await stop();
      for (const double of [wecom, dingtalk]) await double.close();
      await store.close();
      AbortSignal.timeout = timeout;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const wordsOf = (name: string, bytes: number): Reply => ({
  ...{ title: name, lines: [name + '字'.repeat(Math.floor(bytes / 3))], footer: '【无需回复】' },
});

/** Every group and person has spoken with the bot over its connection before. */
async function introduce(
  { db }: Store,
  { gateway }: WecomDouble,
  clock: Clock,
  plan: ReturnType<typeof samplePlan>,
): Promise<void> {
  const people = plan.people.flatMap(({ accounts }) => accounts.wecom ?? []);
  const rooms = plan.groups.filter(({ platform }) => platform === 'wecom').map(({ chat_id }) => chat_id);
  gateway.know([...people, ...rooms]);
  const met = [
    ...people.map((sender) => chatKey({ platform: 'wecom', chat: { kind: 'single' }, sender })),
    ...rooms.map((id) => chatKey({ platform: 'wecom', chat: { kind: 'group', id }, sender: '' })),
  ];
  await db.insert(metChats).values(met.map((chat) => ({ chat, at: clock.now() })));
}

/** Tells of each question to the database when it is put and when it is answered. */
function counted(client: PGlite, open: (by: 1 | -1) => void): PGlite {
  const counting =
    <A extends unknown[], T>(ask: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      open(1);
      return ask(...args).finally(() => open(-1));
    };
  client.query = counting(client.query.bind(client)) as PGlite['query'];
  client.transaction = counting(client.transaction.bind(client)) as PGlite['transaction'];
  client.exec = counting(client.exec.bind(client)) as PGlite['exec'];
  return client;
}
