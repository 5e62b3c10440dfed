import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Where in a send it strikes. */
export const phases = [
  /** The platform has been asked for a token, before the send itself. */
  'token',
  /** The platform has been asked and hasn't taken it. */
  'before accepting',
  /** Taken, and nothing answered. */
  'accepted',
  /** Answered, and nobody reads it any more. */
  'answered',
  /** Answered, and maybe read, maybe written down already. */
  'read',
] as const;
export type Phase = (typeof phases)[number];

export interface Strike {
  /** The call is there and waits. */
  came(): Promise<void>;
  /** From now on whoever called reads nothing. */
  hold(): void;
  kill(): Promise<void>;
}

export interface Gate {
  /** In the place of each platform's own. */
  addresses: string[];
  /** Strikes once: at the so-many-th call from now, in this phase. Resolves when it has. */
  aim(phase: Phase, nth: number, strike: Strike): Promise<void>;
  /** Lets everything pass again. */
  rest(): void;
  close(): Promise<void>;
}

interface Aimed {
  phase: Phase;
  left: number;
  strike: Strike;
  done(): void;
  failed(why: unknown): void;
}

const isSend = (path: string) => /\/(send|batchSend)$/.test(path);
const isToken = (path: string) => /\/(gettoken|accessToken)$/.test(path);

/** Stands before the platforms' doubles, and strikes when a call of the product's has come to a chosen point. */
export async function openGate(targets: string[]): Promise<Gate> {
  let aimed: Aimed | undefined;

  function struck(path: string): Aimed | undefined {
    if (!aimed || !(aimed.phase === 'token' ? isToken(path) : isSend(path))) return undefined;
    aimed.left -= 1;
    if (aimed.left > 0) return undefined;
    const hit = aimed;
    aimed = undefined;
    return hit;
  }

  async function serve(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', target);
    const body = await buffer(request);
    const hit = struck(url.pathname);
    if (!hit) return answer(response, await pass(url, request, body));
    try {
      const { phase, strike } = hit;
      await strike.came();
      if (phase !== 'token' && phase !== 'before accepting') {
        const given = await pass(url, request, body);
        if (phase === 'answered') strike.hold();
        if (phase !== 'accepted') answer(response, given);
      }
      await strike.kill();
      response.destroy();
      hit.done();
    } catch (error) {
      hit.failed(error);
    }
  }

  const servers = await Promise.all(
    targets.map(async (target) => {
      const server = createServer((request, response) => {
        serve(target, request, response).catch(() => response.destroy());
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  return {
    addresses: servers.map((server) => {
      const bound = server.address();
      return `http://127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}`;
    }),
    aim: (phase, nth, strike) =>
      new Promise((done, failed) => {
        aimed = { phase, left: nth, strike, done, failed };
      }),
    rest: () => {
      aimed = undefined;
    },
    close: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

interface Given {
  status: number;
  type: string;
  bytes: Buffer;
}

/** Of one hop, and the next has its own. */
const own = ['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive', 'expect'];

async function pass(url: URL, { method = 'GET', headers }: IncomingMessage, body: Buffer): Promise<Given> {
  const passed = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
  );
  const said = await fetch(url, {
    ...{ method, headers: passed },
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  const type = said.headers.get('content-type') ?? '';
  return { status: said.status, type, bytes: Buffer.from(await said.arrayBuffer()) };
}

function answer(response: ServerResponse, { status, type, bytes }: Given): void {
  response.writeHead(status, { 'content-type': type }).end(bytes);
}
