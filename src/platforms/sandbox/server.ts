import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../time.ts';
import type { Arrival, Double, Fault, Line } from './double.ts';
import { createFaults, type Faults } from './faults.ts';
import type { History } from './history.ts';
import type { Sockets } from './sockets.ts';

/** A call of the product's, read. */
export interface Call {
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The same as it came over the wire: a form carries bytes. */
  raw: Buffer;
}

/** What a route says to a call, and the message that it carried. */
export interface Said {
  status: number;
  body: unknown;
  /** Instead of the body: a file's bytes under its name. */
  file?: { name: string; bytes: Buffer };
  message?: Pick<Arrival, 'to' | 'text' | 'mentions' | 'shown'> &
    Pick<Line, 'markup' | 'enclosed' | 'answers'>;
}

/** By method and path: `POST /robot/send`. */
type Routes = Record<string, (call: Call) => Said>;

export interface Api {
  /** Where messages come in, and faults befall. */
  messages: Routes;
  others: Routes;
  /** The platform's own no. */
  refusal(path: string, code: number | string): Said;
}

export type DoubleServer = Pick<Double, 'listen' | 'close' | 'fail' | 'heal' | 'fault' | 'sent'> & {
  /** They befall what comes over its sockets as well. */
  faults: Faults;
};

/** The remote side of a platform's API on a port of its own, with the faults that it was told to have. */
export function createDoubleServer(
  api: Api,
  history: History,
  clock: Clock,
  sockets: () => Sockets,
): DoubleServer {
  const faults = createFaults();
  const sent: Arrival[] = [];
  let port = 0;

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request);
    const route = `${request.method} ${call.path}`;
    const befallen = faults.take(call.path, route in api.messages);
    const answered = api.messages[route] ?? api.others[route];
    const said = (befallen && instead(api, call, befallen)) ?? answered?.(call) ?? { status: 404, body: {} };
    if (route in api.messages) {
      sent.push(arrival(call, said, clock.now(), befallen?.fault));
      show(said, history, clock.now());
    }
    finish(response, said, befallen?.fault);
  }

  async function start(): Promise<string> {
    if (port === 0) sockets().attach(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
    return `http://127.0.0.1:${port}`;
  }

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.close();
    sockets().drop();
    server.closeAllConnections();
    await once(server, 'close');
  }

  return {
    sent,
    faults,
    listen: start,
    close,
    async fail(fault, options = {}) {
      faults.set(fault, options);
      if (fault === 'refuse') await close();
      else if (!server.listening) await start();
    },
    async heal() {
      faults.clear();
      if (!server.listening) await start();
    },
    fault: faults.standing,
  };
}

async function read(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://double');
  const raw = await buffer(request);
  return {
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: raw.toString(),
    raw,
  };
}

/** What is said by the faults that keep a call from its route; the others let it through. */
function instead(
  api: Api,
  call: Call,
  { fault, code }: { fault: Fault; code: number | string },
): Said | undefined {
  switch (fault) {
    case 'errcode':
      return api.refusal(call.path, code);
    case 'status 429':
      return { status: 429, body: {} };
    case 'status 500':
      return { status: 500, body: {} };
    case 'redirect':
      return { status: 302, body: {} };
    case 'html':
    case 'reset before':
      return { status: 200, body: {} };
    default:
      return undefined;
  }
}

function arrival(call: Call, { message }: Said, at: Date, fault: Fault | undefined): Arrival {
  const { to = [], text: words = '', mentions = [], shown = false } = message ?? {};
  const { path, body } = call;
  return { at, path, body, to, text: words, mentions, shown, ...(fault && { fault }) };
}

function show({ message }: Said, history: History, at: Date): void {
  if (!message?.shown) return;
  const { text: words, markup, mentions, enclosed, answers } = message;
  for (const chat of message.to) {
    history.add({
      ...{ id: randomUUID(), chat, at, from: null, text: words, markup, mentions },
      ...(enclosed && { enclosed }),
      ...(answers !== undefined && { answers }),
    });
  }
}

function finish(response: ServerResponse, { status, body, file }: Said, fault: Fault | undefined): void {
  switch (fault) {
    case 'hang after accepting':
      return;
    case 'reset before':
    case 'reset after accepting':
      response.socket?.resetAndDestroy();
      return;
    case 'html':
      response
        .setHeader('Content-Type', 'text/html; charset=utf-8')
        .end('<html><body>网关繁忙</body></html>');
      return;
    case 'redirect':
      response.setHeader('Location', '/moved');
      break;
    default:
  }
  response.statusCode = status;
  if (file) {
    const name = encodeURIComponent(file.name);
    if (name !== '') response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${name}`);
    response.end(file.bytes);
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8').end(JSON.stringify(body));
}
