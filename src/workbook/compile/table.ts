import { type Field, fieldIn } from './fields.ts';

/** In a cell: it is one with the cell above it. */
export const ABOVE = '\uFFF9';

/** A plan in the form of a table, a row a problem, as the lines of a list: 问题1:…, 整改措施:…, 责任领导:…. */
export function untabled(lines: readonly string[]): string[] {
  let head: string[] | null = null;
  let above: string[] = [];
  let count = 0;
  const listed: string[][] = [];
  for (const line of lines) {
    const cells = line.split('\t').map((cell) => cell.trim());
    if (isHead(cells)) {
      head = cells.map((cell) => cell.replace(/\s+/g, ''));
      above = [];
    } else if (head === null || cells.length !== head.length) {
      listed.push([line.replaceAll(ABOVE, '')]);
    } else if (above.length > 0 && sharesWork(head, cells)) {
      const [title = '', ...rest] = listed.pop() ?? [];
      above = cells.map((cell, at) => (cell === ABOVE ? (above[at] ?? '') : cell));
      listed.push([`${title}\uFF1B${titleOf(head, above)}`, ...rest]);
    } else {
      const before = above;
      above = cells.map((cell, at) => (cell === ABOVE ? (before[at] ?? '') : cell));
      listed.push(rowLines(head, cells, above, ++count));
    }
  }
  return listed.flat();
}

/** Columns for what is to be done and for one more thing that a list says of it. */
const isHead = (cells: string[]): boolean => {
  const names = new Set(cells.map(nameOf));
  return names.has('work') && (names.has('problem') || names.has('section') || names.has('deadline'));
};

const nameOf = (cell: string): Field['name'] | null => fieldIn(`${cell.replace(/\s+/g, '')}:`)?.name ?? null;

const worksIn = (head: string[]): number[] =>
  head.flatMap((name, at) => (nameOf(name) === 'work' ? [at] : []));

/** Several problems with one measure for all of them: it is done once. */
const sharesWork = (head: string[], cells: string[]): boolean =>
  worksIn(head).every((at) => cells[at] === ABOVE);

/** Where two columns say what is to be done the first is but a heading for the second. */
function titleOf(head: string[], cells: string[]): string {
  const works = worksIn(head);
  const ways = [
    head.findIndex((name) => nameOf(name) === 'problem'),
    head.findIndex((name) => /^(?:事项|任务|项目|内容)/u.test(name)),
    works.length > 1 ? (works[0] ?? -1) : -1,
    head.findIndex((name) => /^(?:整改)?(?:类别|方面|领域)/u.test(name)),
  ];
  const at = ways.find((way) => way !== -1);
  return at === undefined ? '' : (cells[at] ?? '');
}

/** `whole` has in each cell what stands over it. */
function rowLines(head: string[], cells: string[], whole: string[], number: number): string[] {
  const [heading, ...works] = worksIn(head);
  const isLeftOut = (name: Field['name'] | null, at: number) =>
    name === null ||
    name === 'problem' ||
    (name === 'work' && (cells[at] === ABOVE || (works.length > 0 && at === heading)));
  const fields = head.flatMap((name, at) => {
    const text = whole[at] ?? '';
    return isLeftOut(nameOf(name), at) || text === '' ? [] : [`${name}:${text}`];
  });
  return [`问题${number}:${titleOf(head, whole)}`, ...fields];
}
