import { text } from 'node:stream/consumers';
import type Koa from 'koa';
import { isLoopbackHost } from '../../loopback.ts';

const BODY_LIMIT = 64 * 1024;
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Lets in what comes from this machine's own page. The Host must be loopback, or a foreign name that was pointed
 * here (DNS rebinding) would be the same origin; a browser that says where a call comes from must say: from here.
 */
export const localOnly: Koa.Middleware = async (ctx, next) => {
  ctx.set('Content-Security-Policy', POLICY);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'same-origin');
  ctx.set('Cache-Control', 'no-store');
  if (isLoopbackHost(ctx.get('Host')) && isOwn(ctx)) await next();
  else refuse(ctx, 403, '沙盘只接受本机页面的请求');
};

function isOwn(ctx: Koa.Context): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  const origin = ctx.get('Origin');
  // A page that is opened by its address has no site of origin.
  const opened = ctx.method === 'GET' && site === 'none';
  if (site !== '' && site !== 'same-origin' && !opened) return false;
  return origin === '' || origin === `http://${ctx.get('Host')}`;
}

/** Errors stay inside: the page shows the words, and the house's log has nothing to hear of a visitor's slip. */
export function refuse(ctx: Koa.Context, status: number, words: string): void {
  ctx.status = status;
  ctx.body = { error: words };
}

/** The JSON that was posted, or undefined after the call has been refused. */
export async function readJson(ctx: Koa.Context, limit = BODY_LIMIT): Promise<{ json: unknown } | undefined> {
  if (!ctx.is('application/json')) refuse(ctx, 415, '只接受 JSON');
  else if (!(Number(ctx.get('Content-Length') || Number.NaN) <= limit)) refuse(ctx, 413, '内容过长');
  else {
    try {
      return { json: JSON.parse(await text(ctx.req)) };
    } catch {
      refuse(ctx, 400, '不是完整的 JSON');
    }
  }
  return undefined;
}
