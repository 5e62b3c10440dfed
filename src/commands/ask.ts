import type { Ask, Understood, Vocabulary, VocabularyTask } from '../chat/intent.ts';
import { figureWord, folded } from '../chat/words.ts';
import { notHere } from '../ledger/refusal.ts';
import { maySee, type Owner, type Viewer } from '../ledger/rules/audience.ts';
import type { Part, Said } from './command.ts';

/** What the bot asked somebody in a chat: kept for ten minutes, dropped when something else is said. */
export type Question = Pick<Ask, 'ask' | 'options' | 'item' | 'readings'> & {
  /** Files that wait to be told what they stand behind. */
  files?: number[];
};

/**
 * One question at a time, and only where the message was the one item: then a short answer can be put into its words.
 * For a number of unknown sense both readings are worked out now, so that the answer is a `1` or a `2`.
 */
export function questionOf(
  understood: Understood[],
  words: string,
  again: (words: string) => Understood[],
): Question | null {
  const [ask, ...others] = understood;
  if (ask === undefined || !('ask' in ask) || others.length > 0) return null;
  const item = ask.item ?? words.trim();
  if (ask.ask !== 'amount' || TAKES_AWAY.test(item.normalize('NFKC'))) return { ...ask, item };
  const readings = ['新增', '累计'].flatMap((sense) => {
    const [reading, ...more] = again(item.replace(LAST_NUMBER, `${sense}$&`));
    return reading && 'act' in reading && reading.act === 'progress' && more.length === 0 ? [reading] : [];
  });
  return readings.length === 2 ? { ...ask, item, readings } : { ...ask, item };
}

/** 演练-1, 督查减1, 演练0次: neither adds nor states a total, but wants something put right; 减负 and 减会 are labels. */
const TAKES_AWAY = /(?<!\d)[-−]\s*\d|减(?![负会])|扣|(?<![\d.])0(?![\d.])/u;

const LAST_NUMBER = /\d+(?:\.\d+)?(?!.*\d)/;

const ordinal = /^\s*(?:第\s*)?([1-9一二三四五六七八九])\s*(?:个|项|条)?[。.]?\s*$/;
const NUMERALS = '一二三四五六七八九';

/**
 * What a short answer to the open question means: a number, 第一个, or the code itself. Null where the words are no
 * answer; then they are understood afresh and the question is dropped.
 */
export function answerTo(
  question: Question | null,
  words: string,
): { chosen: number; code: null } | { chosen: null; code: string } | null {
  if (question === null) return null;
  const text = words.normalize('NFKC');
  const digit = ordinal.exec(text)?.[1];
  if (digit !== undefined) {
    const index = NUMERALS.includes(digit) ? NUMERALS.indexOf(digit) : Number(digit) - 1;
    return index < choices(question) ? { chosen: index, code: null } : null;
  }
  const code = question.options?.find((option) => text.trim() === option);
  return code === undefined ? null : { chosen: null, code };
}

const choices = (question: Question): number => question.options?.length ?? question.readings?.length ?? 0;

/** The question in words, one line a choice, to be answered by a number. */
export function askBack(question: Question, said: Said): Part {
  const item = question.item === undefined ? '' : `“${folded(question.item, 30)}”`;
  const options = (question.options ?? []).flatMap((code) => nameOf(code, said) ?? []);
  switch (question.ask) {
    case 'task':
      if (options.length === 0) {
        const hidden = question.options !== undefined || NUMBERED.test(question.item ?? '');
        return tell(hidden ? notHere : '尚未记录。请写任务编号,如「4.3.2 演练+1」。');
      }
      return tell(`尚未记录。${item}对应${options.length}项,请回复序号:`, ...numbered(options));
    case 'indicator':
      if (options.length === 0) return tell(`尚未记录。${item}请写明是哪个指标和数。`);
      return tell(`尚未记录。${item}对应${options.length}个指标,请回复序号:`, ...numbered(options));
    case 'amount': {
      const [reading] = question.readings ?? [];
      if (TAKES_AWAY.test((question.item ?? '').normalize('NFKC'))) {
        return tell(`尚未记录。${item}要改已登记的数,请写「更正 任务编号 指标 累计数」。`);
      }
      if (!reading) return tell(`尚未记录。${item}数量不明:新增请写「+3」,累计请写「累计3」。`);
      const value = figureWord(reading.part ?? reading.value ?? 0);
      return tell(`数量不明:${item}是 1 新增${value},还是 2 累计${value}?请回复序号。`);
    }
    case 'date':
      return tell(`尚未记录。${item}请写明日期,如「6月30日」。`);
    case 'person':
      return tell(`尚未记录。${item}按班子成员分别登记,请写明是哪位。`);
    case 'meaning':
      return tell(`尚未记录。${item}请写明要办的事,写法见「帮助」。`);
  }
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
