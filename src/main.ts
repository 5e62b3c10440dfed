import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { createBot } from './bot.ts';
import { createBeat } from './clock.ts';
import { type Config, Misconfigured, readConfig } from './config.ts';
import { createDelivery } from './delivery.ts';
import { openStore, type Store } from './ledger/db.ts';
import type { Group } from './ledger/people.ts';
import { plansOf } from './ledger/people.ts';
import { loadSample } from './ledger/plan.ts';
import { readCalendarDays, readPlan } from './ledger/planRead.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPlatforms } from './platforms/index.ts';
import { type OpenSandbox, openSandbox, sampleKey } from './sandbox.ts';
import { openSeal } from './secret.ts';
import { runCommand } from './shell.ts';
import { createClock } from './time.ts';

/** Without a look for so long, the clock no longer does its work. */
const STALE = 120_000;

/** Opens everything in order, and gives back the way to close it in reverse. */
async function start(config: Config, log: Logger): Promise<() => Promise<void>> {
  const clock = createClock(config.CLOCK_OFFSET_MS);
  const metrics = createMetrics();
  const store: Store = await openStore({
    dataDir: config.DATA_DIR,
    ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
    serve: (command, args, _input, write) => runCommand({ store, clock }, command, args, write),
  });
  const seal = await openSeal(config, store.db);
  if (config.sandbox && (await loadSample(store.db, clock.now()))) log.info('loaded the sample plan');

  const server = createServer();
  await listen(server, config);
  const address = () => urlOf(server, config.host);
  const sandbox = config.sandbox ? await playedBy(config, clock, store, address) : undefined;
  const live = sandbox?.config ?? config;

  const platforms = createPlatforms(live, globalThis.fetch);
  const bot = createBot({ store, clock, log, botNames: live.botNames });
  const delivery = createDelivery({
    platforms,
    seal,
    log,
    metrics,
    sampleAddress: (group) => sampleAddress(live, group),
  });
  const beat = createBeat({ store, delivery, clock, log, metrics, botName: live.botNames[0] ?? '督办' });
  const page = sandbox?.routes(beat.look);
  const app = createApp({
    bot,
    platforms,
    clock,
    log,
    metrics,
    ready: async () => {
      const [database, ticking] = [await store.alive(), beat.since() < STALE];
      return { ready: database && ticking, database, beat: ticking };
    },
    ...(page === undefined ? {} : { sandbox: page.routes }),
  });
  server.on('request', app.callback());
  beat.start();
  log.info({ address: address(), database: store.kind, sandbox: config.sandbox }, 'duban is up');
  if (config.sandbox) process.stdout.write(`\n沙盘已打开:${address()}/sandbox\n\n`);

  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    page?.close();
    server.closeIdleConnections();
    const beatStopped = beat.stop();
    await Promise.race([closed, after(config.SHUTDOWN_GRACE_MS)]);
    server.closeAllConnections();
    await Promise.race([beatStopped, after(config.SHUTDOWN_GRACE_MS)]);
    await sandbox?.close();
    await store.close();
  };
}

async function playedBy(
  config: Config,
  clock: ReturnType<typeof createClock>,
  { db }: Store,
  address: () => string,
): Promise<OpenSandbox | undefined> {
  const [plan] = await plansOf(db);
  if (!plan) return undefined;
  const parts = { plan: await readPlan(db, plan.id), calendarDays: await readCalendarDays(db, plan.id) };
  return openSandbox({ config, clock, address, ...parts });
}

/** Where a sample WeCom group's pushes go when the platform is a stand-in; DingTalk's go by the OpenAPI. */
const sampleAddress = (config: Config, group: Group): string | undefined =>
  group.platform === 'wecom' && !config.publicBases.wecom
    ? `${config.WECOM_API_BASE}/cgi-bin/webhook/send?key=${sampleKey(group)}`
    : undefined;

async function listen(server: Server, config: Config): Promise<void> {
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 20_000;
  server.maxConnections = 2_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.host, () => resolve());
  });
}

function urlOf(server: Server, host: string): string {
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

const after = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const stop = await start(config, log);
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, 'stopping did not go well');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Misconfigured ? error.message : String(error?.stack ?? error)}\n`);
  process.exit(1);
});
