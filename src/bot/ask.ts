import type { Act, Intent, Understood, VocabularyIndicator, VocabularyTask } from '../chat/intent.ts';
import { actOf, commandWord, numberOf, tasksNamed, timesIn } from '../chat/parse.ts';
import { figureWord, folded } from '../chat/words.ts';
import { ratioWord } from '../commands/command/amount.ts';
import { inOwn } from '../commands/command/own.ts';
import { refusalFor } from '../commands/command/reach.ts';
import { usageOf } from '../commands/command/usage.ts';
import type { Part, Said } from '../commands/command.ts';
import { inPrivate, notHere } from '../ledger/refusal.ts';
import { isMember, isWide, maySee, type Owner, type Viewer } from '../ledger/rules/audience.ts';
import type { Clock } from '../ledger/terms.ts';
import { indicatorOf, numbersIn, type Question, TAKES_AWAY } from './question.ts';

/** The question in words, one line a choice, to be answered by a number; `kept` where such an answer is waited for. */
export function askBack(question: Question, said: Said, kept: boolean): Part {
  const words = question.words || question.item || '';
  const item = words === '' ? '' : `“${folded(words, 30)}”`;
  const options = (question.options ?? []).flatMap((code) => nameOf(code, said) ?? []);
  const closed = closedTo(said, question.item ?? words);
  if (closed !== null) return tell(refusalFor(said, closed));
  switch (question.ask) {
    case 'task':
      if (options.length > 0)
        return choose(asksToSee(question.item ?? words) ? '' : unwritten, item, options, '项', kept);
      return tell(
        question.options !== undefined || question.coded || NUMBERED.test(question.item ?? words)
          ? refusalFor(said, notHere)
          : withoutTask(words, item, said),
      );
    case 'indicator':
      if (options.length > 0) return choose(unwritten, item, options, '个指标', kept);
      return tell(`尚未记录。${item}请写明是哪个指标和数。`);
    case 'amount':
      return tell(amountWord(kept ? question : unanswered(question), words, item, said));
    case 'date':
      return tell(
        `尚未记录。${item}请写明日期,如「6月30日」${isOfSeveral(words) ? ';分属几个月份的请逐月分开写' : ''}。`,
      );
    case 'person':
      return tell(`尚未记录。${item}按班子成员分别登记,请写明是哪位。`);
    case 'meaning':
      return tell(`尚未记录。${item}${decisionWord(words, question.item ?? said.origin.words, said)}`);
  }
}

/** The refusal of what names a task by number that this person may not know of here; null where there is none. */
export function closedTo(said: Said, words: string): string | null {
  const hidden = tasksNamed(words, said.vocabulary, said.today).filter(
    (code) => nameOf(code, said) === undefined,
  );
  if (hidden.length === 0) return null;
  const alone = said.alone();
  return hidden.every((code) => nameOf(code, alone) !== undefined) ? inPrivate : notHere;
}

const LOOK_UPS: ReadonlySet<Act | undefined> = new Set(['show', 'history']);

/** 查 3.1, 记录 3.1: nothing would have been recorded. */
export function asksToSee(words: string): boolean {
  const word = commandWord(words.normalize('NFKC').trim());
  return word !== undefined && LOOK_UPS.has(actOf(word));
}

/** 同意 and 不同意 want what they are about, and 推迟 whether it is the task's own term. */
function decisionWord(words: string, whole: string, said: Said): string {
  const [, no, yes] = /(不同意|不批|不通过|驳回)|(同意|批准|通过)/u.exec(words) ?? [];
  const code = (NUMBERED.exec(words) ?? NUMBERED.exec(whole))?.[0] ?? inOwn('{task}', said);
  if (/延|推迟|顺延/u.test(words))
    return `任务延期的写「延期 ${code} 至 日期 原因」;只是一次活动改期的写「${code} 说明」。`;
  if (no !== undefined)
    return `请写明是哪件事,如「退回 ${code} 理由」「不同意延期 ${code}」「不同意挂牌 ${code}」。`;
  if (yes !== undefined)
    return `请写明是哪件事,如「同意销号 ${code}」「同意延期 ${code}」「同意挂牌 ${code}」。`;
  return '请写明要办的事,写法见「帮助」。';
}

/** A command without its task is told how it is written. */
function withoutTask(words: string, item: string, said: Said): string {
  const plain = words.normalize('NFKC').trim();
  const word = commandWord(plain) ?? commandWord(plain.split(/[ ,]+/).at(-1) ?? '');
  const usage = word === undefined ? null : usageOf(said, actOf(word));
  return usage
    ? `${item}请写任务编号,如「${usage.examples.find((each) => each.startsWith(word ?? '')) ?? usage.examples[0]}」。`
    : `尚未记录。${item}请写任务编号,如「${inOwn('{task} {count}+1', said)}」。`;
}

const unwritten = '尚未记录。';

function choose(head: string, item: string, options: string[], unit: string, kept: boolean): Part {
  const [only, ...more] = options;
  if (!kept) return tell(`${head}${item}对应${options.join('、')},请写编号另发。`);
  if (more.length === 0) return tell(`${head}${item}是指${only}吗?请回复「是」或「否」。`);
  return tell(`${head}${item}对应${options.length}${unit},请回复序号:`, ...numbered(options));
}

/** Without the choices, where no answer is waited for. */
const unanswered = ({ readings: _, pieces: __, ...question }: Question): Question => question;

function amountWord(question: Question, words: string, item: string, said: Said): string {
  const { readings: [reading = []] = [], pieces, indicator: code } = question;
  const indicator = code === undefined ? undefined : indicatorOf(code, said.vocabulary);
  const task = code !== undefined && nameOf(code, said) !== undefined ? code.split('/')[0] : undefined;
  const name = task && indicator ? `${task} ${indicator.label}` : undefined;
  if (TAKES_AWAY.test(words.normalize('NFKC'))) {
    return `尚未记录。${item}要改已登记的数,请写「更正 ${name ?? '任务编号 指标'}累计数」。`;
  }
  const [only, ...more] = reading;
  // One figure for each of several people is one figure.
  if (
    only &&
    more.every(
      (each) => each.indicator === only.indicator && each.value === only.value && each.person !== only.person,
    )
  ) {
    const value = `${figureWord(only.part ?? only.value ?? 0)}${unitOf(only, said)}`;
    return `数量不明:${item}是 1 新增${value},还是 2 累计${value}?请回复序号。`;
  }
  if (only && pieces)
    return `数量不明:${pieces.map((each) => `“${folded(each, 24)}”`).join('')}都是 1 新增,还是 2 累计?请回复序号。`;
  if (task && indicator?.ratio) return `尚未记录。${item}${ratioWord(task, indicator)}。`;
  const percent = /%|百分之/.test(words.normalize('NFKC')) ? '不按百分比记' : '数量不明';
  const number = numberIn(words, said);
  const split = name && indicator ? splitWord(words, name, indicator, said) : undefined;
  if (split !== undefined) return `尚未记录。${item}${split}。`;
  const into = name ?? '任务编号 指标';
  // How much is plain; what stands around it leaves open whether it is so yet.
  if (/\+ ?\d/.test(words.normalize('NFKC'))) {
    return `尚未记录。${item}看不出是否已经完成:已完成的请单独发「${into}+${number}」。`;
  }
  return `尚未记录。${item}${percent}:新增请写「${into}+${number}」,累计请写「${into}累计${number}」。`;
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
  name: string,
  { label, unit, clock, kind }: VocabularyIndicator,
  { vocabulary, today }: Said,
): string | undefined {
  const one = kind === 'limit' ? `80${unit}` : '+1';
  if (/[各每]|分别/u.test(words)) return `说的是几${unit},请一条一条分开写,如「${name}${one}」`;
  if (SCHOOL.test(words) && /累计|共|总/u.test(words)) return `是一处的数,请写本次新增的,如「${name}+1」`;
  const which = WHICH[clock];
  if (which === undefined || timesIn(words, vocabulary, today).length === 0) return undefined;
  return `请写明各属哪一期,如「${name.slice(0, -label.length)}${which}${label}1${unit}」`;
}

/** The number that was said, where one can be taken at its word. */
function numberIn(words: string, { vocabulary, today }: Said): string {
  const [[found = ''] = [], ...more] = numbersIn(words.normalize('NFKC'), vocabulary, today);
  const isOther = /%|百分之|分之/u.test(words.normalize('NFKC')) || more.length > 0;
  const value = isOther ? null : numberOf(found);
  return value === null ? '数' : figureWord(value);
}

function unitOf({ indicator: code = '' }: Intent, { vocabulary }: Said): string {
  const indicator = indicatorOf(code, vocabulary);
  return indicator && indicator.ratio === null ? indicator.unit : '';
}

const tell = (...lines: string[]): Part => ({ lines, only: 'asked' });
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
  const owed = (indicator ? [indicator] : task.indicators).some(({ subject }) => subject === 'person');
  const isOwn = owed && isMember(said.person) && !isWide(said.place);
  return seen || isOwn ? `【${task.code}】${indicator?.label ?? task.title}` : undefined;
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

/** Whether the words name more than one month or quarter. */
const isOfSeveral = (words: string): boolean =>
  (words.match(/月|季度/g) ?? []).length > 1 || /\d ?[、,和至到-] ?\d{1,2}月/u.test(words);
