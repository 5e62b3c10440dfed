import { z } from 'zod';

const place = z.object({ line: z.number(), column: z.number() });
const mutant = z.object({
  mutatorName: z.string(),
  replacement: z.string().default(''),
  status: z.string(),
  location: z.object({ start: place, end: place }),
});
const report = z.object({
  files: z.record(z.string(), z.object({ source: z.string(), mutants: z.array(mutant) })),
});

export type Report = z.infer<typeof report>;

/** A mutant that no test notices. `code` is the line that it begins in, so that it is known again when lines move. */
const survivor = z.object({ file: z.string(), code: z.string(), was: z.string(), is: z.string() });
export type Survivor = z.infer<typeof survivor>;

/** Those of which somebody has said why they change nothing that anybody could see. */
const known = z.array(survivor.extend({ why: z.string().min(8) }));

export interface Result {
  detected: number;
  timeouts: number;
  equivalent: number;
  survivors: Survivor[];
  /** The same by place, for another run of these alone. */
  places: string[];
}

/** Stryker's report, held against the known survivors. */
export function read(json: unknown, knownJson: unknown): Result {
  const told = new Set(known.parse(knownJson).map(nameOf));
  const result: Result = { detected: 0, timeouts: 0, equivalent: 0, survivors: [], places: [] };
  for (const [file, { source, mutants }] of Object.entries(report.parse(json).files)) {
    const lines = source.split('\n');
    for (const { status, replacement, location } of mutants) {
      if (status === 'Killed' || status === 'Timeout') result.detected += 1;
      if (status === 'Timeout') result.timeouts += 1;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const found = { file, code: codeAt(lines, location), was: cut(lines, location), is: tidy(replacement) };
      if (told.has(nameOf(found))) result.equivalent += 1;
      else {
        result.survivors.push(found);
        result.places.push(`${file}:${location.start.line}:${location.start.column} ${replacement}`);
      }
    }
  }
  return result;
}

export const together = (results: Result[]): Result => ({
  detected: sum(results, 'detected'),
  timeouts: sum(results, 'timeouts'),
  equivalent: sum(results, 'equivalent'),
  survivors: results.flatMap(({ survivors }) => survivors),
  places: results.flatMap(({ places }) => places),
});

const sum = (results: Result[], name: 'detected' | 'timeouts' | 'equivalent'): number =>
  results.reduce((total, result) => total + result[name], 0);

type Location = z.infer<typeof mutant>['location'];

const codeAt = (lines: string[], { start }: Location): string => (lines[start.line - 1] ?? '').trim();

/** Columns count from 1. */
function cut(lines: string[], { start, end }: Location): string {
  const within = lines.slice(start.line - 1, end.line);
  const last = within.length - 1;
  const whole = within.map((line, index) =>
    line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
  );
  return tidy(whole.join('\n'));
}

const tidy = (code: string): string => code.replace(/\s+/g, ' ').trim();

const nameOf = ({ file, code, was, is }: Survivor): string => JSON.stringify([file, code, was, is]);
