import { type Finding, isDenied, isRecorded, isUnsure } from './checker.ts';
import type { Poured } from './pour.ts';

/** What became of one kind of trouble. */
export interface Result {
  name: string;
  rounds: number;
  counts: Record<string, number>;
  /** The longest that it took, in milliseconds, from the trouble's end until something was recorded again. */
  back?: number;
  findings: Finding[];
}

export function count(name: string, rounds: number, poured: Poured[], findings: Finding[]): Result {
  const having = (is: (one: Poured) => boolean) => poured.filter(is).length;
  const finding = (...whats: string[]) => findings.filter(({ what }) => whats.includes(what)).length;
  const counts = {
    messages: poured.length,
    已记录: having(isRecorded),
    未记录: having(isDenied),
    暂不能确认: having(isUnsure),
    unanswered: having(({ missed }) => missed > 0),
    lost: finding('lost'),
    hidden: finding('written though it was told otherwise'),
    doubled: finding('doubled'),
    'told two things': finding('answered in two ways'),
    'slowest ms': Math.max(0, ...poured.map(({ took }) => took)),
  };
  return { name, rounds, counts, findings };
}

/** One line a trouble. */
export function lineOf({ name, rounds, counts, back, findings }: Result): string {
  const figures = Object.entries(counts).map(([what, figure]) => `${what} ${figure}`);
  const recovery = back === undefined ? [] : [`back after ms ${back}`];
  return `${name}: rounds ${rounds}, ${[...figures, ...recovery, `faults ${findings.length}`].join(', ')}`;
}
