import { readFileSync } from 'node:fs';
import type { Compiled } from '../../src/workbook/compile.ts';
import { compilePlan } from '../../src/workbook/compile.ts';

/** One figure that a plan promises: its measure, comparator, number (a range's lower bound), unit, clock, subject. */
export type Expected = [string, string, number, string, string, string];

export interface Score {
  found: number;
  missed: string[];
  invented: string[];
  /** Of those found, how many have the comparator, the clock and the subject as expected. */
  right: { comparator: number; clock: number; subject: number };
  wrong: string[];
}

/** Holds what a plan's text came to against the figures that a reader finds in it, measure by measure. */
export function score({ promises }: Compiled, expected: readonly Expected[]): Score {
  const rest = [...expected];
  const result: Score = {
    ...{ found: 0, missed: [], invented: [], wrong: [] },
    right: { comparator: 0, clock: 0, subject: 0 },
  };
  for (const { code, low, unit, comparator, clock, subject, label, explicit, duty } of promises) {
    if (!explicit || duty) continue;
    const measure = code.split('.').slice(0, 2).join('.');
    const fits = (each: Expected) => each[0] === measure && each[2] === low && each[3] === unit;
    const best = rest.findIndex((each) => fits(each) && each[4] === clock);
    const at = best === -1 ? rest.findIndex(fits) : best;
    const [one] = at === -1 ? [] : rest.splice(at, 1);
    if (!one) {
      result.invented.push(`${measure} ${label} ${low}${unit}`);
      continue;
    }
    result.found++;
    const got = { comparator, clock, subject };
    for (const [field, wanted] of [
      ['comparator', one[1]],
      ['clock', one[4]],
      ['subject', one[5]],
    ] as const) {
      if (got[field] === wanted) result.right[field]++;
      else result.wrong.push(`${measure} ${label} ${low}${unit}: ${field} ${got[field]}, not ${wanted}`);
    }
  }
  result.missed = rest.map((each) => each.join(' '));
  return result;
}

/** The figures of the plan that the product ships as its sample, from a reader's hand. */
function sampleFigures(): Expected[] {
  const file = new URL('../../src/ledger/sample/plan-2025.json', import.meta.url);
  const plan = JSON.parse(readFileSync(file, 'utf8')) as {
    tasks: {
      measure: string;
      indicators: {
        explicit: boolean;
        comparator: string;
        target: number | [number, number];
        unit: string;
        clock: string;
        subject: string;
      }[];
    }[];
  };
  return plan.tasks.flatMap(({ measure, indicators }) =>
    indicators
      .filter(({ explicit }) => explicit)
      .map(
        ({ comparator, target, unit, clock, subject }): Expected => [
          ...([measure, comparator] as const),
          Array.isArray(target) ? target[0] : target,
          ...([unit, clock, subject] as const),
        ],
      ),
  );
}

/**
 * `node --import tsx test/workbook/score.ts plan.txt [expected.json]`: the text of the sample's own plan, which isn't
 * part of the repository, or any other with its expected figures.
 */
const [path, own] = process.argv[1]?.endsWith('score.ts') ? process.argv.slice(2) : [];
if (path !== undefined) {
  const compiled = compilePlan(readFileSync(path, 'utf8'), '2026-01-05');
  const expected: Expected[] =
    own === undefined ? sampleFigures() : JSON.parse(readFileSync(own, 'utf8')).explicit;
  const { categories } = compiled.outline;
  const measures = categories.reduce((sum, { items }) => sum + items.length, 0);
  const result = score(compiled, expected);
  console.log(`${categories.length} categories, ${measures} measures, ${compiled.book.tasks.length} tasks`);
  console.log(
    `${result.found} of ${expected.length} figures, ${result.missed.length} missed, ${result.invented.length} invented`,
  );
  console.log({ ...result, doubts: [...new Set(compiled.doubts.map(({ mark }) => mark))].join(' ') });
  process.exitCode = result.missed.length > 2 || result.invented.length > 0 ? 1 : 0;
}
