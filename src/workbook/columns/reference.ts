import {
  brief,
  CellFault,
  type Column,
  clean,
  type Head,
  type Names,
  NOTHING,
  OPEN,
  typed,
} from '../column.ts';
import { list, parted } from './choice.ts';

/** A section, named as in the sheet 科室. */
export const section = (head: Head): Column<string | null> => ({
  ...{ header: head.header, width: head.width ?? 14, format: 'text', from: 'sections' },
  hint: head.hint ?? `「科室」表里的名称,未定填${OPEN}`,
  read: (cell, names) => {
    const word = typed(cell);
    return NOTHING.has(word) ? null : sectionIn(word, names);
  },
  show: (value, names) => (value === null ? OPEN : names.sectionName(value)),
});

export const sureSection = (head: Head): Column<string> => ({
  ...section(head),
  hint: '「科室」表里的名称',
  read: (cell, names) => sectionIn(typed(cell), names),
  show: (value, names) => names.sectionName(value),
});

export const sectionOrBlank = (head: Head): Column<string | null> => ({
  ...section(head),
  hint: head.hint ?? '「科室」表里的名称或空',
  show: (value, names) => (value === null ? null : names.sectionName(value)),
});

export const sectionList = (head: Head): Column<string[]> => ({
  ...list(head),
  hint: '「科室」表里的名称,多个用、隔开',
  read: (cell, names) => parted(typed(cell)).map((word) => sectionIn(word, names)),
  show: (value, names) => value.map(names.sectionName).join('、'),
});

function sectionIn(word: string, names: Names): string {
  if (word === '') throw new CellFault('没有填写科室');
  const found = names.sectionCode(word);
  if (found !== undefined) return found;
  const called = names.sectionCalled(word);
  const meant = called === undefined ? '' : `,如指「${called}」请填名称`;
  throw new CellFault(`「科室」表里没有「${brief(word)}」${meant}`, 'sections');
}

/** A person, named as in the sheet 人员; whether there is one is checked when all is read. */
export const person = (head: Head): Column<string | null> => ({
  ...{ header: head.header, width: head.width ?? 16, format: 'text', from: 'people' },
  hint: `「人员」表里的姓名,未定填${OPEN}`,
  read: (cell) => {
    const word = clean(typed(cell), 50);
    return NOTHING.has(word) ? null : word;
  },
  show: (value) => value ?? OPEN,
});
