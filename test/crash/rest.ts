import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../src/time.ts';
import type { Server } from './server.ts';

/** Starts after the last kill, so far apart on the plan's clock that whatever may still go has gone. */
export const RESTS = [2, 5, 15].map((minutes) => minutes * 60_000);

/** Milliseconds without another send, after which whatever a look sets off has left. */
const QUIET = 1_000;

/** Starts them all at once, each time until each has looked and sends nothing more. Nobody kills any more. */
export async function rest(servers: Server[], addresses: string[], clock: Clock): Promise<void> {
  for (const each of RESTS) {
    clock.move(each);
    const more = { CLOCK_OFFSET_MS: `${Math.round(clock.offset())}` };
    await Promise.all(servers.map((server) => server.start(more)));
    await Promise.all(addresses.map(looked));
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A look doesn't wait for what it sets off, and a stop ends that before its time. */
async function looked(address: string): Promise<void> {
  let before = -1;
  for (;;) {
    const { at, sends } = await figuresOf(address);
    if (at > 0 && sends === before) return;
    before = at > 0 ? sends : -1;
    await after(at > 0 ? QUIET : 100);
  }
}

async function figuresOf(address: string): Promise<{ at: number; sends: number }> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const values = (name: string) =>
    [...metrics.matchAll(RegExp(`^${name}(?:{.*})? (\\S+)`, 'gm'))].map(([, value]) => Number(value));
  const sum = (name: string) => values(name).reduce((total, value) => total + value, 0);
  return { at: sum('duban_last_look_timestamp_seconds'), sends: sum('duban_sends_total') };
}
