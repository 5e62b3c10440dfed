import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Found } from './traces.ts';

/** A process of the product, every byte of whose output is kept. */
export interface Running {
  /** Resolves with its exit code. */
  ended: Promise<number | null>;
  /** Resolves once it says so; rejects if it ends before. */
  says(words: string): Promise<void>;
  stop(): Promise<number | null>;
}

/** `where` names its output among what was found. */
export function run(
  where: string,
  [main, ...args]: string[],
  environment: Record<string, string>,
  found: Found[],
): Running {
  const child = spawn(process.execPath, [main ?? '', ...args], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = once(child, 'close').then(([code]: (number | null)[]) => {
    found.push({ where, text: said });
    return code ?? null;
  });
  return {
    ended,
    says: (words) => heard(child, () => said, words, ended),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function heard(
  child: ChildProcess,
  said: () => string,
  words: string,
  ended: Promise<unknown>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => said().includes(words) && resolve();
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    ended.then(() => reject(new Error(`it ended before it said so:\n${said()}`)), reject);
    look();
  });
}
