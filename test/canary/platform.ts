import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Secrets } from './secrets.ts';
import type { Found } from './traces.ts';

export interface Talkative {
  url: string;
  /** Everything that it was told, with the addresses. */
  heard: string[];
  /** The messages and files among it, without the addresses. */
  posts: Found[];
  /** From now on it takes what it is sent. */
  behave(): void;
  close(): Promise<void>;
}

type Way = (told: string, response: ServerResponse) => void;

const json = (status: number, body: object): Way => {
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const echoing = (status: number, make: (told: string) => object): Way => {
  return (told, response) => json(status, make(told))(told, response);
};

/** Each repeats whatever it was told: address, headers and body. */
const ways: Way[] = [
  echoing(200, (told) => ({ errcode: 40058, errmsg: `hint: ${told}` })),
  echoing(200, (told) => ({ errcode: -1, errmsg: told })),
  echoing(400, (told) => ({ code: 'invalidParameter', message: told })),
  echoing(400, (told) => ({ code: told, message: told })),
  echoing(200, (told) => ({ errcode: told, errmsg: told })),
  (told, response) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end(`<html>no way to ${told}</html>`),
  (told, response) => response.writeHead(302, { location: `https://elsewhere.example/?${told}` }).end(),
  (told, response) => response.writeHead(429, { 'retry-after': '60', 'x-told': told }).end(told),
  (told, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(told),
  (_, response) => void response.destroy(),
  (told, response) => {
    response.writeHead(200, { 'content-length': '99999' }).write(told);
    setImmediate(() => response.destroy());
  },
];

/** What the first send hears of its token. */
const expired: Record<string, Way> = {
  '/cgi-bin/message/send': echoing(200, (told) => ({ errcode: 40014, errmsg: told })),
  '/v1.0/robot/oToMessages/batchSend': echoing(401, (told) => ({
    code: 'InvalidAuthentication',
    message: told,
  })),
};

const MESSAGES = /\/(webhook|message|robot|media)\//;

/** Both platforms on one port of this machine, which answer every message otherwise, and each time with all that they know. */
export async function openTalkative({ issued }: Pick<Secrets, 'issued'>): Promise<Talkative> {
  const tokens: Record<string, string[]> = {
    '/cgi-bin/gettoken': [issued['WeCom token'], issued['WeCom token after it']],
    '/v1.0/oauth2/accessToken': [issued['DingTalk token'], issued['DingTalk token after it']],
  };
  const talkative: Talkative = { url: '', heard: [], posts: [], behave, close };
  const stale = new Set<string>();
  let good = false;
  let nth = 0;
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const told = encodeURIComponent(
      [talkative.url + request.url, JSON.stringify(request.headers), body.toString('latin1')].join(' '),
    );
    talkative.heard.push(decodeURIComponent(told));
    if (MESSAGES.test(path)) talkative.posts.push({ where: `a post to ${path}`, text: body });
    const left = tokens[path];
    if (left) {
      const token = left.length > 1 ? left.shift() : left[0];
      const both = { errcode: 0, access_token: token, expires_in: 7200, accessToken: token, expireIn: 7200 };
      return json(200, both)(told, response);
    }
    if (path === '/v1.0/gateway/connections/open') {
      const endpoint = `${talkative.url.replace('http', 'ws')}/connect`;
      return json(200, { endpoint, ticket: issued['Stream ticket'] })(told, response);
    }
    if (good) return json(200, { errcode: 0, errmsg: 'ok', processQueryKey: 'k' })(told, response);
    const isFirst = !stale.has(path);
    stale.add(path);
    const way = isFirst ? expired[path] : undefined;
    (way ?? ways[nth++ % ways.length])?.(told, response);
  }

  // No socket is ever opened, and why not is told with the address.
  server.on('upgrade', (request, socket) => {
    talkative.heard.push(`${request.url}`);
    socket.end(`HTTP/1.1 403 no ${request.url}\r\nContent-Type: text/plain\r\n\r\n${request.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  talkative.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return talkative;

  function behave(): void {
    good = true;
  }

  function close(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}
