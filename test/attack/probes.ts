import { elsewhere, names, unusable, words } from './probes/content.ts';
import type { Probe } from './probes/probe.ts';
import { repeated } from './probes/repeats.ts';
import { oracle, unsigned } from './probes/signatures.ts';
import { heavy, http } from './probes/transport.ts';

/** Every probe of the table; each row is tried against the running server. */
export const probes: Probe[] = [
  ...unsigned,
  ...oracle,
  ...unusable,
  ...names,
  ...elsewhere,
  ...repeated,
  ...words,
  ...heavy,
  ...http,
].map(([name, expect, run]) => ({ name, expect, run }));
