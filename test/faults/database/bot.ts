import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { instantOf } from '../../../src/ledger/days.ts';
import { createClock } from '../../../src/time.ts';
import { settings } from '../../crash/hooks.ts';
import { createServer, type Server } from '../../crash/server.ts';
import { freePort } from '../../setup/ports.ts';

/** A working day of the sample plan, whatever day it really is. */
const OFFSET = instantOf('2026-04-09', '10:00', 'Asia/Shanghai').getTime() - createClock().now().getTime();
export const clock = createClock(OFFSET);

export interface Bot extends Server {
  address: string;
}

/** The built product in a process of its own, on a port that it keeps. */
export async function createBot(build: string, environment: Record<string, string>): Promise<Bot> {
  const port = await freePort();
  const server = createServer(join(build, 'main.js'), {
    ...settings,
    ...{ PORT: `${port}`, LOG_LEVEL: 'warn', CLOCK_OFFSET_MS: `${OFFSET}` },
    ...environment,
  });
  return { ...server, address: `http://127.0.0.1:${port}` };
}

/** Whether /readyz is green. */
export const isReady = async ({ address }: Bot): Promise<boolean> =>
  (await fetch(`${address}/readyz`)).status === 200;

/** `npm run verify`, while the bot is up: on PGlite it is the bot that answers. */
export function verify(
  build: string,
  environment: Record<string, string>,
): Promise<{ exit: number | null; said: string }> {
  return new Promise((resolve) => {
    const env = { ...settings, ...environment };
    const child = execFile(process.execPath, [join(build, 'cli.js'), 'verify'], { env }, (_, out, err) =>
      resolve({ exit: child.exitCode, said: `${out}${err}`.trim() }),
    );
  });
}
