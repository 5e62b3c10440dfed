import { apart, type Charge, fieldIn, noCharge } from './fields.ts';

const NUMERAL = '[一二三四五六七八九十]{1,3}';
const PART = new RegExp(`^(${NUMERAL})、\\s*(.+)$`, 'u');
const SECTION = new RegExp(`^\\((${NUMERAL})\\)\\s*(.+)$`, 'u');
const ITEM = /^(\d{1,2})(?:[.、]|\))\s*(?!\d)(.+)$/u;
const PROBLEM = new RegExp(`^(?:反馈|存在)?问题(${NUMERAL}|\\d{1,2})[:、.]\\s*(.*)$`, 'u');
const LONGEST_TITLE = 45;

/** What 一、 opens. */
export interface Part {
  mark: string;
  title: string;
  sections: Section[];
}

/** What (一) opens, or what stands in a part without one. */
export interface Section {
  mark: string;
  title: string;
  preamble: string[];
  items: Entry[];
  charge: Charge;
  /** It has lines of its own for the problem, the goal, the measures: a measure itself, its numbers its tasks. */
  listed: boolean;
}

/** What 1. opens. */
interface Entry {
  mark: number;
  title: string;
  body: string[];
  charge: Charge;
  /** 1.问题表现:… has lines of its own: all that follow until the next. */
  isProblem?: true;
}

/** A plan's lines by its numbering, and what stands before its first part. */
export function partsIn(lines: readonly string[]): { head: string[]; parts: Part[] } {
  const head: string[] = [];
  const parts: Part[] = [];
  const isParted = lines.some((line) => PART.test(line) && !/[。]$/u.test(line));
  for (const line of lines) {
    const part = parts.at(-1);
    const [, number = '', told = ''] = PROBLEM.exec(line) ?? [];
    if (number !== '' && (part || !isParted)) {
      parts.push(...problemPart(number, told, part, isParted));
      continue;
    }
    const opened = PART.exec(line);
    if (opened && !/[。]$/u.test(line)) {
      parts.push({ mark: opened[1] ?? '', title: opened[2] ?? '', sections: [] });
    } else if (!part) head.push(line);
    else addTo(part, line);
  }
  return { head, parts };
}

/** 问题一:… opens a measure; in a plan without parts each is a category of its own. What was wrong is no promise. */
function problemPart(number: string, told: string, open: Part | undefined, isParted: boolean): Part[] {
  const title = told.split(/[。,;:]/u)[0]?.slice(0, LONGEST_TITLE) ?? '';
  const section = { ...sectionOf(number, title, []), listed: true };
  if (!open || !isParted) return [{ mark: '问题', title, sections: [section] }];
  open.sections.push(section);
  return [];
}

const sectionOf = (mark: string, title: string, preamble: string[]): Section => ({
  ...{ mark, title, preamble, items: [], charge: noCharge(), listed: false },
});

function addTo(part: Part, line: string): void {
  const section = SECTION.exec(line);
  if (section) {
    const { rest: plain, fields } = apart(section[2] ?? '');
    const { title, rest } = headed(plain);
    const opened = sectionOf(section[1] ?? '', title, rest);
    for (const { name, text } of fields) charge(opened, name, text);
    part.sections.push(opened);
    return;
  }
  let open = part.sections.at(-1);
  const field = fieldIn(line);
  const item = ITEM.exec(line);
  const isProblem = item !== null && field?.name === 'problem';
  const problem = open?.items.at(-1);
  if (field && open && !isProblem) {
    if (problem?.isProblem) addToProblem(problem, field.name, field.text);
    else addField(open, field.name, field.text);
    return;
  }
  if (item && problem?.isProblem && !isProblem) {
    problem.body.push(item[2] ?? '');
    return;
  }
  if (item) {
    if (!open) {
      open = sectionOf('', part.title, []);
      part.sections.push(open);
    }
    if (isProblem) {
      const title = headed(field.text).title;
      open.items.push({ mark: Number(item[1]), title, body: [], charge: noCharge(), isProblem });
      return;
    }
    const { rest: told, fields } = apart(item[2] ?? '');
    const { title, rest } = open.listed ? { title: '', rest: [told] } : headed(told);
    const made = { mark: Number(item[1]), title, body: rest, charge: noCharge() };
    for (const { name, text } of fields) charge(made, name, text);
    open.items.push(made);
    return;
  }
  if (open) (open.items.at(-1)?.body ?? open.preamble).push(line);
  else part.sections.push(sectionOf('', part.title, [line]));
}

function addField(open: Section, name: string, text: string): void {
  open.listed = true;
  // What the problem was is no promise; the goal and the measures are.
  if (name === 'goal' || name === 'work') {
    if (text !== '') open.items.push({ mark: 0, title: '', body: [text], charge: noCharge() });
  } else charge(open, name, text);
}

function addToProblem(problem: Entry, name: string, text: string): void {
  if (name !== 'goal' && name !== 'work') charge(problem, name, text);
  else if (text !== '') problem.body.push(text);
}

function charge({ charge: own }: Pick<Section, 'charge'>, name: string, text: string): void {
  if (name === 'leader' || name === 'section' || name === 'deadline') {
    own[name] = [own[name], text].filter((each) => each !== '').join('、');
  }
}

/** A heading ends at its first full stop; without a short one the line is all text. */
function headed(text: string): { title: string; rest: string[] } {
  const stop = text.search(/[。:]/u);
  const end = stop === -1 ? text.length : stop;
  const plain = end <= LONGEST_TITLE && !/\d|[,;]/u.test(text.slice(0, end));
  if (stop !== -1 && !plain)
    return { title: text.slice(0, Math.max(0, text.search(/[,,;。]/u))), rest: [text] };
  const rest = text.slice(end + 1).trim();
  return { title: text.slice(0, end).trim(), rest: rest === '' ? [] : [rest] };
}
