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
const path: string[] = [];

/** The cases of a file of tests, none of them run yet. */
export function casesOf(load: () => void): Case[] {
  cases = [];
  load();
  return cases;
}

function within(title: string, body: () => void): void {
  path.push(title);
  body();
  path.pop();
}

function one(title: string, run: () => void, row: readonly unknown[] = []): void {
  const whole = [...path, title].join(' > ');
  cases.push({ name: () => format(whole, ...row), run });
}

type Row = readonly unknown[];
const rowOf = (row: unknown): Row => (Array.isArray(row) ? row : [row]);

const describe = Object.assign(within, {
  each: (rows: Row) => (title: string, body: (...row: Row) => void) => {
    for (const row of rows.map(rowOf)) within(title, () => body(...row));
  },
});

const test = Object.assign((title: string, run: () => void) => one(title, run), {
  each: (rows: Row) => (title: string, run: (...row: Row) => void) => {
    for (const row of rows.map(rowOf)) one(title, () => run(...row), row);
  },
});

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
