import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The product in a process of its own, which can be killed and started again. */
export interface Server {
  /** Resolves once it is up, or has been killed before. What is set here goes before what it was made with. */
  start(more?: Record<string, string>): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM. */
  stop(): Promise<void>;
  /** SIGSTOP and SIGCONT: it stands still, and goes on as if no time had passed. */
  freeze(): void;
  thaw(): void;
  /** Rejects when it ends by itself. */
  failure: Promise<never>;
  /** The lines of its log that tell of a fault. */
  faults: string[];
}

export function createServer(main: string, environment: Record<string, string>): Server {
  const faults: string[] = [];
  let child: ChildProcess | undefined;
  let ending = false;
  let fail = (_why: Error): void => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {});

  async function start(more?: Record<string, string>): Promise<void> {
    ending = false;
    const born = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH ?? '', ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = born;
    born.once('exit', (code) => {
      if (!ending) fail(new Error(`the server ended by itself (${code}):\n${faults.slice(-8).join('\n')}`));
    });
    const up = new Promise<void>((resolve) => {
      born.once('exit', () => resolve());
      listen(born, (line) => {
        if (line.includes('沙盘已打开') || line.includes('duban is up')) resolve();
        else if (/"level":[56]0/.test(line) || !line.startsWith('{')) faults.push(line);
      });
    });
    await Promise.race([up, failure]);
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    ending = true;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  return {
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    failure,
    faults,
  };
}

function listen(child: ChildProcess, heard: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface(stream).on('line', (line) => line !== '' && heard(line));
  }
}
