import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isLoopbackHost } from '../loopback.ts';
import type { Budget, Outcome } from './outcome.ts';

/** `known` waits until a host's name is, and fails as a look-up does; without it fetch looks names up by itself. */
export type Fetch = typeof globalThis.fetch & { known?: (host: string) => Promise<void> };

/**
 * Longer than the ten seconds after which fetch gives up connecting, so that an address nobody answers at is
 * told apart from an answer that didn't come.
 */
const TIMEOUT = 15_000;
/** Whoever has less time than a connection may take to stand doesn't begin. */
const LEAST = 11_000;
const LARGEST_ANSWER = 64 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';

export interface Door {
  fetch: Fetch;
  /** Milliseconds until an answer must be there whole. */
  timeout?: number | undefined;
  /** A moment on `performance.now()` from which on nothing more leaves. */
  until?: number | undefined;
}

/** What surely was not delivered is `later`, what may have been is `unknown`. */
export type Unheard = Extract<Outcome, { is: 'later' | 'unknown' }>;

/** The platform's JSON, whatever it says. */
export type Heard = { is: 'said'; status: number; json: unknown } | Unheard;

/** A GET without a body, else a POST of JSON, or of a form. */
export interface Ask {
  url: URL;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Never throws. */
export async function call(door: Door, ask: Ask, now: Date): Promise<Heard> {
  const left = () => Math.ceil((door.until ?? Number.POSITIVE_INFINITY) - performance.now());
  if (left() < LEAST) return tooLate(now, place(ask.url));
  try {
    // Its time begins behind the name, for which a wait may take as long as one for a connection.
    await door.fetch.known?.(ask.url.hostname).catch(unknown);
    if (left() < LEAST) return tooLate(now, place(ask.url));
    const response = await door.fetch(ask.url, {
      method: ask.body === undefined ? 'GET' : 'POST',
      // A line kept open that the other side has just closed would leave a send's fate in doubt.
      headers: { accept: 'application/json', connection: 'close', ...typeOf(ask), ...ask.headers },
      ...(ask.body === undefined ? {} : { body: encoded(ask.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.min(door.timeout ?? TIMEOUT, left())),
    });
    return await hear(response, ask.url, now);
  } catch (error) {
    const { code, definite } = faultOf(error);
    const why = `${code} ${place(ask.url)}`;
    return definite ? later(now, 60, why) : { is: 'unknown', why };
  }
}

/** As fetch says it of a name that it looked up itself. */
function unknown(cause: unknown): never {
  throw new TypeError('fetch failed', { cause });
}

const encoded = (body: unknown) => (body instanceof FormData ? body : JSON.stringify(body));

/** A form names its own type, with the boundary in it. */
const typeOf = ({ body }: Ask): Record<string, string> =>
  body instanceof FormData ? {} : { 'content-type': JSON_TYPE };

async function hear(response: Response, url: URL, now: Date): Promise<Heard> {
  const { status } = response;
  const why = `http ${status} ${place(url)}`;
  if (status === 429) return later(now, waitOf(response), why, true);
  if (status >= 500) return { is: 'unknown', why };
  if (status >= 300 && status < 400) return later(now, 60, why);
  const json = await readAnswer(response);
  if (json === undefined) return unread(status, url, now);
  return { is: 'said', status, json };
}

/** JSON that isn't what this platform says: with a 4xx nothing was taken, with a 200 it may have been. */
export function unread(status: number, url: URL, now: Date): Unheard {
  if (status >= 400) return later(now, 60, `http ${status} ${place(url)}`);
  return { is: 'unknown', why: `unreadable ${status} ${place(url)}` };
}

export function later(now: Date, seconds: number, why: string, pause = false) {
  return { is: 'later' as const, at: new Date(now.getTime() + seconds * 1000), pause, why };
}

/** A send may take so long only: who waited longer for a token or an upload leaves it to the next attempt. */
export const tooLate = (now: Date, where: string) => later(now, 60, `out of time ${where}`);

export const never = (why: string, gone = false) => ({ is: 'never' as const, why, gone });

/** Host and path: a query may hold a key, and stays out of every log. */
export const place = (url: URL): string => `${url.host}${url.pathname}`;

/** Both platforms document a number; DingTalk's own sample shows a string. */
export const errcode = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);

/** Both platforms allow a robot 20 a minute. */
export const usual: Budget = { minute: 18 };

/** The address, if its scheme, host and port are the base's; plain http goes to this very machine only. */
export function permitted(address: string, base: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const local = isLoopbackHost(url.hostname);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && local);
  const bare = url.username === '' && url.password === '';
  return safe && bare && url.origin === new URL(base).origin ? url : undefined;
}

/** The key in an address is the robot; its hash names it without giving it away. */
export function robotName(address: string, key: string): string {
  const secret = URL.canParse(address) ? new URL(address).searchParams.get(key) : null;
  const hash = createHash('sha256').update(secret ?? address);
  return hash.digest('hex').slice(0, 12);
}

async function readAnswer(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return undefined;
  }
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 600) : 60;
}

const syscall = z.string().optional().catch(undefined);

/** A host of several addresses fails with an error for each that was tried, and none of its own. */
const fault = z.object({
  name: z.string(),
  cause: z
    .object({
      code: z.string().catch('network'),
      syscall,
      errors: z.array(z.object({ syscall })).optional().catch(undefined),
    })
    .catch({ code: 'network' }),
});

/** Before a connection stands, nothing can have been delivered. */
function faultOf(error: unknown): { code: string; definite: boolean } {
  const { name, cause } = fault.catch({ name: 'Error', cause: { code: 'network' } }).parse(error);
  if (name === 'TimeoutError') return { code: 'timeout', definite: false };
  const tried = cause.errors?.length ? cause.errors : [cause];
  const unconnected = tried.every(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo');
  const refused =
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
  return { code: cause.code, definite: unconnected || refused.test(cause.code) };
}

/** A file as both platforms take it: one part named `media`, its name in plain UTF-8. */
export function formOf({ name, type, bytes }: { name: string; type: string; bytes: Buffer }): FormData {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}
