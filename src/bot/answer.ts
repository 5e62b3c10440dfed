import type { Ask, Intent, Understood, Vocabulary, VocabularyIndicator } from '../chat/intent.ts';
import { timesIn } from '../chat/parse.ts';
import type { Day } from '../ledger/days.ts';

/** What the bot asked somebody in a chat: kept for ten minutes, dropped when something else is said. */
export type Question = Pick<
  Ask,
  'ask' | 'options' | 'item' | 'coded' | 'words' | 'readings' | 'indicator'
> & {
  /** The pieces that one answer serves, where they are several. */
  pieces?: string[];
  /** Files that wait to be told what they stand behind. */
  files?: number[];
};

/** How words are read. */
interface Words {
  vocabulary: Vocabulary;
  today: Day;
  again(words: string): Understood[];
}

/**
 * The first question of a message is kept, so that a short answer can be put into its words; what else is open is
 * told without a number to answer by. For numbers of unknown sense both readings are worked out now, so that the
 * answer is a `1` or a `2`; where it can serve all of them, they are one question.
 */
export function questionOf(understood: Understood[], words: string, around: Words): Question | null {
  const asks = understood.filter((each): each is Ask => 'ask' in each);
  const [ask] = asks;
  if (ask === undefined) return null;
  const whole = words.normalize('NFKC').replace(THOUSANDS, '$1$2').trim();
  const item = ask.item ?? (understood.length === 1 ? words.trim() : ask.words) ?? '';
  if (!isOpenAmount(ask, item)) return { ...ask, item };
  const pieces = asks.map((each) => each.words ?? '');
  if (asks.length > 1 && asks.every((each) => isOpenAmount(each, ''))) {
    const readings = readingsOf(understood, asks, whole, around);
    if (readings) return { ...ask, item, readings, pieces };
  }
  const readings = readingsOf(understood, [ask], whole, around);
  return readings ? { ...ask, item, readings } : { ...ask, item };
}

/** 1,200 is read as 1200. */
const THOUSANDS = /(?<![\d+,])(\d{1,3}),(\d{3})(?![\d,])/g;

const isOpenAmount = (ask: Ask, item: string): boolean =>
  ask.ask === 'amount' && !TAKES_AWAY.test((ask.words ?? item).normalize('NFKC'));

/** What it would be to have added all that is asked about, and to have stated it in total. */
function readingsOf(
  understood: Understood[],
  asks: Ask[],
  whole: string,
  { vocabulary, today, again }: Words,
): Intent[][] | undefined {
  const readings = ['新增', '累计'].flatMap((sense) => {
    const meant = asks.flatMap((ask) => {
      const piece = ask.words ?? whole;
      for (const at of numbersIn(piece, vocabulary, today).map(({ index }) => index)) {
        const said = whole.replace(piece, () => piece.slice(0, at) + sense + piece.slice(at));
        const all = again(said);
        const reading = all.length === understood.length ? all[understood.indexOf(ask)] : undefined;
        if (reading && isFigure(reading, vocabulary)) return [reading];
      }
      return [];
    });
    return meant.length === asks.length ? [meant] : [];
  });
  return readings.length === 2 ? readings : undefined;
}

/** A ratio's whole alone (20家里签了17家) is neither added nor a total. */
const isFigure = (reading: Understood, vocabulary: Vocabulary): reading is Intent =>
  'act' in reading &&
  reading.act === 'progress' &&
  hasBothSides(reading, indicatorOf(reading.indicator ?? '', vocabulary)?.ratio);

const hasBothSides = ({ part, value }: Intent, ratio: VocabularyIndicator['ratio'] | undefined): boolean =>
  !ratio || (part !== undefined && (value !== undefined || ratio.of !== undefined));

/** 演练-1, 督查减1, 演练0次, 多报1次: none adds or states a total, but wants something put right; 减负 and 减会 are labels. */
export const TAKES_AWAY =
  /(?<!\d)[-−]\s*\d|(?<!压)减(?![负会])|扣|多[报写填记算计]|[报写填记算]多|重报|报重|重复|(?<![\d.])0(?![\d.])/u;

const HAN = '零一二两三四五六七八九十百千万';

/** The numbers that may be the figure: in digits before those in Chinese, the last of each first, and no day's. */
export function numbersIn(words: string, vocabulary: Vocabulary, today: Day): RegExpExecArray[] {
  const undated = timesIn(words, vocabulary, today).reduce(
    (text, time) => text.replace(time, ' '.repeat(time.length)),
    words,
  );
  return [/\d+(?:\.\d+)?/g, RegExp(`[${HAN}]+`, 'g')].flatMap((each) =>
    [...undated.matchAll(each)].reverse().slice(0, 3),
  );
}

const ordinal =
  /^\s*(?:我?选择?|第|是)?\s*([1-9一二三四五六七八九])\s*(?:个|项|条)?\s*[吧哈呀啊的]?\s*[。.!]?\s*$/u;
const NUMERALS = '一二三四五六七八九';
const YES = /^\s*(?:是|是的|对|对的|嗯)[。.!]?\s*$/u;
const NO = /^\s*(?:否|不是|不对|都不是)[。.!]?\s*$/u;
const NEVER_MIND =
  /^\s*(?:撤回|撤销|取消|作废|算了|不用了|不算|不要|删掉?|删除|不报了|先不报了?)[吧了]?[。.!]?\s*$/u;

/** 累计, 是新增的, 2 累计3次: the sense that was asked for, in words. */
const SENSED =
  /^\s*(?:我?选|就?是|应该是)?\s*([12])?[、,.:\s]*(?:就?是)?(?:都是)?(?:(新增|增加)|(累计|累积|一共|总共|合计|共计|总数))(?:的|了)?\s*(\d+(?:\.\d+)?)?[\p{Script=Han}]{0,2}?[的了吧哈呀啊]*[。.!]?\s*$/u;
/** +4, 累计8次, 17/20: the figure said again, and how it is meant. */
const SAID_AGAIN = RegExp(
  `^\\s*(?:(?:\\+|加|新增|累计|一共|总共|合计|共)\\s*(?:\\d+(?:\\.\\d+)?|[${HAN}]+)\\s*[\\p{Script=Han}]{0,2}|\\d+\\s*/\\s*\\d+)[。.!]?\\s*$`,
  'u',
);

export type Answer =
  | { is: 'choice'; at: number }
  | { is: 'code'; code: string }
  /** None of the choices. */
  | { is: 'none' }
  /** The question is dropped, and nothing else is meant by it. */
  | { is: 'dropped' }
  /** The figure in full, to be read in the question's place. */
  | { is: 'figure'; words: string };

/**
 * What a short answer to the open question means: a number, 第一个, 累计, the code itself, 是 and 否 where there is one
 * choice, or the figure said again. Null where the words are no answer; then they are understood afresh and the
 * question is dropped.
 */
export function answerTo(question: Question | null, words: string): Answer | null {
  if (question === null || question.files) return question && choiceOf(question, words.normalize('NFKC'));
  const text = words.normalize('NFKC');
  if (NEVER_MIND.test(text)) return { is: 'dropped' };
  const chosen = choiceOf(question, text);
  if (chosen) return chosen;
  const again = question.ask === 'amount' && question.indicator !== undefined && !question.pieces;
  return again && SAID_AGAIN.test(text) ? { is: 'figure', words: text.trim() } : null;
}

function choiceOf(question: Question, text: string): Answer | null {
  const count = question.options?.length ?? question.readings?.length ?? 0;
  if (count > 0 && NO.test(text)) return { is: 'none' };
  if (count === 1 && YES.test(text)) return { is: 'choice', at: 0 };
  const digit = ordinal.exec(text)?.[1];
  if (digit !== undefined) {
    const at = NUMERALS.includes(digit) ? NUMERALS.indexOf(digit) : Number(digit) - 1;
    return at < count ? { is: 'choice', at } : null;
  }
  const sensed = question.readings === undefined ? null : senseOf(question, text);
  if (sensed !== null) return { is: 'choice', at: sensed };
  const code = question.options?.find((option) => text.trim() === option);
  return code === undefined ? null : { is: 'code', code };
}

/** Which reading the words are for, where nothing in them speaks against it. */
function senseOf({ readings = [] }: Question, text: string): number | null {
  const found = SENSED.exec(text);
  if (!found) return null;
  const [, digit, more, , number] = found;
  const at = more === undefined ? 1 : 0;
  const [only, ...others] = readings[at] ?? [];
  const value = only?.part ?? only?.value;
  if (digit !== undefined && Number(digit) !== at + 1) return null;
  return number === undefined || (others.length === 0 && Number(number) === value) ? at : null;
}

/** The item said again with the answer in it. */
export const withAnswer = (item: string, code: string, vocabulary: Vocabulary): string => {
  const indicator = indicatorOf(code, vocabulary);
  return indicator ? `${code.split('/')[0]} ${indicator.label} ${item}` : `${code} ${item}`;
};

/** The figure of the answer in the place of the one that was asked about, on the same days. */
export const withFigure = (question: Question, figure: string, vocabulary: Vocabulary, today: Day): string =>
  withAnswer(
    `${timesIn(question.words ?? question.item ?? '', vocabulary, today).join(' ')} ${figure}`,
    question.indicator ?? '',
    vocabulary,
  );

export const indicatorOf = (code: string, { tasks }: Vocabulary): VocabularyIndicator | undefined =>
  tasks.flatMap(({ indicators }) => indicators).find((each) => each.code === code);
