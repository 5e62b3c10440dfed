import type { Ask, Intent, Understood, Vocabulary, VocabularyIndicator } from '../chat/intent.ts';
import { HAN_NUMERAL, timesIn } from '../chat/parse.ts';
import type { Day } from '../ledger/days.ts';

/** What the bot asked somebody in a chat: kept for ten minutes, dropped when something else is said. */
export type Question = Pick<
  Ask,
  'ask' | 'options' | 'item' | 'coded' | 'words' | 'readings' | 'indicator'
> & {
  /** The pieces that one answer serves, where they are several. */
  pieces?: string[];
  /** Words were noted that count nothing by themselves: how often it was may follow. */
  hinted?: true;
  /** Files that wait to be told what they stand behind. */
  files?: number[];
  /** These came without a word and stand behind nothing yet: nothing but they is meant by 撤回. */
  alone?: true;
  /** What was said in full but for why: the words that answer are its reason. */
  reason?: Intent;
  /** By which numbers the readings are chosen, where not from 1 on. */
  numbers?: number[];
  /** The day on which it was asked, by which its words are read. */
  on?: Day;
};

/** How words are read. */
export interface Words {
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
        const found = again(said).filter(
          (each, _, all) =>
            understood.length === 1 ||
            (all.length === understood.length && each === all[understood.indexOf(ask)]),
        );
        if (found.length > 0 && found.every((each) => isFigure(each, vocabulary))) return found as Intent[];
      }
      return [];
    });
    return meant.length >= asks.length ? [meant] : [];
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

/** The numbers that may be the figure: in digits before those in Chinese, the last of each first, and no day's. */
export function numbersIn(words: string, vocabulary: Vocabulary, today: Day): RegExpExecArray[] {
  const undated = timesIn(words, vocabulary, today).reduce(
    (text, time) => text.replace(time, ' '.repeat(time.length)),
    words,
  );
  return [/\d+(?:\.\d+)?/g, RegExp(`[${HAN_NUMERAL}]+`, 'g')].flatMap((each) =>
    [...undated.matchAll(each)].reverse().slice(0, 3),
  );
}

export const indicatorOf = (code: string, { tasks }: Vocabulary): VocabularyIndicator | undefined =>
  tasks.flatMap(({ indicators }) => indicators).find((each) => each.code === code);
