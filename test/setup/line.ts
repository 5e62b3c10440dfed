import { createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

/**
 * What becomes of a COMMIT: `lose` cuts the line before it gets to the server, `lose the answer` after the server
 * has answered, `swallow the answer` leaves the line open and silent, `hold` keeps COMMIT and what follows it back
 * until `release`.
 */
export type Commits = 'pass' | 'lose' | 'lose the answer' | 'swallow the answer' | 'hold';

export type Way = 'to the server' | 'to the client';

export interface Line {
  url: string;
  commits: Commits;
  /** Milliseconds that everything takes on its way, in either direction. */
  delay: number;
  /** Lets the commits that were held back go on to the server. */
  release(): void;
  /** Nothing passes any more, in one direction or in both, and nobody is told. */
  freeze(way?: Way): void;
  /** What stood still goes on, and nothing of it is lost. */
  thaw(): void;
  /** The connections that there are fall silent for good; new ones come through. */
  forget(): void;
  /** Ends the connections that there are; new ones come through. */
  cut(): void;
  /** The same as a machine does it that knows of none of them: by RST. */
  reset(): void;
  /** Lets no new connection in; those that there are stay. */
  refuse(): void;
  /** Lets new connections in again. */
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** A line to a database server that can be cut, silenced and held up, by what is said on it. */
export async function createLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const fromClients = new Set<Socket>();
  const held: (() => void)[] = [];
  const frozen = new Set<Way>();

  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname);
    const isCommit = createCommitWatch();
    let holding = false;
    let answers: 'pass' | 'cut' | 'swallow' = 'pass';
    const toServer = inOrder();
    const toClient = inOrder();
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', cut).on('close', () => sockets.delete(socket)));
    }
    client.on('data', (chunk) => {
      const rule = isCommit(chunk) ? line.commits : 'pass';
      if (rule === 'lose') return cut();
      holding ||= rule === 'hold';
      if (holding) {
        return void held.push(() => {
          holding = false;
          pass(toServer, upstream, chunk);
        });
      }
      if (rule === 'lose the answer') answers = 'cut';
      if (rule === 'swallow the answer') answers = 'swallow';
      pass(toServer, upstream, chunk);
    });
    upstream.on('data', (chunk) => {
      if (answers === 'swallow') return;
      if (answers === 'cut') return cut();
      pass(toClient, client, chunk);
    });
    // A client that hangs up while its COMMIT is held back leaves the server none the wiser until that has come.
    client.on('close', () => {
      if (holding) held.push(() => toServer(async () => void upstream.end()));
      else upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
    if (frozen.has('to the server')) client.pause();
    if (frozen.has('to the client')) upstream.pause();
    fromClients.add(client.on('close', () => fromClients.delete(client)));
  });
  const wayFrom = (socket: Socket): Way => (fromClients.has(socket) ? 'to the server' : 'to the client');
  /** Whatever is asked to pass does so in its order, also where the line grows quicker in between. */
  const pass = (turn: Turn, to: Socket, chunk: Buffer) => {
    const due = performance.now() + line.delay;
    turn(async () => {
      if (due > performance.now()) await after(due - performance.now());
      to.write(chunk);
    });
  };
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === 'object' && address ? address.port : 0);

  const line: Line = {
    url: url.href,
    commits: 'pass',
    delay: 0,
    release: () => {
      for (const go of held.splice(0)) go();
    },
    freeze: (way) => {
      for (const each of way ? [way] : both) frozen.add(each);
      for (const socket of sockets) if (frozen.has(wayFrom(socket))) socket.pause();
    },
    thaw: () => {
      frozen.clear();
      for (const socket of sockets) socket.resume();
    },
    forget: () => {
      for (const socket of sockets) socket.pause();
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    refuse: () => void server.close(),
    accept: async () => {
      if (!server.listening) await listen(Number(url.port));
    },
    close: async () => {
      line.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}

const both: Way[] = ['to the server', 'to the client'];

type Turn = (job: () => Promise<void>) => void;

/** Does one job after the other. */
function inOrder(): Turn {
  let last = Promise.resolve();
  return (job) => {
    last = last.then(job);
  };
}

/** Tells which chunk has COMMIT in it. A driver says the word once and then only the name it prepared it under. */
function createCommitWatch(): (chunk: Buffer) => boolean {
  let name: string | undefined;
  return (chunk) => {
    const text = chunk.toString('latin1');
    name ??= /(\w+)\0commit\0/i.exec(text)?.[1];
    return /commit/i.test(text) || (name !== undefined && text.includes(`\0${name}\0`));
  };
}
