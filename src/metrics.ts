import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Counts and durations in Prometheus' text form. Labels are ours: nothing typed by a person becomes one. */
export interface Metrics {
  call(platform: string, kind: string, milliseconds: number): void;
  refused(why: string): void;
  delivered(platform: string, outcome: string): void;
  looked(at: Date): void;
  /** How a platform's long connection stands in this process. */
  linked(platform: string, state: string, attempts: number): void;
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const calls = new Histogram({
    name: 'duban_hook_seconds',
    help: 'Time to answer a verified callback.',
    labelNames: ['platform', 'kind'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers,
  });
  const refusals = new Counter({
    name: 'duban_refused_total',
    help: 'Calls that were not answered: forged, too large, ended in a fault.',
    labelNames: ['why'],
    registers,
  });
  const sends = new Counter({
    name: 'duban_sends_total',
    help: 'Attempts to push a letter, by how they ended.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const look = new Gauge({
    name: 'duban_last_look_timestamp_seconds',
    help: 'When the beat last looked at the ledger with success.',
    registers,
  });
  const links = new Gauge({
    name: 'duban_link_up',
    help: 'Whether the long connection stands in this process.',
    labelNames: ['platform'],
    registers,
  });
  const tries = new Gauge({
    name: 'duban_link_attempts',
    help: 'Attempts of this process to open the long connection.',
    labelNames: ['platform'],
    registers,
  });
  return {
    call: (platform, kind, milliseconds) => calls.observe({ platform, kind }, milliseconds / 1000),
    refused: (why) => refusals.inc({ why }),
    delivered: (platform, outcome) => sends.inc({ platform, outcome }),
    looked: (at) => look.set(at.getTime() / 1000),
    linked: (platform, state, attempts) => {
      links.set({ platform }, state === 'subscribed' || state === 'ready' ? 1 : 0);
      tries.set({ platform }, attempts);
    },
    text: () => registry.metrics(),
  };
}
