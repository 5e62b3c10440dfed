import { format } from 'node:util';
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import { expect, use } from 'chai';
import fc from 'fast-check';

export interface Case {
  name: () => string;
  run: () => void;
}

use(JestExtend);
use(JestChaiExpect);
use(JestAsymmetricMatchers);

let cases: Case[] = [];
const within: string[] = [];

/** The cases of a file of tests, none of them run yet. */
export function casesOf(load: () => void): Case[] {
  cases = [];
  load();
  return cases;
}

function describe(title: string, body: () => void): void {
  within.push(title);
  body();
  within.pop();
}

function one(title: string, run: () => void, row: readonly unknown[] = []): void {
  const path = [...within, title].join(' > ');
  cases.push({ name: () => format(path, ...row), run });
}

function each(rows: readonly unknown[]) {
  return (title: string, run: (...row: unknown[]) => void) => {
    for (const row of rows) {
      const given = Array.isArray(row) ? row : [row];
      one(title, () => run(...given), given);
    }
  };
}

const test = Object.assign((title: string, run: () => void) => one(title, run), { each });

/** Of a property's thousands of runs the first few, and the same ones every time. */
const tame = {
  ...fc,
  assert: (property: fc.IProperty<unknown>) =>
    fc.assert(property, { seed: 1, numRuns: 30, endOnFailure: true }),
};

/** As much of Vitest as tests need that touch nothing outside. */
export const modules: Readonly<Record<string, unknown>> = {
  vitest: { describe, test, it: test, expect },
  'fast-check': tame,
};
