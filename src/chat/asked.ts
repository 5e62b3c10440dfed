import type { Day } from '../ledger/days.ts';
import type { TaskInHand } from '../ledger/rules/task.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { turnWord } from './closeout.ts';
import { termWord } from './telling.ts';
import { movedWord } from './words.ts';

type About = Pick<Seen, 'code' | 'title' | 'section'>;

const named = ({ code, title, section }: About): string => `【${code}】${title}(${section ?? '待明确'})`;

/** What whoever is to decide reads of a close-out: whose turn it is, and what to reply. */
export const closeoutAsked = (task: About, hand: TaskInHand, insisted = false): string[] => [
  `${named(task)}申请销号${insisted ? '(坚持申请,附缺项)' : ''},现待${turnWord(hand)}。`,
  `发「查 ${task.code}」看进展和缺项;请回复「同意销号 ${task.code}」或「退回 ${task.code} 理由」。`,
];

export const extensionWord = (from: Day, to: Day, late: boolean): string =>
  `申请延期:${movedWord(from, to)}${late ? '(逾期后申请)' : ''}`;

/** Of an extension. */
export const extensionAsked = (
  task: About,
  { from, to, late }: { from: Day; to: Day; late: boolean },
  why: string,
): string[] => [
  `${named(task)}${extensionWord(from, to, late)},${why}。`,
  `请回复「同意延期 ${task.code}」或「不同意延期 ${task.code} 理由」。`,
];

/** Of a listing; `said`: what the office gave as its reason. */
export const listingAsked = (task: About, term: Day | null, said = ''): string[] => [
  `${named(task)}拟挂牌督办${termWord(term)}${said === '' ? '' : `,说明:「${said}」`}。`,
  `请回复「同意挂牌 ${task.code}」或「不同意挂牌 ${task.code}」。`,
];

/** Of a listing that is to end. */
export const liftAsked = (task: About, said = ''): string[] => [
  `${named(task)}拟摘牌${said === '' ? '' : `,说明:「${said}」`}。`,
  `请回复「同意摘牌 ${task.code}」或「不同意摘牌 ${task.code}」。`,
];
