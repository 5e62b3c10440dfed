import type { Ask, Intent, Understood, Vocabulary, VocabularyTask } from '../chat/intent.ts';
import { actOf, commandWord } from '../chat/parse.ts';
import { figureWord, folded } from '../chat/words.ts';
import { notHere } from '../ledger/refusal.ts';
import { maySee, type Owner, type Viewer } from '../ledger/rules/audience.ts';
import type { Part, Said } from './command.ts';
import { refusalFor } from './reach.ts';
import { usageOf } from './usage.ts';

/** What the bot asked somebody in a chat: kept for ten minutes, dropped when something else is said. */
export type Question = Pick<Ask, 'ask' | 'options' | 'item' | 'coded' | 'words' | 'readings'> & {
  /** Files that wait to be told what they stand behind. */
  files?: number[];
};

/**
 * The first question of a message is kept, so that a short answer can be put into its words; what else is open is
 * told without a number to answer by. For a number of unknown sense both readings are worked out now, so that the
 * answer is a `1` or a `2`.
 */
export function questionOf(
  understood: Understood[],
  words: string,
  again: (words: string) => Understood[],
): Question | null {
  const at = understood.findIndex((each) => 'ask' in each);
  const ask = understood[at];
  if (ask === undefined || !('ask' in ask)) return null;
  const whole = words.normalize('NFKC').trim();
  const item = ask.item ?? (understood.length === 1 ? words.trim() : ask.words) ?? '';
  if (ask.ask !== 'amount' || TAKES_AWAY.test((ask.words ?? item).normalize('NFKC'))) return { ...ask, item };
  const readings = ['新增', '累计'].flatMap((sense) => {
    const all = again(withSense(whole, ask.words ?? whole, sense));
    const reading = all.length === understood.length ? all[at] : undefined;
    return reading && 'act' in reading && reading.act === 'progress' ? [reading] : [];
  });
  return readings.length === 2 ? { ...ask, item, readings } : { ...ask, item };
}

/** The sense in front of the last number of the piece that is asked about. */
function withSense(whole: string, piece: string, sense: string): string {
  const at = whole.indexOf(piece);
  const sensed = (text: string) => text.replace(LAST_NUMBER, `${sense}$&`);
  if (piece === '' || at === -1) return sensed(whole);
  return whole.slice(0, at) + sensed(piece) + whole.slice(at + piece.length);
}

/** 演练-1, 督查减1, 演练0次: neither adds nor states a total, but wants something put right; 减负 and 减会 are labels. */
const TAKES_AWAY = /(?<!\d)[-−]\s*\d|减(?![负会])|扣|(?<![\d.])0(?![\d.])/u;

const LAST_NUMBER = /\d+(?:\.\d+)?(?!.*\d)/;

const ordinal = /^\s*(?:第\s*)?([1-9一二三四五六七八九])\s*(?:个|项|条)?[。.]?\s*$/;
const NUMERALS = '一二三四五六七八九';
const YES = /^\s*(?:是|是的|对|对的|嗯)[。.!]?\s*$/u;
const NO = /^\s*(?:否|不是|不对|都不是)[。.!]?\s*$/u;

/**
 * What a short answer to the open question means: a number, 第一个, the code itself, or 是 and 否 where there is one
 * choice. Null where the words are no answer; then they are understood afresh and the question is dropped.
 */
export function answerTo(
  question: Question | null,
  words: string,
): { chosen: number | null; code: string | null } | null {
  if (question === null) return null;
  const text = words.normalize('NFKC');
  const count = choices(question);
  if (count > 0 && NO.test(text)) return { chosen: null, code: null };
  if (count === 1 && YES.test(text)) return { chosen: 0, code: null };
  const digit = ordinal.exec(text)?.[1];
  if (digit !== undefined) {
    const index = NUMERALS.includes(digit) ? NUMERALS.indexOf(digit) : Number(digit) - 1;
    return index < count ? { chosen: index, code: null } : null;
  }
  const code = question.options?.find((option) => text.trim() === option);
  return code === undefined ? null : { chosen: null, code };
}

const choices = (question: Question): number => question.options?.length ?? question.readings?.length ?? 0;

/** The question in words, one line a choice, to be answered by a number; `kept` where such an answer is waited for. */
export function askBack(question: Question, said: Said, kept: boolean): Part {
  const words = question.words || question.item || '';
  const item = words === '' ? '' : `“${folded(words, 30)}”`;
  const options = (question.options ?? []).flatMap((code) => nameOf(code, said) ?? []);
  switch (question.ask) {
    case 'task':
      if (options.length > 0) return choose(item, options, '项', kept);
      return tell(
        question.options !== undefined || question.coded || NUMBERED.test(question.item ?? words)
          ? refusalFor(said, notHere)
          : withoutTask(words, item, said),
      );
    case 'indicator':
      if (options.length > 0) return choose(item, options, '个指标', kept);
      return tell(`尚未记录。${item}请写明是哪个指标和数。`);
    case 'amount':
      return tell(amountWord(question, words, item, said));
    case 'date':
      return tell(
        `尚未记录。${item}请写明日期,如「6月30日」${isOfSeveral(words) ? ';分属几个月份的请逐月分开写' : ''}。`,
      );
    case 'person':
      return tell(`尚未记录。${item}按班子成员分别登记,请写明是哪位。`);
    case 'meaning':
      return tell(`尚未记录。${item}请写明要办的事,写法见「帮助」。`);
  }
}

/** A command without its task is told how it is written. */
function withoutTask(words: string, item: string, said: Said): string {
  const word = commandWord(words.normalize('NFKC').trim());
  const usage = word === undefined ? null : usageOf(said, actOf(word));
  return usage
    ? `${item}请写任务编号,如「${usage.examples[0]}」。`
    : `尚未记录。${item}请写任务编号,如「4.3.2 演练+1」。`;
}

function choose(item: string, options: string[], unit: string, kept: boolean): Part {
  const [only, ...more] = options;
  if (!kept) return tell(`尚未记录。${item}对应${options.join('、')},请写编号另发。`);
  if (more.length === 0) return tell(`尚未记录。${item}是指${only}吗?请回复「是」或「否」。`);
  return tell(`尚未记录。${item}对应${options.length}${unit},请回复序号:`, ...numbered(options));
}

function amountWord({ readings = [] }: Question, words: string, item: string, said: Said): string {
  if (TAKES_AWAY.test(words.normalize('NFKC'))) {
    return `尚未记录。${item}要改已登记的数,请写「更正 任务编号 指标 累计数」。`;
  }
  const [reading] = readings;
  if (reading) {
    const value = `${figureWord(reading.part ?? reading.value ?? 0)}${unitOf(reading, said)}`;
    return `数量不明:${item}是 1 新增${value},还是 2 累计${value}?请回复序号。`;
  }
  const number = LAST_NUMBER.exec(words)?.[0] ?? '3';
  return `尚未记录。${item}数量不明:新增请写「+${number}」,累计请写「累计${number}」。`;
}

function unitOf({ indicator: code }: Intent, { vocabulary }: Said): string {
  const indicator = vocabulary.tasks
    .flatMap(({ indicators }) => indicators)
    .find((each) => each.code === code);
  return indicator && indicator.ratio === null ? indicator.unit : '';
}

const tell = (...lines: string[]): Part => ({ lines });
const numbered = (options: string[]) => options.map((option, index) => `${index + 1} ${option}`);

/** `【2.3.2】廉洁防控措施`; nothing for what this person may not see here. */
function nameOf(code: string, said: Said): string | undefined {
  const task = said.vocabulary.tasks.find((each) => each.code === code.split('/')[0]);
  if (!task) return undefined;
  const indicator = task.indicators.find((each) => each.code === code);
  const level = indicator?.level ?? task.level;
  const seen = [task.level, level].every(
    (each) => maySee(each, ownerOf(task, said), viewerOf(said), said.place) === 'yes',
  );
  return seen ? `【${task.code}】${indicator?.label ?? task.title}` : undefined;
}

/** Sections and people by their place in the plan's words, which know no ids. */
const seatOf = (code: string | null, { vocabulary }: Said): number =>
  vocabulary.sections.findIndex((section) => section.code === code);
const placeOf = (name: string | null, { vocabulary }: Said): number =>
  vocabulary.people.findIndex((person) => person.name === name);

function ownerOf({ section, coSections, leader }: VocabularyTask, said: Said): Owner {
  return {
    sectionId: section === null ? null : seatOf(section, said),
    coSectionIds: coSections.map((code) => seatOf(code, said)),
    leaderId: leader === null ? null : placeOf(leader, said),
  };
}

function viewerOf(said: Said): Viewer {
  const { name, roles } = said.person;
  const section = said.vocabulary.people.find((person) => person.name === name)?.section ?? null;
  return { id: placeOf(name, said), roles, sectionId: seatOf(section, said) };
}

/** What was understood, its questions without what this person may not know of here. */
export const askable = (said: Said, understood: Understood[]): Understood[] =>
  understood.map((each) =>
    'ask' in each && each.options
      ? { ...each, options: each.options.filter((code) => nameOf(code, said) !== undefined) }
      : each,
  );

/** A task by its number: one that isn't there is told of in the same words as one that isn't this person's. */
const NUMBERED = /(?<![\d.])[1-9]\.[1-9]\.[1-9](?![\d.])|第\s*\d+\s*项|(?<![A-Za-z])[Gg]\d/;

/** The item said again with the answer in it. */
export const withAnswer = (item: string, code: string, vocabulary: Vocabulary): string => {
  const indicator = vocabulary.tasks.flatMap((task) => task.indicators).find((each) => each.code === code);
  return indicator ? `${code.split('/')[0]} ${indicator.label} ${item}` : `${code} ${item}`;
};

/** Whether the words name more than one month or quarter. */
const isOfSeveral = (words: string): boolean => (words.match(/月|季度/g) ?? []).length > 1;
