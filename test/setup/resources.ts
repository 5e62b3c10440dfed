import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';

/** Milliseconds in which what is being closed has closed. */
const GRACE = 6_000;

/** Sockets, servers and timers of this process that would keep it from ending. */
const resources = () => process.getActiveResourcesInfo().filter((name) => /^(?:TCP|TLS|Timeout)/.test(name));

/** Remembers what there is; what it gives resolves once nothing more is left than that. */
export function watchResources(): () => Promise<void> {
  const before = resources();
  const more = () => {
    const left = [...before];
    return resources().filter((name) => {
      const at = left.indexOf(name);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return async () => {
    // A timer of its own would count.
    const until = performance.now() + GRACE;
    while (more().length > 0 && performance.now() < until) await turn();
    expect(more()).toEqual([]);
  };
}
