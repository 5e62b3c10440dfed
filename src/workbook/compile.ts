import {
  type Book,
  type BookDuty,
  type BookIndicator,
  type BookPaper,
  type BookTask,
  emptyBook,
} from '../ledger/book.ts';
import { clean, wide } from './compile/clean.ts';
import { dueOf } from './compile/deadline.ts';
import { type Doubt, doubtsIn, type Placed } from './compile/doubts.ts';
import { dutiesOf, levelOf, measured, planOf, standardOf, taskGuesses } from './compile/draft.ts';
import { type Outline, outlineOf } from './compile/outline.ts';
import type { Promised } from './compile/promise.ts';
import { declaredTotal, type Proposed, tasksOf, tightest, titleOf } from './compile/tasks.ts';

/** A plan's text turned into rows for the office to correct, with what it has to decide. */
export interface Compiled {
  book: Book;
  outline: Outline;
  promises: Placed[];
  doubts: Doubt[];
  /** What was taken for granted in a row, by its code: the column 待核. */
  guesses: Map<string, string[]>;
  dropped: string[];
  /** Half-width marks that 原文 has in full width. */
  mended: number;
}

/** Nothing is written to the ledger: what comes out is a draft. */
export function compilePlan(text: string, today: string): Compiled {
  const { lines, dropped, mended } = clean(text);
  const outline = outlineOf(lines);
  const year = Number(today.slice(0, 4));
  const tasks = numbered(tasksOf(outline, year));
  const duties = dutiesOf(outline, year);
  const promises = [
    ...tasks.flatMap(({ code, task }) => placed(code, task.item.place, task.promises, false)),
    ...duties.flatMap(({ code, item, promises: own }) => placed(code, item.place, own, true)),
  ];
  const book: Book = {
    ...emptyBook(),
    plan: [planOf(outline, year)],
    outline: outline.categories.flatMap(({ number, title, items }) => [
      { code: String(number), title: wide(title) },
      ...items.map((item) => ({ code: `${number}.${item.number}`, title: wide(item.title) })),
    ]),
    tasks: tasks.map(({ code, task }, index) => taskRow(index + 1, code, task, year)),
    duties: duties.map(({ code, item, sentence, promises: own }): BookDuty => {
      const row = taskRow(0, code, { item, sentences: [sentence], promises: own, papers: [] }, year);
      const { serial: _, ...duty } = row;
      return { ...duty, mergedWith: null };
    }),
    indicators: promises.map(indicatorRow),
    papers: tasks.flatMap(({ code, task }) =>
      task.papers.map(
        (label, index): BookPaper => ({
          ...{ code: `${code}/d${index + 1}`, label, subject: 'bureau', level: null, retired: false },
        }),
      ),
    ),
  };
  const total = declaredTotal(outline);
  const short: Doubt[] =
    total === null || total === tasks.length
      ? []
      : [
          {
            mark: '任务数',
            where: '',
            text: `方案写明${total}项任务,按句拆出${tasks.length}项,请补拆或合并`,
          },
        ];
  const doubts = [...short, ...doubtsIn({ all: promises, outline, year })];
  const guesses = new Map([
    ...tasks.map(({ code, task }): [string, string[]] => [
      code,
      taskGuesses(task, dueIn(task, year).guesses, year),
    ]),
    ...promises.map(({ code, guesses: own }): [string, string[]] => [code, own]),
  ]);
  return { book, outline, promises, doubts, guesses, dropped, mended };
}

function numbered(tasks: Proposed[]): { code: string; task: Proposed }[] {
  const counts = new Map<string, number>();
  return tasks.map((task) => {
    const measure = `${task.item.category}.${task.item.number}`;
    const count = (counts.get(measure) ?? 0) + 1;
    counts.set(measure, count);
    return { code: `${measure}.${count}`, task };
  });
}

/** In chat an indicator goes by its label: two of one task are told apart. */
function placed(task: string, place: string, promises: Promised[], duty: boolean): Placed[] {
  const used = new Map<string, number>();
  return promises.map((promise, index) => {
    const times = (used.get(promise.label) ?? 0) + 1;
    used.set(promise.label, times);
    const label = times === 1 ? promise.label : `${promise.label}${times}`;
    return { ...promise, label, code: `${task}/${index + 1}`, place, duty };
  });
}

const dueIn = ({ sentences, item }: Proposed, year: number) =>
  dueOf(sentences.join(''), item.charge.deadline, year);

function taskRow(serial: number, code: string, task: Proposed, year: number): BookTask {
  const text = task.sentences.join('');
  return {
    ...{ serial, code, title: wide(titleOf(task, year)), leader: null, section: null, coSections: [] },
    ...{
      deadline: dueIn(task, year).day,
      carried: false,
      clock: tightest(task.promises),
      level: levelOf(text),
    },
    ...{ standard: standardOf(task), sourceText: wide(text), sourcePlace: task.item.place, retired: false },
  };
}

const indicatorRow = (promise: Placed): BookIndicator => ({ code: promise.code, ...measured(promise) });
