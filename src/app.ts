import type { IncomingMessage } from 'node:http';
import Koa from 'koa';
import Router from 'koa-router';
import type { Logger } from 'pino';
import type { Bot } from './bot.ts';
import { type PlatformName, platformNames } from './ledger/terms.ts';
import type { Metrics } from './metrics.ts';
import { type Answer, type Call, Forged, type Platform } from './platforms/platform.ts';
import { createSparing } from './sparing.ts';
import type { Clock } from './time.ts';

const BODY_LIMIT = 256 * 1024;
/** Lines of the log a minute about calls that anybody can make. */
const MOST_LINES = 20;

export interface AppParts {
  bot: Bot;
  platforms: Record<PlatformName, Platform>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Whether the database answers and the beat has looked lately; and how the long connections stand here. */
  ready(): Promise<{ ready: boolean; database: boolean; beat: boolean; connections: object }>;
  /** The board's pages. */
  board: Koa.Middleware;
  /** The sandbox's routes, where it is on. */
  sandbox?: Koa.Middleware;
}

/** The HTTP side: hooks, health, metrics, and the one boundary where an error becomes a status. */
export function createApp(house: AppParts): Koa {
  const app = new Koa();
  const router = new Router();
  for (const name of platformNames) router.post(`/hooks/${name}`, hook(house, name));
  // WeCom tries an address by it before it takes it.
  router.get('/hooks/wecom', hook(house, 'wecom'));
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', async (ctx) => {
    const state = await house.ready();
    ctx.status = state.ready ? 200 : 503;
    ctx.body = state;
  });
  router.get('/metrics', async (ctx) => {
    ctx.type = 'text/plain; version=0.0.4';
    ctx.body = await house.metrics.text();
  });
  app.use(boundary(house));
  app.use(router.routes());
  app.use(router.allowedMethods());
  app.use(house.board);
  if (house.sandbox) app.use(house.sandbox);
  return app;
}

/** A call to a platform's hook: verified, handled, answered in the way that it came. */
function hook(house: AppParts, name: PlatformName): Koa.Middleware {
  const platform = house.platforms[name];
  return async (ctx) => {
    const started = performance.now();
    const call: Call = {
      method: ctx.method,
      query: ctx.querystring,
      headers: ctx.req.rawHeaders,
      body: await readBody(ctx.req, BODY_LIMIT),
    };
    const received = platform.receive(call, house.clock.now());
    respond(ctx, await house.bot.answer(name, received));
    house.metrics.call(name, received.is, performance.now() - started);
  };
}

function respond(ctx: Koa.Context, answer: Answer): void {
  ctx.status = answer.status;
  ctx.type = answer.type;
  ctx.body = answer.body;
}

class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/** By its events: an iterator over the request costs more than all that is done with the bytes. */
function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) return reject(new BodyTooLarge());
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
      else reject(new BodyTooLarge());
    });
    request.on('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, size)));
    request.on('error', reject);
    // Comes after each request; a trace of what didn't go wrong is dear in a rush.
    request.on('close', () => {
      if (!request.complete) reject(new Error('the caller hung up'));
    });
  });
}

function boundary({ log, metrics }: AppParts): Koa.Middleware {
  const sparing = createSparing(MOST_LINES, 60_000);
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.body = '';
      if (error instanceof Forged) {
        ctx.status = 401;
        metrics.refused('forged');
        const unsaid = sparing(performance.now());
        if (unsaid !== null) {
          const why = { path: ctx.path, why: error.message, ...(unsaid > 0 ? { unsaid } : {}) };
          log.warn(why, 'refused a call that its platform did not sign');
        }
      } else if (error instanceof BodyTooLarge) {
        ctx.status = 413;
        ctx.set('Connection', 'close');
        metrics.refused('too large');
      } else if (ctx.req.destroyed || ctx.req.aborted) {
        ctx.status = 400;
      } else {
        ctx.status = 500;
        metrics.refused('fault');
        log.error({ path: ctx.path, err: error }, 'a call ended in a fault');
      }
    }
  };
}
