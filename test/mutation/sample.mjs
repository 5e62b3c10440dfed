import { createHash } from 'node:crypto';

/** Of all mutants lets through so many, the same for the same seed; Stryker knows no sampling, but it has checkers. */
function sample() {
  const [most = '0', seed = ''] = (process.env.DUBAN_MUTANTS ?? '').split(':');
  const drawn = new Set();
  const lot = ({ fileName, location, replacement }) =>
    createHash('sha256')
      .update(JSON.stringify([seed, fileName.split('/src/').at(-1), location, replacement]))
      .digest('hex');
  return {
    init: async () => {},
    group: async (mutants) => {
      const lots = mutants.map((mutant) => ({ id: mutant.id, lot: lot(mutant) }));
      lots.sort((one, other) => (one.lot < other.lot ? -1 : 1));
      for (const { id } of lots.slice(0, Number(most))) drawn.add(id);
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

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', factory: sample }];
