import { request } from 'node:http';
import { connect } from 'node:net';

export interface Reply {
  /** 0 where the server hung up without a word. */
  status: number;
  body: string;
}

export interface Sent {
  method: string;
  path: string;
  /** Names and values in turn, also twice the same. */
  headers: readonly string[];
  body: Buffer | string;
}

/** One call as it is, headers twice and all. */
export function send(address: string, { method, path, headers, body }: Sent): Promise<Reply> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const raw = [
      'Host',
      `${hostname}:${port}`,
      ...headers,
      'Content-Length',
      String(Buffer.byteLength(body)),
    ];
    const call = request({ hostname, port, method, path, headers: raw, agent: false, timeout: 20_000 });
    call.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      const done = () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() });
      answer.on('end', done);
      answer.on('error', done);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve({ status: 0, body: '' }));
    call.end(body);
  });
}

/** Bytes that no client would write; what comes back until the server hangs up, or for so many milliseconds. */
export function sendRaw(address: string, bytes: string, patience = 20_000): Promise<Reply> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      const [head = '', ...rest] = heard.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), body: rest.join('\r\n\r\n') });
    };
    const timer = setTimeout(done, patience);
    socket.on('data', (part) => {
      heard += part.toString('latin1');
    });
    socket.on('close', done);
    socket.on('error', done);
  });
}
