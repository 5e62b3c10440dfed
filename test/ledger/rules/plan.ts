import { readFileSync } from 'node:fs';
import { type IndicatorFile, type PaperFile, planFile } from '../../../src/ledger/plan/file.ts';
import type { Owner, Viewer } from '../../../src/ledger/rules/audience.ts';
import type { Frame, Indicator, Posting } from '../../../src/ledger/rules/indicator.ts';
import type { Outlook } from '../../../src/ledger/rules/light.ts';
import { spanOf } from '../../../src/ledger/rules/period.ts';

const sample = new URL('../../../src/ledger/sample/plan-2025.json', import.meta.url);
const plan = planFile.parse(JSON.parse(readFileSync(sample, 'utf8')));

const found = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`the sample plan has no ${name}`);
  return value;
};

/** Sections and people go by their place in the plan. */
export const sectionId = (code: string): number => {
  const index = plan.sections.findIndex((section) => section.code === code);
  return found(plan.sections[index], code) && index;
};

export const person = (name: string): Viewer => {
  const id = plan.people.findIndex((each) => each.name === name);
  const { roles, section } = found(plan.people[id], name);
  return { id, roles, sectionId: sectionId(section) };
};

export const everyone: Viewer[] = plan.people.map(({ name }) => person(name));

/** Ids of the secretary and the leaders: seven in the sample. */
export const members: number[] = everyone
  .filter(({ roles }) => roles.includes('secretary') || roles.includes('leader'))
  .map(({ id }) => id);

export const codes: string[] = plan.tasks.map(({ code }) => code);

const ids = new Map(
  plan.tasks
    .flatMap((task) => [...task.indicators, ...task.deliverables])
    .map(({ code }, index) => [code, index + 1]),
);
const idOf = (code: string): number => found(ids.get(code), code);

/** A task of the sample plan on the first day: nothing recorded, nothing submitted. */
export function task(code: string, changes: Partial<Outlook> = {}): Outlook & Owner {
  const row = found(
    plan.tasks.find((each) => each.code === code),
    code,
  );
  return {
    indicators: [...row.indicators.map(measured), ...row.deliverables.map(paper)],
    postings: [],
    nodes: [],
    deadline: row.deadline,
    state: 'pending',
    submittedOn: null,
    resident: false,
    sectionId: row.section === null ? null : sectionId(row.section),
    coSectionIds: row.co_sections.map(sectionId),
    leaderId: row.leader === null ? null : person(row.leader).id,
    ...changes,
  };
}

export function indicator(code: string): Indicator {
  const { indicators } = task(found(code.split('/')[0], code));
  return found(
    indicators.find((each) => each.code === code),
    code,
  );
}

function measured(row: IndicatorFile): Indicator {
  const [target, targetHigh] = Array.isArray(row.target) ? row.target : [row.target, null];
  const { code, label, unit, comparator, clock, subject, kind } = row;
  return {
    id: idOf(code),
    ...{ code, label, unit, comparator, target, targetHigh, clock, subject, kind },
    class: row.class,
    level: row.secrecy ?? null,
    denominatorOf: row.denominator_indicator ?? null,
  };
}

const paper = ({ code, label, subject, secrecy }: PaperFile): Indicator => ({
  id: idOf(code),
  ...{ code, label, subject, unit: '份', comparator: '=', target: 1, targetHigh: null },
  ...{ clock: 'once', class: 'chase', kind: 'deliverable' },
  level: secrecy ?? null,
  denominatorOf: null,
});

type Said = Partial<Pick<Posting, 'personId' | 'part' | 'value' | 'facet' | 'confirmed'>>;

/** `4.3.2/2 +1`; a ratio's numerator and denominator are given as `part` and `value`. */
export const add = (code: string, period: string, said: number | Said): Posting =>
  posting('add', code, period, said);

export const set = (code: string, period: string, said: number | Said): Posting =>
  posting('set', code, period, said);

const posting = (op: 'add' | 'set', code: string, period: string, said: number | Said): Posting => ({
  indicatorId: idOf(code),
  ...{ personId: null, part: null, value: null, facet: null, confirmed: true },
  ...(typeof said === 'number' ? { value: said } : said),
  ...{ period, op },
  happenedOn: period === 'once' ? '2026-01-01' : spanOf(period).starts,
});

/** The plan's year, seen on a day of it from a ledger kept since its first. */
export const on = (today: string, changes: Partial<Frame> = {}): Frame => ({
  ...{ today, starts: '2026-01-01', ends: '2026-12-31', since: '2026-01-01', members },
  ...changes,
});

export const monthsOf2026: string[] = Array.from(
  { length: 12 },
  (_, index) => `2026-${String(index + 1).padStart(2, '0')}`,
);
