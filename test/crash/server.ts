import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocketServer } from 'node:net';
import { createInterface } from 'node:readline';

/** The product in a process of its own, which can be killed and started again. */
export interface Server {
  /** Resolves once it is up; `killed` if it was killed first. Throws when it ended by itself. */
  start(): Promise<'up' | 'killed'>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  /** The lines of its log that tell of a fault. */
  faults: string[];
}

export function createServer(main: string, environment: Record<string, string>): Server {
  const faults: string[] = [];
  let child: ChildProcess | undefined;

  function start(): Promise<'up' | 'killed'> {
    const born = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = born;
    return new Promise((resolve, reject) => {
      listen(born, (line) => {
        if (line.includes('沙盘已打开')) resolve('up');
        else if (/"level":[56]0/.test(line) || !line.startsWith('{')) faults.push(line);
      });
      born.once('exit', (code, signal) => {
        if (signal === 'SIGKILL') resolve('killed');
        else reject(new Error(`the server ended by itself (${code}): ${faults.slice(-8).join('\n')}`));
      });
    });
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  return { start, kill: () => end('SIGKILL').then(() => {}), stop: () => end('SIGTERM'), faults };
}

function listen(child: ChildProcess, heard: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface(stream).on('line', (line) => line !== '' && heard(line));
  }
}

/** The same port through all starts, as in life: a platform doesn't learn a new one. */
export async function freePort(): Promise<number> {
  const probe = createSocketServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
