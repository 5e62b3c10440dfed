import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StoreOptions } from '../../src/ledger/db.ts';

export interface Opener {
  process: ChildProcess;
  /** `open`, or the error with which the store refused. */
  said: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
  /** Has it close the store. */
  close(): void;
}

/** A real process that opens a store (opener.ts). */
export function spawnOpener(options: StoreOptions): Opener {
  const script = join(import.meta.dirname, 'opener.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    process: child,
    said: once(child.stdout, 'data').then(([chunk]) => String(chunk)),
    ended: once(child, 'exit').then(([code, signal]) => signal ?? code),
    close: () => child.stdin.end(),
  };
}
