import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A mutant as Stryker makes it; its lines and columns count from zero. */
export interface Mutant {
  id: string;
  fileName: string;
  mutatorName: string;
  replacement: string;
  location: { start: Place; end: Place };
}

interface Place {
  line: number;
  column: number;
}

/** As a report names it, whose lines and columns count from one. */
export const nameOf = ({ fileName, location: { start }, replacement }: Mutant): string =>
  `src/${fileName.split('/src/').at(-1)}:${start.line + 1}:${start.column + 1} ${replacement}`;

/** So many of all mutants, the same for the same seed, or those that a file names; in the order of their lots. */
export function drawn(mutants: readonly Mutant[]): string[] {
  const { DUBAN_SAMPLE: most, DUBAN_SEED: seed, DUBAN_ONLY: only } = process.env;
  const named: Set<string> | undefined = only ? new Set(JSON.parse(readFileSync(only, 'utf8'))) : undefined;
  return mutants
    .map((mutant) => ({ id: mutant.id, name: nameOf(mutant) }))
    .filter(({ name }) => named?.has(name) ?? true)
    .map(({ id, name }) => ({ id, lot: createHash('sha256').update(`${seed} ${name}`).digest('hex') }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, most ? Number(most) : undefined)
    .map(({ id }) => id);
}

/** Stryker knows no sampling, but it has checkers. */
function sample() {
  const ids = new Set<string>();
  return {
    init: async () => {},
    group: async (mutants: Mutant[]) => {
      for (const id of drawn(mutants)) ids.add(id);
      return mutants.map(({ id }) => [id]);
    },
    check: async (mutants: Mutant[]) =>
      Object.fromEntries(
        mutants.map(({ id }) => [
          id,
          ids.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
        ]),
      ),
  };
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', factory: sample }];
