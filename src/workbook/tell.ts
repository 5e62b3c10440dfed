import { trialIn } from '../ledger/book/blanks.ts';
import type { Change, Differences } from '../ledger/book/differ.ts';
import type { Book, Row, SheetName, Value } from '../ledger/book.ts';
import { emptyBook, keys, NO_TRIAL, SET, sheetNames } from '../ledger/book.ts';
import { isDay, spoken } from '../ledger/days.ts';
import type { Names } from './column.ts';
import { type Fault, faultWords } from './fault.ts';
import { namesOf } from './names.ts';
import { sheets } from './sheets.ts';

/** Lines that somebody may still go through. */
const MOST = 1_000;

export function faultsText(faults: readonly Fault[], hints: readonly string[]): string {
  const lines = faults.slice(0, MOST).map(faultWords);
  const more = faults.length > MOST ? [`另有${faults.length - MOST}处,请先改以上各处。`] : [];
  return [`共${faults.length}处需要修改,台账未作任何改动:`, ...lines, ...more, ...hints].join('\n');
}

/** The differences as a clerk checks them, sheet by sheet. */
export function differencesText({ changes, missing, moved }: Differences, names: Names): string {
  const lines = [`共${changes.length}行有变化${changes.length === 0 ? '' : ':'}`];
  for (const sheet of sheetNames) {
    for (const change of changes.filter((each) => each.sheet === sheet))
      lines.push(...changeLines(change, names));
  }
  for (const { sheet, key, field, now } of moved) {
    lines.push(
      `未改 ${titled(sheet, key)} ${headerOf(sheet, field)}:台账在导出后已改为 ${word(sheet, field, now, names)},本表没有动过这一格,保持台账的`,
    );
  }
  for (const { sheet, key } of missing) {
    const how = 'retired' in sheets[sheet].columns ? '(确需停用请在「停用」列填 是)' : '';
    lines.push(`未列 ${titled(sheet, key)}:表里没有这一行,台账保持不变${how}`);
  }
  return lines.join('\n');
}

function changeLines({ sheet, key, added, fields, row }: Change, names: Names): string[] {
  if (added) return [`新增 ${titled(sheet, key)}${nameIn(sheet, row)}`];
  return fields.map(
    ({ field, before, after }) =>
      `修改 ${titled(sheet, key)} ${headerOf(sheet, field)}:${word(sheet, field, before, names)} → ${word(sheet, field, after, names)}`,
  );
}

/** What an entry keeps of the changes of one task or of the plan: never an indicator's figures or anybody's account. */
export const entryWords =
  (names: Names) =>
  (changes: readonly Change[]): string =>
    changes
      .map(({ sheet, key, added, fields }) => {
        const open = sheet === 'tasks' || sheet === 'duties' || sheet === 'plan';
        const what = fields.map(({ field, before, after }) =>
          open
            ? `${headerOf(sheet, field)} ${inWords(word(sheet, field, before, names))}→${inWords(word(sheet, field, after, names))}`
            : headerOf(sheet, field),
        );
        return `${titled(sheet, key)} ${added ? '新增' : what.join(';')}`;
      })
      .join('\n')
      .slice(0, 4_000);

/** A day as people read it; a cell's is for the program. */
const inWords = (text: string): string => (isDay(text) ? `${text.slice(0, 4)}年${spoken(text)}` : text);

const titled = (sheet: SheetName, key: string): string =>
  sheet === 'plan' ? sheets[sheet].title : `${sheets[sheet].title} ${key}`;

function nameIn(sheet: SheetName, row: Row): string {
  const name = row.title ?? row.label ?? row.name;
  return typeof name === 'string' && name !== row[keys[sheet]] ? `(${name})` : '';
}

const headerOf = (sheet: SheetName, field: string): string => sheets[sheet].columns[field]?.header ?? field;

/** A value as its cell shows it; a secret never. */
function word(sheet: SheetName, field: string, value: Value, names: Names): string {
  if (sheet === 'groups' && (field === 'address' || field === 'secret')) {
    return value === '' ? '未设置' : value === SET ? SET : '新设置';
  }
  const shown = sheets[sheet].columns[field]?.show(value, names) ?? null;
  const text = shown instanceof Date ? shown.toISOString().slice(0, 10) : String(shown ?? '');
  if (field === 'retired') return text === '' ? '否' : text;
  if (text === '') return '空';
  const flat = text.replaceAll('\n', ' / ');
  return flat.length > 60 ? `${flat.slice(0, 60)}…(${flat.length}字)` : flat;
}

/** Until when a new plan's pushes go to the office alone, and how to end that. */
export function trialText(book: Book): string[] {
  const last = trialIn(book);
  return last === null
    ? []
    : [
        `试运行至${last}:到此日为止,推送只发整改办群。要提前结束,把方案表的「试运行至」改为「${NO_TRIAL}」再导入。`,
      ];
}

/** What may leave without anybody's word, and on whose: told to who brings a new plan in. */
export function authorityText({ plan: [plan] }: Book): string[] {
  if (plan === undefined) return [];
  const { authorisedScope: scope, authorisedBy: by, authorisedBasis: basis, authorisedOn: on } = plan;
  if (on === null || scope.length === 0)
    return ['没有自动发布的授权:推送到群的消息先交整改办同意,季通报由组长签发。'];
  const what = String(sheets.plan.columns.authorisedScope?.show(scope, namesOf(emptyBook())) ?? '');
  const signed = plan.release === 'auto' && scope.includes('bulletin') ? '' : ';季通报由组长签发';
  return [`按授权自动发布:${what}(授权人${by},依据“${basis}”,${on})${signed}。请核对。`];
}

/** How much of each kind a book has. */
export const sizeText = (book: Book): string =>
  sheetNames
    .filter((sheet) => sheet !== 'plan')
    .map((sheet) => `${sheets[sheet].title}${book[sheet].length}`)
    .join('、');
