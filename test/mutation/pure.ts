import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { Script } from 'node:vm';
import type { Part } from './areas.ts';
import { type CaseOf, type Code, codeOf, filesOf, met } from './code.ts';
import type { Report } from './report.ts';
import { drawn, type Mutant, nameOf } from './sample.ts';

type Status = 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage';

const shared = globalThis as { dubanAttempt?: () => void; dubanOn?: number };
/** No mutant's number. */
const NONE = -1;
shared.dubanOn = NONE;

/** The one way to end in this process what never ends by itself. */
const attempt = new Script('dubanAttempt()');

/**
 * Breaks what is tested by nothing but tests that touch nothing outside (no database, no server, no clock), all in this
 * process. A mutant that is come by in a case alone is switched on while the cases run that come by it; for one that is
 * come by earlier its file and what builds on it is evaluated anew, since tables are made when a file is loaded. First
 * run the tests that noticed the most in the same file, and none after the first that fails.
 */
export async function pure({ mutate, tests }: Part, stryker: string): Promise<Report> {
  const { switches, sources, mutants } = await instrumented(mutate.flatMap(filesOf), stryker);
  const code = await codeOf(tests, switches);
  const reach = await reached(code);
  const tell = teller(code, reach);
  const statuses = new Map<string, Status>();
  const ids = new Set(drawn(mutants));
  let noticed = 0;
  // In the order of the files, each of which is made ready but once.
  for (const [at, mutant] of mutants.filter(({ id }) => ids.has(id)).entries()) {
    const status = await tell(mutant);
    statuses.set(mutant.id, status);
    if (status === 'Killed' || status === 'Timeout') noticed += 1;
    else process.stdout.write(`${noticed} of ${at + 1} (${ids.size}) noticed, not ${nameOf(mutant)}\n`);
  }
  return reportOf(mutants, statuses, sources);
}

interface Instrumented {
  switches: Map<string, string>;
  sources: ReadonlyMap<string, string>;
  mutants: Mutant[];
}

/** The files with all their mutants in them, by Stryker, and as they were. */
async function instrumented(files: string[], stryker: string): Promise<Instrumented> {
  const { Instrumenter } = await import(createRequire(stryker).resolve('@stryker-mutator/instrumenter'));
  const silent = { debug() {}, info() {}, isDebugEnabled: () => false };
  const sources = new Map(files.map((file) => [resolve(file), readFileSync(file, 'utf8')]));
  const found = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, mutate: true, content })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const of = (each: { name: string; content: string }): [string, string] => [each.name, each.content];
  return { switches: new Map(found.files.map(of)), sources, mutants: found.mutants };
}

/** Which cases come by a mutant; none stands for all, where it is come by before them. */
interface Reach {
  isEarly(mutant: string): boolean;
  cases(mutant: string): string[];
}

async function reached(code: Code): Promise<Reach> {
  const caseOf = await code.counted();
  const cases = code.tests.map((test) => ({ test, run: caseOf(test).run }));
  const early = new Set(taken());
  const first = cases.map(({ test, run }) => {
    const failure = failureOf(run);
    if (failure !== undefined)
      throw new Error(`${caseOf(test).name()} fails with nothing broken: ${failure}`);
    return taken();
  });
  const by = new Map<number, string[]>();
  for (const [index, { test, run }] of cases.entries()) {
    failureOf(run);
    const again = new Set(taken());
    for (const mutant of again) {
      const tests = by.get(mutant) ?? [];
      by.set(mutant, tests);
      tests.push(test);
    }
    // What is made once, by whichever case asks first, is every case's.
    for (const mutant of first[index] ?? []) if (!again.has(mutant)) early.add(mutant);
  }
  return {
    isEarly: (mutant) => early.has(Number(mutant)),
    cases: (mutant) => by.get(Number(mutant)) ?? [],
  };
}

/** Which mutants were come by; they are forgotten by it. */
function taken(): number[] {
  const marks: number[] = [];
  for (let at = met.indexOf(1); at !== -1; at = met.indexOf(1, at + 1)) marks.push(at);
  met.fill(0);
  return marks;
}

type Verdict = { status: Status; by?: string };

/** How many cases may take how long: what is still at it then never ends. */
const TOGETHER = 100;
const LONGEST_MS = 15_000;

function teller(code: Code, { isEarly, cases }: Reach): (mutant: Mutant) => Promise<Status> {
  let current: { file: string; caseOf: CaseOf } | undefined;
  const noticed = new Map<string, Map<string, number>>();

  function verdict(file: string, caseOf: CaseOf, tests: string[]): Verdict {
    const counts = noticed.get(file) ?? new Map<string, number>();
    noticed.set(file, counts);
    const often = (test: string) => counts.get(test) ?? 0;
    const inOrder = tests.toSorted((one, other) => often(other) - often(one));
    for (let at = 0; at < inOrder.length; at += TOGETHER) {
      let by: string | undefined;
      shared.dubanAttempt = () => {
        by = inOrder
          .slice(at, at + TOGETHER)
          .find((test) => failureOf(() => caseOf(test).run()) !== undefined);
      };
      try {
        attempt.runInThisContext({ timeout: LONGEST_MS });
      } catch {
        return { status: 'Timeout' };
      }
      if (by === undefined) continue;
      counts.set(by, often(by) + 1);
      return { status: 'Killed', by };
    }
    return { status: 'Survived' };
  }

  /** None where the mutant spoilt something for those after it, so that it wasn't alone. */
  async function switchedOn(file: string, mutant: string): Promise<Status | undefined> {
    current = current?.file === file ? current : { file, caseOf: await code.switched(file) };
    const { caseOf } = current;
    shared.dubanOn = Number(mutant);
    const { status, by } = verdict(file, caseOf, cases(mutant));
    shared.dubanOn = NONE;
    const isSpoilt = status === 'Timeout' || (by !== undefined && failureOf(caseOf(by).run) !== undefined);
    if (isSpoilt) current = undefined;
    return isSpoilt && status !== 'Timeout' ? undefined : status;
  }

  return async ({ id, fileName }) => {
    const isMet = isEarly(id) || cases(id).length > 0;
    if (!isMet) return 'NoCoverage';
    const switched = isEarly(id) ? undefined : await switchedOn(fileName, id);
    return switched ?? verdict(fileName, await code.broken(fileName, id), code.tests).status;
  };
}

function failureOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** As Stryker reports it; what wasn't drawn isn't in it. */
function reportOf(
  mutants: readonly Mutant[],
  statuses: ReadonlyMap<string, Status>,
  sources: ReadonlyMap<string, string>,
): Report {
  const files: Report['files'] = {};
  const place = ({ line, column }: { line: number; column: number }) => ({
    line: line + 1,
    column: column + 1,
  });
  for (const { id, fileName, mutatorName, replacement, location } of mutants) {
    const status = statuses.get(id);
    if (status === undefined) continue;
    const name = relative('.', fileName);
    files[name] ??= { source: sources.get(fileName) ?? '', mutants: [] };
    const [start, end] = [place(location.start), place(location.end)];
    files[name].mutants.push({ mutatorName, replacement, status, location: { start, end } });
  }
  return { files };
}
