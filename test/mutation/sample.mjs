import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Lets through so many of all mutants, the same for the same seed, or those that a file names. Stryker knows no sampling,
 * but it has checkers.
 */
function sample() {
  const { DUBAN_SAMPLE: most, DUBAN_SEED: seed, DUBAN_ONLY: only } = process.env;
  const named = only ? new Set(JSON.parse(readFileSync(only, 'utf8'))) : undefined;
  const drawn = new Set();
  return {
    init: async () => {},
    group: async (mutants) => {
      const wanted = mutants
        .map((mutant) => ({ id: mutant.id, name: nameOf(mutant) }))
        .filter(({ name }) => named?.has(name) ?? true)
        .map(({ id, name }) => ({ id, lot: createHash('sha256').update(`${seed} ${name}`).digest('hex') }))
        .sort((one, other) => (one.lot < other.lot ? -1 : 1));
      for (const { id } of wanted.slice(0, most ? Number(most) : undefined)) drawn.add(id);
      return mutants.map(({ id }) => [id]);
    },
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map(({ id }) => [
          id,
          drawn.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
        ]),
      ),
  };
}

/** As the report names it, whose lines and columns count from one. */
const nameOf = ({ fileName, location: { start }, replacement }) =>
  `src/${fileName.split('/src/').at(-1)}:${start.line + 1}:${start.column + 1} ${replacement}`;

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', factory: sample }];
