import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it sent.
  body: any;
}

/** How the far side answers one call. */
export type Play = (asked: Asked, response: ServerResponse) => void;

export const says =
  (json: unknown, status = 200): Play =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));

export const shows =
  (html: string, status = 200, headers: Record<string, string> = {}): Play =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(html);

export const hangs: Play = () => undefined;
export const resets: Play = (_, response) => response.destroy();
export const breaksOff: Play = (_, response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"errcode":');
  setImmediate(() => response.destroy());
};

/** Plays the token's part itself, and the given one for the send. */
export const withToken =
  (play: Play): Play =>
  (asked, response) => {
    if (asked.path === '/cgi-bin/gettoken')
      return says({ errcode: 0, access_token: 'T1', expires_in: 7200 })(asked, response);
    if (asked.path === '/v1.0/oauth2/accessToken')
      return says({ accessToken: 'T1', expireIn: 7200 })(asked, response);
    return play(asked, response);
  };

/** A platform on this machine that answers as it is told and remembers what it was asked. */
export async function openRemote() {
  const asked: Asked[] = [];
  const ok = says({ errcode: 0, errmsg: 'ok' });
  const remote = { asked, play: ok, url: '', reset, close };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://remote');
    const text = Buffer.concat(chunks).toString();
    const one: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    asked.push(one);
    remote.play(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  remote.url = urlOf(server.address());
  return remote;

  function reset(): void {
    asked.length = 0;
    remote.play = ok;
  }

  function close(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}
