import type { Matters } from '../ledger/views/matters.ts';
import type { Seen } from '../ledger/views/survey.ts';

/** So many matters are named; a phone shows no more. */
const NAMED = 6;

/** What is reported on at a meeting: listed, overdue and behind, in this order. */
export const toReport = (tasks: Seen[]): Seen[] =>
  tasks
    .filter(
      (task) => task.state !== 'closed' && (task.listed || task.light === 'red' || task.light === 'yellow'),
    )
    .toSorted((one, other) => rank(one) - rank(other));

const rank = ({ listed, light }: Seen): number => (listed ? 0 : light === 'red' ? 1 : 2);

/** `汇报事项3件:【5.1.1】机关党委、【4.2.1】局办公室。` What may not be shown here is only counted. */
export function reportLine(tasks: Seen[], mayShow: (task: Seen) => boolean): string {
  const shown = tasks.filter(mayShow);
  const hidden = tasks.length - shown.length;
  const apart = hidden > 0 ? `另有${hidden}件,由整改办单独报告。` : '';
  if (shown.length === 0) return `汇报事项:无。${apart}`;
  const named = shown.slice(0, NAMED).map((task) => `【${task.code}】${task.section ?? '待明确'}`);
  const more = shown.length > NAMED ? `等` : '';
  return `汇报事项${shown.length}件:${named.join('、')}${more}。${apart}`;
}

/** Minutes for each, and how many that leaves room for in a meeting of ninety with two other points on its agenda. */
const MINUTES = 3;
const SPOKEN = 20;

/** How they are reported on; too many for one meeting are taken in their order, the rest in writing. */
export const reportingWord = (count: number): string =>
  count > SPOKEN ? `依次汇报前${SPOKEN}件,每件${MINUTES}分钟,其余书面汇报:` : `每件${MINUTES}分钟:`;

/** `拟销号2件、延期1件`; null where nothing waits. */
export function mattersWord({ closeouts, listings, extensions }: Matters): string | null {
  const parts = [
    ...(closeouts.length > 0 ? [`拟销号${closeouts.length}件`] : []),
    ...(listings.length > 0 ? [`挂牌摘牌${listings.length}件`] : []),
    ...(extensions.length > 0 ? [`延期${extensions.length}件`] : []),
  ];
  return parts.length === 0 ? null : parts.join('、');
}

/** The same by their codes, for those who prepare the papers. */
export function matterLines(matters: Matters): string[] {
  const line = (name: string, codes: string[]) =>
    codes.length === 0 ? [] : [`${name}:${codes.map((code) => `【${code}】`).join('')}`];
  return [
    ...line('拟销号', matters.closeouts),
    ...line('挂牌摘牌', matters.listings),
    ...line('延期', matters.extensions),
  ];
}
