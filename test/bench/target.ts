import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { connectTo } from './load.ts';

/** What is measured: a process on a core of its own, where the machine has two. */
export interface Target {
  port: number;
  /** Milliseconds of processor time that it has used so far. */
  cpu(): number;
  /** MiB: now, and at most so far. */
  memory(): { now: number; most: number };
  stop(): Promise<void>;
}

/** Core 0 is the target's; everything else, the database too, runs on the others. */
export const pinned = process.platform === 'linux' && availableParallelism() > 1 && canPin();

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-p', `${process.pid}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Call it first: what is started afterwards stays off core 0 too. */
export function leaveCore(): void {
  if (!pinned) return;
  const others = `1-${availableParallelism() - 1}`;
  execFileSync('taskset', ['-a', '-c', '-p', others, `${process.pid}`], { stdio: 'ignore' });
}

/** Starts it and waits until it listens; a request may be what it has to answer to count as started. */
export async function start(script: string, environment: Record<string, string>): Promise<Target> {
  const port = Number(environment.PORT);
  const command = [process.execPath, ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? []), script];
  const [program = '', ...args] = pinned ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await listening(child, port);
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  const mib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(proc('status'))?.[1]) / 1024;
  return {
    port,
    cpu: () => {
      const fields = proc('stat').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    memory: () => ({ now: mib('VmRSS'), most: mib('VmHWM') }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000);
      await once(child, 'exit');
      clearTimeout(late);
    },
  };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended by itself (${child.exitCode})`);
    try {
      (await connectTo(port, 1)).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
