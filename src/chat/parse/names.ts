import { isPaper } from '../../ledger/rules/indicator.ts';
import type { Vocabulary, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { HAN_NUMERAL } from './numerals.ts';

/**
 * What a surface form of the plan's vocabulary can stand for. A `label` names an indicator outright, a `part` is
 * only some of a title or of a paper's name, a `tail` is what a label leaves without its verb (收集|意见), for figures
 * that only fit that; the two sides of a ratio count only inside their own task.
 */
export interface Use {
  task: VocabularyTask;
  role: 'label' | 'tail' | 'title' | 'part' | 'paper' | 'numerator' | 'denominator' | 'facet';
  indicator?: VocabularyIndicator;
}

/** A piece of a title counts as its name from this length on. */
export const DISTINCT = 4;

/** Every form that the plan's words give, with all its uses. */
export function namesOf(vocabulary: Vocabulary): Map<string, Use[]> {
  const names = new Map<string, Use[]>();
  const put = (form: string, use: Use) => {
    const uses = names.get(form) ?? [];
    if (uses.some((each) => each.task === use.task && each.indicator === use.indicator)) return;
    names.set(form, [...uses, use]);
  };
  for (const task of vocabulary.tasks) {
    put(bare(task.title).replace(/[、,]/g, ''), { task, role: 'title' });
    for (const indicator of task.indicators) putIndicator(put, task, indicator);
  }
  for (const [form, uses] of [...names]) {
    for (const use of names.get(withoutVerb(form)) ?? []) {
      if (use.role === 'label' && uses.every((each) => each.task !== use.task))
        put(form, { ...use, role: 'tail' });
    }
  }
  for (const { task, text, paper } of pieces(vocabulary)) {
    const part: Use = { task, role: 'part' };
    const uses: Use[] = paper ? [{ task, role: 'paper', indicator: paper }, part] : [part];
    for (const form of fragments(text)) for (const use of uses) put(form, use);
  }

  // Asked before any is put: what fits several papers is all of theirs, and so asked about.
  const short = abbreviations(vocabulary).filter(([form]) => !names.has(form));
  for (const [form, paper] of short) put(form, paper);
  return names;
}

const HEADED = /(?:办法|机制|规范|制度|规则|台账|清单|方案|计划|细则|规定)$/u;

/** Words that any bureau's papers have in their names: 年度计划 may be anybody's. */
const PLAIN = new Set(
  `年度 季度 月度 教育 体育 系统 干部 党员 党组 群众 政治 学习 工作 问题 整改 提升 管理 修订 制定 建设 发展 质量 推进 落实 执行 实施 专项 全面 全市 市级
    单位 学校 教师 学生 安全`.split(/\s+/),
);

/** 采购办法, 点单机制: a paper is called by a word of its name and its kind, where not several of them have that word. */
function abbreviations({ tasks }: Vocabulary): [string, Use][] {
  const papers = tasks.flatMap((task) =>
    task.indicators.filter(isPaper).flatMap((paper) => {
      const label = bare(paper.label);
      const [kind] = HEADED.exec(label) ?? [];
      return kind === undefined || paper.kind !== 'deliverable'
        ? []
        : [{ task, paper, kind, words: wordsOf(label.slice(0, -kind.length)) }];
    }),
  );
  const isShared = (word: string) => papers.filter(({ words }) => words.includes(word)).length > 2;
  return papers.flatMap(({ task, paper, kind, words }) =>
    words
      .filter((word) => !PLAIN.has(word) && !isShared(word))
      .map((word): [string, Use] => [`${word}${kind}`, { task, role: 'paper', indicator: paper }]),
  );
}

/** Each two characters that stand together. */
const wordsOf = (name: string): string[] => [
  ...new Set(name.split(/[、,与和]/).flatMap((piece) => grams(piece, 2))),
];

const withoutVerb = (form: string): string =>
  form.replace(/^(?:收集|征集|听取|解决|整改|新增|开展)(?=..)/u, '');

type Put = (form: string, use: Use) => void;

function putIndicator(put: Put, task: VocabularyTask, indicator: VocabularyIndicator): void {
  for (const form of [indicator.label, ...indicator.aliases]) {
    put(bare(form), { task, role: isPaper(indicator) ? 'paper' : 'label', indicator });
  }
  const { ratio } = indicator;
  if (!ratio) return;
  for (const form of [ratio.numerator, ...ratio.numeratorAliases])
    put(form, { task, role: 'numerator', indicator });
  for (const form of [ratio.denominator, ...ratio.denominatorAliases]) {
    put(form, { task, role: 'denominator', indicator });
  }
  for (const part of ratio.parts ?? []) {
    for (const form of [part.label, ...part.aliases]) put(form, { task, role: 'facet', indicator });
  }
}

/** Marks of quotation and titles stand in a plan's words, and people leave them out. */
export const bare = (text: string): string => text.normalize('NFKC').replace(/[“”"'‘’《》「」『』 ]/g, '');

interface Piece {
  task: VocabularyTask;
  text: string;
  paper?: VocabularyIndicator;
}

/** Titles and papers' names between their 、 and 与, without the stretches that several tasks share. */
function pieces(vocabulary: Vocabulary): Piece[] {
  const all = vocabulary.tasks.flatMap((task): Piece[] => [
    ...bare(task.title)
      .split(/[、,与]/)
      .map((text) => ({ task, text })),
    ...[...task.title.normalize('NFKC').matchAll(/[“"《]([^”"》]{2,12})[”"》]/g)].map(([, text = '']) => ({
      task,
      text,
    })),
    ...task.indicators.filter(isPaper).flatMap((paper) =>
      bare(paper.label)
        .split(/[、,与]/)
        .map((text) => ({ task, text, paper })),
    ),
  ]);
  const holders = new Map<string, Set<VocabularyTask>>();
  for (const { task, text } of all) {
    for (const gram of grams(text)) holders.set(gram, (holders.get(gram) ?? new Set()).add(task));
  }
  const isCommon = (gram: string) => (holders.get(gram)?.size ?? 0) > 2;
  return all.flatMap((piece) => uncommon(piece.text, isCommon).map((text) => ({ ...piece, text })));
}

const grams = (text: string, size = DISTINCT): string[] =>
  Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size));

function uncommon(text: string, isCommon: (gram: string) => boolean): string[] {
  const hidden = new Set<number>();
  grams(text).forEach((gram, at) => {
    if (isCommon(gram)) for (let each = at; each < at + DISTINCT; each += 1) hidden.add(each);
  });
  return [...text]
    .map((character, at) => (hidden.has(at) ? ' ' : character))
    .join('')
    .split(' ')
    .filter((each) => each.length >= 2);
}

export const COUNTED = new RegExp(`^[\\d${HAN_NUMERAL}]+[个项类条次名所家件点]`);

const COUNTING = new RegExp(`^[\\d${HAN_NUMERAL}][个项类条次名所家件点]$`);

/** The whole piece, and its stretches of at least four characters that don't begin like a figure (五个…). */
function fragments(text: string): string[] {
  const found = [text];
  for (let from = 0; from < text.length; from += 1) {
    for (let to = from + DISTINCT; to <= text.length; to += 1) {
      const form = text.slice(from, to);
      // 个攻坚组 of 五个攻坚组 would take a figure's unit away.
      const isCounting = COUNTING.test(text.slice(Math.max(0, from - 1), from + 1));
      if (form !== text && !COUNTED.test(form) && !isCounting && !/\d/.test(form)) found.push(form);
    }
  }
  return found;
}
