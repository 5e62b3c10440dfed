import { join } from 'node:path';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { type Beat, type BeatParts, createBeat } from './beat.ts';
import { createBot } from './bot.ts';
import { type Collector, createCollector } from './collector.ts';
import type { Config } from './config.ts';
import { type Connections, createConnections } from './connections.ts';
import { createDelivery } from './delivery.ts';
import type { Store } from './ledger/db.ts';
import type { Group } from './ledger/people.ts';
import { loadSample, sampleKey } from './ledger/plan/load.ts';
import { readCalendarDays, readPlan } from './ledger/plan/read.ts';
import { type Plan, plansInUse } from './ledger/plan.ts';
import { createMetrics } from './metrics.ts';
import type { Lines } from './platforms/connection/protocol.ts';
import { dialSocket } from './platforms/connection/wire.ts';
import { createPlatforms } from './platforms/index.ts';
import { named } from './platforms/names.ts';
import type { OpenSandbox } from './sandbox.ts';
import { openSeal, secretKey } from './secret.ts';
import { openServer } from './server.ts';
import { tick } from './tick.ts';
import { type Clock, realTimers } from './time.ts';
import { createWays } from './ways/ways.ts';
import { createBoard } from './web/board/board.ts';
import { createLinks } from './web/links.ts';

/** Without a look for so long, the clock no longer does its work. */
const STALE = 120_000;

export interface HouseParts {
  config: Config;
  store: Store;
  clock: Clock;
  log: Logger;
  /** What goes out to the platforms goes through it. */
  fetch?: typeof globalThis.fetch;
  /** Milliseconds that a message may take. */
  patience?: number;
  /** Sockets, time and chance of the long connections. */
  lines?: Lines;
}

/** Duban, running: what serves messages and what watches the clock. */
export interface House {
  address: string;
  beat: Beat;
  connections: Connections;
  /** What fetches the files that messages bring. */
  collector: Collector;
  /** The doubles' side, where the sandbox is on. */
  sandbox: OpenSandbox | undefined;
  /** Takes no more calls, waits for those under way, and lets go of everything but the store. */
  close(): Promise<void>;
}

/** Opens everything in order. The beat and the long connections are made but not started. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { config, store, clock, log, fetch, patience } = parts;
  const lines = parts.lines ?? { dial: dialSocket, timers: realTimers, random: Math.random, now: clock.now };
  const metrics = createMetrics();
  const seal = await openSeal(config, store.db);
  if (config.sandbox && (await loadSample(store.db, clock.now()))) log.info('loaded the sample plan');
  const server = await openServer(config);
  const { address } = server;
  const sandbox = config.sandbox ? await played(parts, address) : undefined;
  const live = sandbox?.config ?? config;

  const platforms = createPlatforms(live, fetch ?? named, lines);
  const links = createLinks(secretKey(config), config.PUBLIC_URL);
  const folder = join(config.DATA_DIR, 'files');
  const collector = createCollector({ store, platforms, seal, folder, clock, log });
  const sampleAddress = (group: Group, { sample }: Plan) =>
    sample || config.sandbox ? addressOfSample(live, group) : undefined;
  const ways = createWays({ platforms, seal, sampleAddress });
  const bot = createBot({
    ...{ store, clock, log, seal, botNames: live.botNames, linkTo: links.to, ways },
    brought: () => void collector.look(),
    wrote: () => beat.nudge(),
    ...(patience === undefined ? {} : { patience }),
  });
  const delivery = createDelivery({ ways, clock, log, metrics });
  const botNames = { wecom: live.WECOM_BOT_NAME, dingtalk: live.DINGTALK_BOT_NAME };
  const looking = { store, known: new Map(), ways, delivery, log, botNames, linkTo: links.to };
  const look: BeatParts['tick'] = async (now, end, again) => {
    // Not waited for: a slow platform's file must not make the clock late.
    void collector.look();
    return tick(looking, now, end, again);
  };
  const beat = createBeat({ tick: look, clock, timers: lines.timers, log, metrics });
  const connections = createConnections({
    ...{ platforms, bot, store, lines, log, metrics },
    grace: config.SHUTDOWN_GRACE_MS,
  });
  const page = sandbox?.page(beat.look);
  const ready = async () => {
    const [database, ticking] = [await store.alive(), beat.since() < STALE];
    return { ready: database && ticking, database, beat: ticking, connections: connections.states() };
  };
  const app = createApp({
    bot,
    platforms,
    clock,
    log,
    metrics,
    ready,
    board: createBoard({ store, clock, links, folder }),
    ...(page ? { sandbox: page.routes } : {}),
  });
  server.serve(app.callback());

  return {
    address,
    beat,
    connections,
    collector,
    sandbox,
    close: async () => {
      page?.close();
      const grace = config.SHUTDOWN_GRACE_MS;
      await Promise.all([server.close(grace), beat.stop(grace), collector.close(grace), connections.close()]);
      await bot.close();
      await sandbox?.close();
    },
  };
}

async function played(
  { config, store, clock, patience }: HouseParts,
  address: string,
): Promise<OpenSandbox | undefined> {
  const [row] = await plansInUse(store.db);
  if (!row) return undefined;
  const plan = await readPlan(store.db, row.id);
  const calendarDays = await readCalendarDays(store.db, row.id);
  const { openSandbox } = await import('./sandbox.ts');
  return openSandbox({
    ...{ config, clock, plan, calendarDays, address },
    ...(patience === undefined ? {} : { patience }),
  });
}

/** Where pushes go to a WeCom group of the sample, and in the sandbox to any, when the platform is a stand-in; DingTalk's go by the OpenAPI. */
const addressOfSample = (config: Config, group: Group): string | undefined =>
  group.platform === 'wecom' && !config.publicBases.wecom
    ? `${config.WECOM_API_BASE}/cgi-bin/webhook/send?key=${sampleKey(group)}`
    : undefined;
