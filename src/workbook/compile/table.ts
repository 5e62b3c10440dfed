import { fieldIn } from './fields.ts';

/** A plan in the form of a table, a row a problem, as the lines of a list: 问题1:…, 整改措施:…, 责任领导:…. */
export function untabled(lines: readonly string[]): string[] {
  let head: string[] | null = null;
  let count = 0;
  return lines.flatMap((line) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    if (isHead(cells)) {
      head = cells;
      return [];
    }
    if (head === null || cells.length !== head.length) return [line];
    count++;
    return rowLines(head, cells, count);
  });
}

/** Columns for what is to be done and for one more thing that a list says of it. */
const isHead = (cells: string[]): boolean => {
  const names = new Set(cells.map(nameOf));
  return names.has('work') && (names.has('problem') || names.has('section') || names.has('deadline'));
};

const nameOf = (cell: string) => fieldIn(`${cell.replace(/\s+/g, '')}:`)?.name ?? null;

function rowLines(head: string[], cells: string[], number: number): string[] {
  const named = head.map((name, at) => ({ name: name.replace(/\s+/g, ''), text: cells[at] ?? '' }));
  const title = named.find(
    ({ name }) => nameOf(name) === 'problem' || /^(?:事项|任务|项目|内容)/u.test(name),
  );
  const fields = named.filter((each) => each !== title && each.text !== '' && nameOf(each.name) !== null);
  return [`问题${number}:${title?.text ?? ''}`, ...fields.map(({ name, text }) => `${name}:${text}`)];
}
