import { performance } from 'node:perf_hooks';
import { Script } from 'node:vm';
import { type CaseOf, type Code, codeOf, met } from './code.ts';

interface MutantRun {
  activeMutant: { id: string };
  sandboxFileName: string;
  testFilter?: string[];
  timeout: number;
}

interface Noticed {
  killedBy: string[];
  failureMessage: string;
}

const shared = globalThis as { dubanAttempt?: () => void };

/** The one way to end in this process what never ends by itself. */
const attempt = new Script('dubanAttempt()');

/**
 * Stryker's runner for tests that touch nothing outside (no database, no server, no clock): all in one process, the
 * broken file and what builds on it evaluated anew for each mutant, since tables are made when a file is loaded; first
 * the tests that noticed the most in the same file, and none after the first that fails.
 */
function pure() {
  let code: Code;
  const noticed = new Map<string, Map<string, number>>();

  function firstToNotice(file: string, caseOf: CaseOf, tests: string[]): Noticed | undefined {
    const counts = noticed.get(file) ?? new Map<string, number>();
    noticed.set(file, counts);
    const often = (test: string) => counts.get(test) ?? 0;
    for (const test of tests.toSorted((one, other) => often(other) - often(one))) {
      const failureMessage = failureOf(() => caseOf(test).run());
      if (failureMessage === undefined) continue;
      counts.set(test, often(test) + 1);
      return { killedBy: [test], failureMessage };
    }
    return undefined;
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    init: async () => {
      code = await codeOf(JSON.parse(process.env.DUBAN_TESTS ?? '[]'));
    },
    dryRun: async () => {
      const caseOf = await code.counted();
      const cases = code.tests.map((id) => ({ id, ...caseOf(id) }));
      const mutantCoverage = { static: taken(), perTest: {} as Record<string, Marks> };
      const tests = cases.map(({ id, name, run }) => {
        const started = performance.now();
        const failureMessage = failureOf(run);
        const told = { id, name: name(), timeSpentMs: performance.now() - started };
        mutantCoverage.perTest[id] = taken();
        return failureMessage === undefined ? { ...told, status: 0 } : { ...told, status: 1, failureMessage };
      });
      return { status: 'complete', tests, mutantCoverage };
    },
    mutantRun: async ({ activeMutant, sandboxFileName, testFilter, timeout }: MutantRun) => {
      const caseOf = await code.broken(sandboxFileName, activeMutant.id);
      const tests = testFilter ?? code.tests;
      let found: Noticed | undefined;
      shared.dubanAttempt = () => {
        found = firstToNotice(sandboxFileName, caseOf, tests);
      };
      try {
        attempt.runInThisContext({ timeout: Math.ceil(timeout) });
      } catch (error) {
        return { status: 'timeout', reason: String(error) };
      }
      const nrOfTests = tests.length;
      return found ? { status: 'killed', nrOfTests, ...found } : { status: 'survived', nrOfTests };
    },
  };
}

type Marks = Record<string, number>;

/** Which mutants were come by; they are forgotten by it. */
function taken(): Marks {
  const marks: Marks = {};
  for (let at = met.indexOf(1); at !== -1; at = met.indexOf(1, at + 1)) marks[at] = 1;
  met.fill(0);
  return marks;
}

function failureOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'pure', factory: pure }];
