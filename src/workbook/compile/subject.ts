import type { BookIndicator } from '../../ledger/book.ts';
import type { Clause } from './clause.ts';
import { type Found, masked } from './number.ts';

const ACTORS = /(?:领导)?班子成员|(?:党员)?领导干部|[局委厅]领导|分管领导|党[组委]成员|带头/gu;
/** What each does himself, if it is the leaders who do it. */
const OWN =
  /撰写|讲(?:授|\p{Script=Han}{0,2}课)|参加|报告|签订|述职|心得|专题研究|牵头负责|领办|包联|联系指导|工作时间|自学/u;

/** Whether a figure is each leader's or the bureau's; open where the words say neither. */
export function subjectOf(text: string, clause: Clause, { from }: Found): BookIndicator['subject'] {
  const before = clause.words.slice(0, from - clause.from);
  if (/每(?:人|名|位)|人均/u.test(before)) return 'person';
  const near = `${before}${text.slice(from, clause.from + clause.words.length)}`;
  if (/每(?:人|名|位)/u.test(text.slice(0, from))) return 'unclear';
  if (!isActed(text.slice(0, from))) return 'bureau';
  if (/牵头(?:成立|组建|组织|召开|举办|制定)|推动完成|选树|评选/u.test(near)) return 'bureau';
  return OWN.test(near) ? 'person' : 'unclear';
}

/** Whether the leaders themselves are said to act, rather than something to be done to or for them. */
export const isActed = (before: string): boolean =>
  [...masked(before).matchAll(ACTORS)].some(
    ({ index }) => !/(?:制定|组织|覆盖|引导|督促|加强|对|与|同|至每位|推动)$/u.test(before.slice(0, index)),
  );
