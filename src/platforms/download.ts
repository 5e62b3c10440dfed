import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { MOST_MEGABYTES, TOO_LARGE } from '../chat/message.ts';
import { isLoopbackHost } from '../loopback.ts';
import { place } from './http.ts';
import { readUtf8 } from './incoming.ts';
import { names } from './names.ts';

/** A file as it came, and what its sender called it. `over`: it can't be had any more, or never could. */
export type Fetched =
  | { is: 'file'; bytes: Buffer; name?: string }
  | { is: 'later'; why: string }
  | { is: 'over'; why: string };

/** Where files may be fetched from, and how much and how long is waited for. */
export interface Sources {
  /** Exact names, each with its port where that isn't the usual one. */
  hosts: readonly string[];
  /**
   * Where the settings have a platform be. Whatever is called there anyway gives its files too: by its own port, from inside
   * where a platform stands in the bureau's network, and without TLS on this very machine.
   */
  base?: string | undefined;
  bytes?: number;
  milliseconds?: number;
}

/** A platform's own hosts, its base's among them, and those of the settings. */
export function sources(base: string, own: readonly string[], more: readonly string[] = []): Sources {
  const { hostname } = new URL(base);
  const local = isLoopbackHost(hostname);
  return { hosts: [...own, ...(local ? [] : [hostname]), ...more], base };
}

const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;
const MOST_MILLISECONDS = 60_000;

/**
 * Gets a file from a host on the list, and from nowhere else: no redirect is followed, and an address that isn't public is
 * refused at the moment of connecting, so that no name can be pointed at this house between a check and its use. Never throws.
 */
export async function download(address: string, sources: Sources): Promise<Fetched> {
  const url = permittedSource(address, sources);
  if (url === undefined) return { is: 'over', why: `host not permitted ${hostOf(address)}`.trim() };
  try {
    return await receive(await ask(url, sources), url, sources.bytes ?? MOST_BYTES);
  } catch (error) {
    if (error instanceof Barred) return { is: 'over', why: `private address ${place(url)}` };
    return { is: 'later', why: `${codeOf(error)} ${place(url)}` };
  }
}

/** DingTalk gives addresses without TLS, which its hosts have all the same. */
function permittedSource(address: string, { hosts, base }: Sources): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  if (isAt(url, base)) return url;
  if (!hosts.includes(url.host) || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  url.protocol = 'https:';
  return url;
}

const isAt = (url: URL, base: string | undefined): boolean =>
  base !== undefined && url.origin === new URL(base).origin;

/** What would have to stand in MEDIA_HOSTS. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/** An address inside: this machine, the bureau's network, a cloud's metadata. */
class Barred extends Error {
  override name = 'Barred';
}

function ask(url: URL, { base, milliseconds = MOST_MILLISECONDS }: Sources): Promise<IncomingMessage> {
  const known = isAt(url, base);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!known && isIP(host) !== 0 && isPrivate(host)) throw new Barred();
  const options: RequestOptions = {
    agent: false,
    headers: { accept: '*/*', 'accept-encoding': 'identity' },
    signal: AbortSignal.timeout(milliseconds),
    lookup: known ? names.lookup : publicOnly,
  };
  return new Promise((resolve, reject) => {
    const call = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, resolve);
    call.on('error', reject);
    call.end();
  });
}

/** Every address of the name must be public; it is connected to one of those that were looked at. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  const looked = names.known(hostname).then(() => lookup(hostname, { ...options, all: true }));
  looked.then(
    (found) => {
      const [first] = found;
      if (!first || found.some(({ address }) => isPrivate(address))) return done(new Barred(), '', 0);
      if (options.all) return done(null, found as LookupAddress[]);
      return done(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => done(error, '', 0),
  );
};

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(net, bits, 'ipv6');
}

/** Also where an IPv4 address stands in an IPv6 one. */
export function isPrivate(address: string): boolean {
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPrivate(mapped);
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

async function receive(response: IncomingMessage, url: URL, most: number): Promise<Fetched> {
  const { statusCode: status = 0 } = response;
  const why = `http ${status} ${place(url)}`;
  if (status !== 200) {
    response.destroy();
    return status >= 500 || status === 429 ? { is: 'later', why } : { is: 'over', why };
  }
  const tooLarge = { is: 'over', why: `${TOO_LARGE} ${place(url)}` } as const;
  if (Number(response.headers['content-length']) > most) {
    response.destroy();
    return tooLarge;
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > most) return tooLarge;
    parts.push(part);
  }
  const name = nameIn(response.headers['content-disposition']);
  return { is: 'file', bytes: Buffer.concat(parts, size), ...(name === undefined ? {} : { name }) };
}

/**
 * `filename*=UTF-8''…` before `filename="…"`; a name only, never a path. Node reads each byte of a header as a letter, and
 * many a server writes a Chinese name in it as it is.
 */
export function nameIn(disposition: string | undefined): string | undefined {
  if (disposition === undefined) return undefined;
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/.exec(disposition)?.[1];
  const name = decoded(encoded ?? asUtf8(plain ?? ''))
    .split(/[\\/]/)
    .at(-1)
    ?.trim();
  return name || undefined;
}

const asUtf8 = (bytes: string): string => readUtf8(Buffer.from(bytes, 'latin1')) ?? bytes;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'network';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'network';
};
