import { DUTY, INDICATOR, PAPER } from '../../ledger/rules/code.ts';
import type { Vocabulary, VocabularyTask } from '../intent.ts';
import { numberOf } from './numerals.ts';

/**
 * Tasks named by number. `group` is a measure or a category (`of`: `3.2`, `3`) with the tasks in it; `unknown` names
 * nothing in the plan; `dayish` (18号) may as well be a day of this month.
 */
export interface Code {
  how: 'task' | 'group' | 'unknown' | 'dayish';
  tasks: string[];
  of?: string;
  /** `4.3.2/3`, said outright. */
  indicator?: string;
  /** Said as 第18项, 序号18: beside a code it may be anything. */
  serial?: true;
  /** A dayish number. */
  day?: number;
}

const CATEGORY = '[一二三四五六七八九1-9]';
const INNER = '[一二三四五六七八九1-9]';
const SERIAL = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})';

/** How the plan's tasks are written, the longer forms first. */
const forms: [pattern: RegExp, read: (parts: string[], vocabulary: Vocabulary) => Code | null][] = [
  [
    new RegExp(`(?:${INDICATOR}|${PAPER})(?![\\d.])`, 'uiy'),
    ([code = ''], vocabulary) => ofIndicator(code.toLowerCase().replace('g', 'G'), vocabulary),
  ],
  [
    new RegExp(`${DUTY}(?!\\d)`, 'uiy'),
    ([code = ''], vocabulary) => {
      const duty = ofTask(code.toUpperCase(), vocabulary);
      // G20 and G15 are a summit and a road as well.
      return duty.how === 'unknown' && code.length > 2 ? null : duty;
    },
  ],
  [
    /(\d{1,2})( ?\. ?|-)(\d{1,2})\2(\d{1,2})(?:\2(\d{1,2}))?(?! ?[.-] ?\d|\d|[号日]|月(?![底初末中度调排]))/uy,
    ([, a, , b, c, more], vocabulary) => ofTask(more === undefined ? `${a}.${b}.${c}` : '', vocabulary),
  ],
  [
    /([一二三四五六七八九])点([一二三四五六七八九])点([一二三四五六七八九])/uy,
    ([, ...parts], vocabulary) => ofTask(dotted(parts), vocabulary),
  ],
  [
    /第?([一二三四五六七八九])\(([一二三四五六七八九])\) ?([1-9])(?!\d)/uy,
    ([, ...parts], vocabulary) => ofTask(dotted(parts), vocabulary),
  ],
  [
    /\(([一二三四五六七八九])\) ?([1-9])(?:[.、]([1-9]))?(?!\d)/uy,
    ([, a, b, c], vocabulary) =>
      c === undefined ? ofMeasure(dotted([a, b]), vocabulary) : ofTask(dotted([a, b, c]), vocabulary),
  ],
  [
    new RegExp(
      `第?(${CATEGORY})类第?(${INNER})项(?:第?(${INNER})(?:小项|条|个|项|任务|(?=[\\s:,]|$)))?`,
      'uy',
    ),
    ([, a, b, c], vocabulary) =>
      c === undefined ? ofMeasure(dotted([a, b]), vocabulary) : ofTask(dotted([a, b, c]), vocabulary),
  ],
  [
    new RegExp(
      `第(${CATEGORY})类(?:任务|事项)?|([一二三四五六七八九])类(?=的|任务|事项|都|全)|(?<=^|[\\s,。;:、])([一二三四五六七八九])类(?=进展|情况|整改|推进|完成得?怎|怎么|落实得?怎)`,
      'uy',
    ),
    ([, a, b, c], vocabulary) => ofCategory(dotted([a ?? b ?? c]), vocabulary),
  ],
  [
    /([1-9])\.([1-9])(?![\d.%万亿]|-\d)/uy,
    ([, a, b], vocabulary) =>
      vocabulary.tasks.some((task) => task.measure === `${a}.${b}`)
        ? ofMeasure(`${a}.${b}`, vocabulary)
        : null,
  ],
  [
    new RegExp(`第 ?(${SERIAL}(?:[、,] ?${SERIAL}){0,9}) ?(?:项|号任务|个任务|条任务)`, 'uy'),
    ([, list = ''], vocabulary) => ofSerials(list, vocabulary),
  ],
  [
    /(?:# ?|序号:? ?|编号:? ?|任务 ?)(\d{1,2})(?![\d.项个件次场名家期所条类篇天份人起分])/uy,
    ([, serial = ''], vocabulary) => ofSerials(serial, vocabulary),
  ],
  [
    /(?<!\p{Script=Han}[发字函令])(\d{1,2})号(?!楼|线|院|文|令|公告|通知|桌|馆|柜|室|房|库|盒|箱|卷|档|门)(?!前|之前|以前|上午|下午|晚|中午|当天|当日|召开|开会|那天)/uy,
    ([, serial = ''], vocabulary) => ({
      ...ofSerials(serial, vocabulary),
      how: 'dayish',
      day: Number(serial),
    }),
  ],
];

const FIRST = /[\dGg第(#序编任一二三四五六七八九]/u;

/** The code that starts at `at`, with its length in characters. */
export function readCode(
  text: string,
  at: number,
  vocabulary: Vocabulary,
): { code: Code; length: number } | null {
  if (!FIRST.test(text.charAt(at))) return null;
  for (const [pattern, read] of forms) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const code = found && read([...found], vocabulary);
    if (found && code) return { code, length: found[0].length };
  }
  return null;
}

const dotted = (parts: (string | undefined)[]): string => parts.map((part) => numberOf(part ?? '')).join('.');

const unknown: Code = { how: 'unknown', tasks: [] };

const ofTask = (code: string, vocabulary: Vocabulary): Code =>
  vocabulary.tasks.some((task) => task.code === code) ? { how: 'task', tasks: [code] } : unknown;

function ofIndicator(code: string, { tasks }: Vocabulary): Code {
  const task = tasks.find(({ indicators }) => indicators.some((each) => each.code === code));
  return task ? { how: 'task', tasks: [task.code], indicator: code } : unknown;
}

function group(of: string, { tasks }: Vocabulary, fits: (measure: string | null) => boolean): Code {
  const codes = tasks.flatMap(({ code, measure }) => (fits(measure) ? [code] : []));
  return codes.length === 0 ? unknown : { how: codes.length === 1 ? 'task' : 'group', tasks: codes, of };
}

const ofMeasure = (code: string, vocabulary: Vocabulary): Code =>
  group(code, vocabulary, (measure) => measure === code);

const ofCategory = (code: string, vocabulary: Vocabulary): Code =>
  group(code, vocabulary, (measure) => measure?.startsWith(`${code}.`) === true);

/** Serials stand one by one: a task each, and one that the plan doesn't have spoils the list. */
function ofSerials(list: string, vocabulary: Vocabulary): Code {
  const tasks = list.split(/[、,] ?/).map((serial) => taskOfSerial(numberOf(serial), vocabulary.tasks));
  return tasks.some((task) => task === undefined)
    ? unknown
    : { how: 'task', tasks: tasks.flatMap((task) => task ?? []), serial: true };
}

export const taskOfSerial = (serial: number | null, tasks: readonly VocabularyTask[]): string | undefined =>
  tasks.find((task) => task.serial !== null && task.serial === serial)?.code;
