import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

/** Bare HTTP over as many connections as asked, so that what is measured isn't the client. */
export interface Client {
  /** Sends all of them, as many at once as there are connections. */
  closed(requests: Buffer[]): Promise<Outcome>;
  /** Sends so many a second, whatever is answered; the time of each counts from when it should have left. */
  open(requests: Buffer[], rate: number): Promise<Outcome>;
  close(): void;
}

export interface Outcome {
  /** Milliseconds from the first request to the last answer. */
  took: number;
  /** Milliseconds of each request, in the order in which they were to leave. */
  times: number[];
  answers: { status: number; body: string }[];
}

interface Line {
  ask(request: Buffer): Promise<{ status: number; body: string }>;
  socket: Socket;
}

export async function connectTo(port: number, connections: number): Promise<Client> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));

  async function run(requests: Buffer[], leave: (index: number) => number): Promise<Outcome> {
    const times: number[] = [];
    const answers: Outcome['answers'] = [];
    const started = performance.now();
    let next = 0;
    await Promise.all(
      lines.map(async (line) => {
        for (let index = next++; index < requests.length; index = next++) {
          const due = started + leave(index);
          const early = due - performance.now();
          if (early > 1) await after(early);
          const from = leave(index) === 0 ? performance.now() : due;
          answers[index] = await line.ask(requests[index] ?? Buffer.alloc(0));
          times[index] = performance.now() - from;
        }
      }),
    );
    return { took: performance.now() - started, times, answers };
  }

  return {
    closed: (requests) => run(requests, () => 0),
    open: (requests, rate) => run(requests, (index) => ((index + 1) / rate) * 1_000),
    close: () => {
      for (const { socket } of lines) socket.destroy();
    },
  };
}

async function openLine(port: number): Promise<Line> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting:
    | { resolve(answer: { status: number; body: string }): void; reject(error: Error): void }
    | undefined;
  let read = Buffer.alloc(0);
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('the server hung up')));
  socket.on('data', (chunk) => {
    read = read.length === 0 ? chunk : Buffer.concat([read, chunk]);
    const head = read.indexOf('\r\n\r\n');
    if (head < 0) return;
    const text = read.toString('latin1', 0, head);
    const end = head + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (read.length < end) return;
    const answer = { status: Number(text.slice(9, 12)), body: read.toString('utf8', head + 4, end) };
    read = read.subarray(end);
    waiting?.resolve(answer);
  });
  const ask = (request: Buffer) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      waiting = { resolve, reject };
      if (socket.destroyed) fail(new Error('the server hung up before'));
      else socket.write(request);
    });
  return { ask, socket };
}

/** The share of them at or below which `percent` of them lie. */
export function percentile(times: number[], percent: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
