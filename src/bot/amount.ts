import type { Intent, VocabularyIndicator } from '../chat/intent.ts';
import { numberOf, timesIn } from '../chat/parse.ts';
import { figureWord, folded } from '../chat/words.ts';
import { ratioWord } from '../commands/command/amount.ts';
import type { Said } from '../commands/command.ts';
import type { Clock } from '../ledger/terms.ts';
import { nameFor } from './named.ts';
import { indicatorOf, numbersIn, type Question, TAKES_AWAY } from './question.ts';

/** How a figure is asked about: by its two senses to choose from, or else by how it is to be written. */
export const amountWord = (question: Question, words: string, item: string, said: Said): string =>
  choiceWord(question, item, said) ??
  `尚未记录。${item}${writtenWord(question.indicator, words.normalize('NFKC'), said)}。`;

function choiceWord(
  { readings: [reading = []] = [], pieces }: Question,
  item: string,
  said: Said,
): string | null {
  const [only, ...more] = reading;
  if (!only) return null;
  // One figure for each of several people is one figure.
  const isOne = more.every(
    (each) => each.indicator === only.indicator && each.value === only.value && each.person !== only.person,
  );
  if (isOne) {
    const value = `${figureWord(only.part ?? only.value ?? 0)}${unitOf(only, said)}`;
    return `数量不明:${item}是 1 新增${value},还是 2 累计${value}?请回复序号。`;
  }
  if (!pieces) return null;
  return `数量不明:${pieces.map((each) => `“${folded(each, 24)}”`).join('')}都是 1 新增,还是 2 累计?请回复序号。`;
}

/** The first that fits: what is no figure of its own comes before what is one, but for its sense. */
function writtenWord(code: string | undefined, words: string, said: Said): string {
  const known = code !== undefined && nameFor(code, said) !== undefined;
  const indicator = known ? indicatorOf(code, said.vocabulary) : undefined;
  const task = code?.split('/')[0] ?? '';
  const name = indicator ? `${task} ${indicator.label}` : '任务编号 指标';
  if (TAKES_AWAY.test(words)) return `要改已登记的数,请写「更正 ${name}累计数」`;
  if (indicator?.ratio) return ratioWord(task, indicator);
  const split = indicator && splitWord(words, task, indicator, said);
  if (split !== undefined) return split;
  const number = numberIn(words, said);
  // Days alone are counted by halves.
  if (indicator && indicator.unit !== '天' && /\.\d/.test(number))
    return `${indicator.label}的数应为整数,请核对后重报,如「${name}+1」`;
  // How much is plain; what stands around it leaves open whether it is so yet.
  if (/\+ ?\d/.test(words)) return `看不出是否已经完成:已完成的请单独发「${name}+${number}」`;
  const why = /%|百分之/.test(words) ? '不按百分比记' : '数量不明';
  return `${why}:新增请写「${name}+${number}」,累计请写「${name}累计${number}」`;
}

const SCHOOL = /[我本]校|中学|小学|幼儿园|职校|[一二三四五六七八九十\d][中小](?!学)/u;
const WHICH: Partial<Record<Clock, string>> = {
  week: '上周',
  month: '3月',
  quarter: '一季度',
  half: '上半年',
};

/** What can't be one figure: so much for each of several, a school's own total, more than one period's. */
function splitWord(
  words: string,
  task: string,
  { label, unit, clock, kind }: VocabularyIndicator,
  { vocabulary, today }: Said,
): string | undefined {
  const one = kind === 'limit' ? `80${unit}` : '+1';
  if (/[各每]|分别/u.test(words)) return `说的是几${unit},请一条一条分开写,如「${task} ${label}${one}」`;
  if (SCHOOL.test(words) && /累计|共|总/u.test(words))
    return `是一处的数,请写本次新增的,如「${task} ${label}+1」`;
  const which = WHICH[clock];
  if (which === undefined || timesIn(words, vocabulary, today).length === 0) return undefined;
  return `请写明各属哪一期,如「${task} ${which}${label}1${unit}」`;
}

/** The number that was said, where one can be taken at its word. */
function numberIn(words: string, { vocabulary, today }: Said): string {
  const [[found = ''] = [], ...more] = numbersIn(words, vocabulary, today);
  const isOther = /%|百分之|分之/u.test(words) || more.length > 0;
  const value = isOther ? null : numberOf(found);
  return value === null ? '数' : figureWord(value);
}

function unitOf({ indicator: code = '' }: Intent, { vocabulary }: Said): string {
  const indicator = indicatorOf(code, vocabulary);
  return indicator && indicator.ratio === null ? indicator.unit : '';
}
