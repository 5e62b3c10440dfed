import type { Intent } from '../chat/intent.ts';
import { groupOf, HAN_NUMERAL, isOfPeople, noSuchDayIn, timesIn } from '../chat/parse.ts';
import { CODE } from '../ledger/rules/code.ts';
import { indicatorOf, type Question, type Words } from './question.ts';
import { mayBeReason } from './reason.ts';

/** What words are read against. */
export type Around = Pick<Words, 'vocabulary' | 'today'>;

const ordinal =
  /^\s*(?:我?选择?|第|是)?\s*([1-9]\d?|[一二三四五六七八九])\s*(?:个|项|条)?\s*[吧哈呀啊的]?\s*[。.!]?\s*$/u;
const FORMER = /^\s*(?:前一?|前面那?|上面那?)(?:个|项|条)[吧哈呀啊的]?[。.!]?\s*$/u;
const LAST = /^\s*(?:后一?|后面那?|下面那?|最后一?)(?:个|项|条)[吧哈呀啊的]?[。.!]?\s*$/u;
const NUMERALS = '一二三四五六七八九';
const YES = /^\s*(?:是|是的|对|对的|嗯)[。.!]?\s*$/u;
const NO = /^\s*(?:否|不是|不对|都不是)[。.!]?\s*$/u;
const NEVER_MIND =
  /^\s*(?:撤回|撤销|取消|作废|算了|不用了|不算|不要|删掉?|删除|不报了|先不报了?|[弄发传]错)[吧了]?[。.!]?\s*$/u;
/** 不延了, 不退了, 我点错了, to what was asked why. */
const NOT_WANTED =
  /^\s*(?:那|就|还是|先|算了|[, ])*(?:(?:不|别|不用|不必|不要)再?(?:申请)?(?:延期?|退回?|挂牌?|摘牌?|暂?缓|静音|议定|交办)|我?(?:刚才?)?[点写弄搞发按]错)[吧了]*[。.!]?\s*$/u;

/** 累计, 是新增的, 2 累计3次: the sense that was asked for, in words. */
const SENSED =
  /^\s*(?:我?选|就?是|应该是)?\s*([12])?[、,.:\s]*(?:就?是)?(?:都是)?(?:(新增|增加|新的|新?加|增量)|(累计|累积|一共|总共|合计|共计|总数|总的|总量))(?:的|了)?\s*(\d+(?:\.\d+)?)?[\p{Script=Han}]{0,2}?[的了吧哈呀啊]*[。.!]?\s*$/u;
/** +4, 累计8次, 17/20: the figure said again, and how it is meant. */
const SAID_AGAIN = RegExp(
  `^\\s*(?:(?:\\+|加|新增|[又再]\\p{Script=Han}{0,3}|累计|一共|总共|合计|共)\\s*(?:\\d+(?:\\.\\d+)?|[${HAN_NUMERAL}]+)\\s*[\\p{Script=Han}]{0,2}|\\d+\\s*/\\s*\\d+)[。.!]?\\s*$`,
  'u',
);

/** 6个, 不对,是6个: the figure alone, so that it stays open how it is meant. */
const FIGURE_ALONE = RegExp(
  `^\\s*(?:(?:不对|不是|错了|说错了|写错了)[,\\s]*)?(?:应该|应)?是?\\s*((?:\\d+(?:\\.\\d+)?|[${HAN_NUMERAL}]+)\\s*[\\p{Script=Han}]{0,2})[。.!]?\\s*$`,
  'u',
);
/** A task's number and nothing else. */
const ONLY_CODE = new RegExp(`^\\s*【?(${CODE})】?[。.!]?\\s*$`, 'iu');
/** 到明年1月底 体育馆在建: a day, with what may stand around it. */
const UNTIL = /^\s*(?:延期?|推迟)?[到至]?\s*/u;
/** 本月的, 今年到现在: what may stand beside a time. */
const AROUND_TIME = /^[的了吧是在开搞做办发生一共总共到现在截至\s,。.!]*$/u;

/** 都交了, 全体: each of the members. */
const EVERYONE =
  /^\s*(?:都|全都|全部|全体|所有人|大家都?|每个?人都?|班子成员都?)(?:交|签|讲|参加|开|有|过)?了?[。.!]?\s*$/u;

export type Answer =
  | { is: 'choice'; at: number }
  | { is: 'code'; code: string }
  /** What was left open, in words of its own. */
  | { is: 'words'; words: string }
  /** None of the choices. */
  | { is: 'none' }
  /** The question is dropped, and nothing else is meant by it. */
  | { is: 'dropped' }
  /** The figure in full, to be read in the question's place. */
  | { is: 'figure'; words: string }
  /** Why, unless the words say something by themselves. */
  | { is: 'reason'; words: string; wanted: Intent };

/**
 * What a short answer to the open question means: a number, 第一个, 累计, the code itself, 是 and 否 where there is one
 * choice, or the figure said again. Null where the words are no answer; then they are understood afresh and the
 * question is dropped.
 */
export function answerTo(question: Question | null, words: string, around: Around): Answer | null {
  if (question === null) return null;
  const text = words.normalize('NFKC');
  // Files ask for nothing that has an answer, and 撤回 takes back what they came with.
  const isOpen = !question.files || question.item !== undefined || question.readings !== undefined;
  if ((isOpen || question.alone) && NEVER_MIND.test(text)) return { is: 'dropped' };
  if (!isOpen) return null;
  const wanted = question.reason;
  if (wanted && NOT_WANTED.test(text)) return { is: 'dropped' };
  if (wanted) return mayBeReason(text, around) ? { is: 'reason', words: text.trim(), wanted } : null;
  return choiceOf(question, text) ?? wordsFor(question, text, around);
}

/** What fills the gap that was asked about, said in words. */
function wordsFor(question: Question, text: string, { vocabulary, today }: Around): Answer | null {
  const said: Answer = { is: 'words', words: text.trim() };
  switch (question.ask) {
    case 'task': {
      // 第二个 names nothing, so that nothing of it may come to stand under a task.
      const isOpen = !question.options && !question.coded && !ordinal.test(question.item ?? '');
      const code = isOpen ? ONLY_CODE.exec(text)?.[1]?.toUpperCase() : undefined;
      return code !== undefined && vocabulary.tasks.some((task) => task.code === code)
        ? { is: 'code', code }
        : null;
    }
    case 'person':
      if (EVERYONE.test(text)) return { is: 'words', words: '班子成员均' };
      return isOfPeople(text, vocabulary, today) ? said : null;
    case 'date':
      return timesIn(text.replace(UNTIL, '').slice(0, 12), vocabulary, today).some((time) =>
        text.replace(UNTIL, '').startsWith(time),
      )
        ? said
        : null;
    case 'amount':
      return amountFor(question, text, { vocabulary, today });
    default:
      return null;
  }
}

function amountFor(
  { indicator, pieces, hinted }: Question,
  text: string,
  { vocabulary, today }: Around,
): Answer | null {
  const times = timesIn(text, vocabulary, today);
  const rest = times.reduce((left, time) => left.replace(time, ''), text);
  const bare = rest.replace(/^[\s,]+|[\s,]+$/g, '');
  const figure = SAID_AGAIN.test(bare) ? bare : FIGURE_ALONE.exec(bare)?.[1];
  const dated = (words: string): Answer => ({ is: 'figure', words: [...times, words].join(' ') });
  // A note is acknowledged with 1, and counted with 1次.
  if (hinted && figure !== undefined)
    return /^\+|\D$/u.test(figure) ? dated(figure.replace(/^(?=[^+又再加新累一总合共])/u, '+')) : null;
  if (indicator !== undefined && !pieces && figure !== undefined) return dated(figure);
  return times.length > 0 && AROUND_TIME.test(rest) ? { is: 'words', words: times.join(' ') } : null;
}

function choiceOf(question: Question, text: string): Answer | null {
  const count = question.options?.length ?? question.readings?.length ?? 0;
  if (count > 0 && NO.test(text)) return { is: 'none' };
  if (count === 1 && YES.test(text)) return { is: 'choice', at: 0 };
  if (count === 2 && FORMER.test(text)) return { is: 'choice', at: 0 };
  if (count > 1 && LAST.test(text)) return { is: 'choice', at: count - 1 };
  const digit = ordinal.exec(text)?.[1];
  if (digit !== undefined) {
    const number = NUMERALS.includes(digit) ? NUMERALS.indexOf(digit) + 1 : Number(digit);
    const at = question.numbers?.indexOf(number) ?? number - 1;
    return 0 <= at && at < count ? { is: 'choice', at } : null;
  }
  const sensed = question.ask === 'amount' && question.readings ? senseOf(question, text) : null;
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

/** The item said again with the answer in it: a task's code in the place of the measure that it is in. */
export function withAnswer(item: string, code: string, { vocabulary, today }: Around): string {
  const indicator = indicatorOf(code, vocabulary);
  if (indicator) return `${code.split('/')[0]} ${indicator.label} ${item}`;
  const said = item.normalize('NFKC');
  const group = groupOf(code, said, vocabulary, today);
  return group !== undefined && said.includes(group) ? said.replace(group, ` ${code} `) : `${code} ${item}`;
}

/**
 * The item with what was missing: a day belongs behind what it is asked for, or in the place of one that no calendar
 * has; whose or when it was in front. Of one deed that several are named for each did it.
 */
export function filled({ ask, item = '' }: Question, words: string, { vocabulary, today }: Around): string {
  const noDay = ask === 'date' ? noSuchDayIn(item, vocabulary, today) : undefined;
  if (noDay !== undefined) return item.normalize('NFKC').replace(noDay, words.replace(UNTIL, ''));
  if (ask === 'date') return `${item} ${/延|推迟/u.test(item) ? `至${words.replace(UNTIL, '')}` : words}`;
  const isOfSeveral = ask === 'person' && /[和与跟、, ]/u.test(words.trim());
  const isOnce = !/[\d二两三四五六七八九十百]/u.test(withoutCodes(item).replace(/(?<![\d.])1(?![\d.])/g, ''));
  return `${words}${isOfSeveral && isOnce ? '均' : ''} ${item}`;
}

const withoutCodes = (text: string): string => text.replace(RegExp(CODE, 'giu'), '');

/** The figure of the answer in the place of the one that was asked about, on the same days. */
export const withFigure = (question: Question, figure: string, around: Around): string =>
  withAnswer(
    [...timesIn(question.words ?? question.item ?? '', around.vocabulary, around.today), figure].join(' '),
    question.indicator ?? '',
    around,
  );
