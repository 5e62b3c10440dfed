import type { Act } from '../chat/intent.ts';
import { actOf, commandWord, noSuchDayIn } from '../chat/parse.ts';
import { folded } from '../chat/words.ts';
import { inOwn } from '../commands/command/own.ts';
import { refusalFor } from '../commands/command/reach.ts';
import { usageOf } from '../commands/command/usage.ts';
import type { Part, Said } from '../commands/command.ts';
import { notHere } from '../ledger/refusal.ts';
import { DUTY, TASK } from '../ledger/rules/code.ts';
import { amountWord } from './amount.ts';
import { closedTo, nameFor } from './named.ts';
import type { Question } from './question.ts';

/** The question in words, one line a choice, to be answered by a number; `kept` where such an answer is waited for. */
export function askBack(question: Question, said: Said, kept: boolean): Part {
  const words = question.words || question.item || '';
  const item = words === '' ? '' : `“${folded(words, 30)}”`;
  const options = (question.options ?? []).flatMap((code) => nameFor(code, said) ?? []);
  const closed = closedTo(said, question.item ?? words);
  if (closed !== null) return { ...tell(refusalFor(said, closed)), task: null };
  switch (question.ask) {
    case 'task':
      if (options.length > 0)
        return choose(asksToSee(question.item ?? words) ? '' : unwritten, item, options, '项', kept);
      return question.options !== undefined || question.coded || NUMBERED.test(question.item ?? words)
        ? { ...tell(refusalFor(said, notHere())), task: null }
        : tell(withoutTask(words, item, said));
    case 'indicator':
      if (options.length > 0) return choose(unwritten, item, options, '个指标', kept);
      return tell(`尚未记录。${item}请写明是哪个指标和数。`);
    case 'amount':
      return tell(amountWord(kept ? question : unanswered(question), words, item, said));
    case 'date':
      return tell(`尚未记录。${item}${dateWord(words, said)}。`);
    case 'person':
      return tell(`尚未记录。${item}按班子成员分别登记,请写明是哪位。`);
    case 'meaning':
      return tell(`尚未记录。${item}${decisionWord(words, question.item ?? said.origin.words, said)}`);
  }
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
  if (/延|推迟|顺延|改[到至成为]|[调整挪顺][到至]/u.test(words))
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

const tell = (...lines: string[]): Part => ({ lines, only: 'asked' });
const numbered = (options: string[]) => options.map((option, index) => `${index + 1} ${option}`);

/** A task by its number: one that isn't there is told of in the same words as one that isn't this person's. */
const NUMBERED = new RegExp(`(?<![\\d.])${TASK}(?![\\d.])|第\\s*\\d+\\s*项|(?<![A-Za-z])${DUTY}`, 'i');

/** Whether the words name more than one month or quarter. */
const isOfSeveral = (words: string): boolean =>
  (words.match(/月|季度/g) ?? []).length > 1 || /\d ?[、,和至到-] ?\d{1,2}月/u.test(words);

function dateWord(words: string, { vocabulary, today }: Said): string {
  const noDay = noSuchDayIn(words, vocabulary, today);
  if (noDay !== undefined) return `没有${noDay}这一天,请写明日期,如「6月30日」`;
  return `请写明日期,如「6月30日」${isOfSeveral(words) ? ';分属几个月份的请逐月分开写' : ''}`;
}
