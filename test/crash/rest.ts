import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../src/time.ts';
import type { Server } from './server.ts';

/** Starts after the last kill, so far apart on the plan's clock that whatever may still go has gone. */
export const RESTS = [2, 5, 15].map((minutes) => minutes * 60_000);

/** Starts them all at once, each time for as long as each takes for a look. Nobody kills any more. */
export async function rest(servers: Server[], addresses: string[], clock: Clock): Promise<void> {
  for (const each of RESTS) {
    clock.move(each);
    const more = { CLOCK_OFFSET_MS: `${Math.round(clock.offset())}` };
    await Promise.all(servers.map((server) => server.start(more)));
    await Promise.all(addresses.map(looked));
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function looked(address: string): Promise<void> {
  while (!(await hasLooked(address))) await after(100);
}

async function hasLooked(address: string): Promise<boolean> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return Number(/^duban_last_look_timestamp_seconds (\S+)/m.exec(metrics)?.[1] ?? 0) > 0;
}
