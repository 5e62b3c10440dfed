import type { Act, Intent, Understood } from '../intent.ts';
import { verbs } from './verbs.ts';

/** Words that begin a command and are no verbs of a task, with the act that each belongs to. */
const table: readonly [act: Act, words: string][] = [
  ['seal', '封存'],
  ['disable', '停用'],
  ['enable', '启用'],
  ['enlist', '新增人员'],
  ['address', '称呼'],
  ['rank', '排序'],
  ['roles', '角色'],
  ['invite', '绑定码 登记码'],
  ['bind', '绑定'],
  ['register', '登记本群'],
  ['calendar', '日历'],
  ['enter', '接单 三重一大登记 上会登记 督查登记 实地登记 减负'],
  ['finish', '督单 办结'],
  ['deputy', '代办 结束代办 取消代办'],
  ['handover', '交接'],
  ['pause', '暂停推送 恢复推送'],
  ['agenda', '议程'],
  ['meeting', '调度会 月调度会 月调度 已召开'],
  ['bulletin', '通报 季通报 季度通报 更正通报'],
  ['release', '签发通报 签发'],
  ['hold', '暂缓通报'],
  ['audit', '核验台账'],
  ['status', '运行状态'],
  ['overview', '总览'],
  ['ledger', '清单 台账'],
  ['mine', '我的'],
  ['export', '汇报 考核 年考核 会议材料'],
  ['help', '帮助'],
  // What people try and this ledger doesn't have.
  ['unknown', '周梳理 中止 初审 明细 举报数 催办 取消延期 取消静音 恢复 改日期'],
];

const acts: ReadonlyMap<string, Act> = new Map([
  ...[...verbs].flatMap(([word, { act }]): [string, Act][] => (act === 'unknown' ? [] : [[word, act]])),
  ...table.flatMap(([act, words]) => words.split(' ').map((word): [string, Act] => [word, act])),
]);

const longestFirst = [...acts.keys()].sort((one, other) => other.length - one.length);
const BEGINS = new RegExp(`^(${longestFirst.join('|')})(?=$|[\\s:,。]|【|[1-9]\\d?\\.[1-9]|[Gg]\\d)`, 'u');

/** What a command's word stands for. */
export const actOf = (word: string): Act | undefined => acts.get(word);

/** The command's word that a text begins with, where nothing but its object can follow. */
export const commandWord = (text: string): string | undefined => BEGINS.exec(text)?.[1];

/** Their words are notes by right: a close-out that is not so yet, something to look at, figures to be updated. */
const notes: ReadonlySet<Act> = new Set(['submit', 'show', 'history']);

/**
 * A text that begins like a command and came out as words, or as nothing: it doesn't fit the command's form, and who
 * sent it is told the form.
 */
export function misformed(text: string, understood: readonly Understood[]): Intent | null {
  const word = commandWord(text);
  const act = word === undefined ? undefined : actOf(word);
  if (word === undefined || act === undefined || notes.has(act)) return null;
  const isLost = understood.every((each) =>
    'ask' in each
      ? each.ask === 'task' && each.options === undefined && !verbs.has(word)
      : each.act === 'silent' ||
        (each.act === 'note' && each.percent === undefined) ||
        each.act === 'unknown' ||
        // The word alone is also a name of the plan's (周梳理).
        (each.act === 'show' && act === 'unknown' && text === word),
  );
  return isLost ? { act: 'unknown', about: word } : null;
}
