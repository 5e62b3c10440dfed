import { deedWord, keptApart, reasoned, whoseWord } from '../../chat/entry.ts';
import { toldIn } from '../../chat/reason.ts';
import { fitForGroup, folded, spokenAt, tellsOfJourney } from '../../chat/words.ts';
import { type HistoryLine, historyOf } from '../../ledger/views/history.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { html, type Markup } from '../html.ts';
import { shownTo, type View } from './view.ts';

/** So many of the last entries stand on a page. */
const MOST = 100;
const WORDS = 200;

/**
 * What was recorded, the newest first, with numbers, hour and author, and the words as said where they may be read. What
 * one message recorded stands together.
 */
export async function historyList(view: View, task: Seen): Promise<Markup> {
  const entries = await historyOf(view.db, view.reader.plan.id, task.code, MOST);
  const shown = entries.filter((entry) => isShown(view, task, entry));
  if (shown.length === 0) return html`<p class="none">还没有登记。</p>`;
  return html`<ol class="history">${together(shown).map((message) => item(view, task, message))}</ol>
${entries.length === MOST ? html`<p class="rest">只列最近${MOST}条,更早的见台账。</p>` : null}`;
}

function together(entries: HistoryLine[]): HistoryLine[][] {
  const messages: HistoryLine[][] = [];
  for (const entry of entries) {
    const last = messages.at(-1);
    const [head] = last ?? [];
    const same =
      head?.at.getTime() === entry.at.getTime() && head.name === entry.name && head.said === entry.said;
    if (same && last) last.push(entry);
    else messages.push([entry]);
  }
  return messages;
}

const indicatorOf = (task: Seen, { detail }: HistoryLine) =>
  task.indicators.find((each) => each.code === detail.indicator);

/** Of one's own matters one's own deeds alone; elsewhere not where the entry is about an indicator that isn't this reader's, or about persons' own figures. */
function isShown(view: View, task: Seen, entry: HistoryLine): boolean {
  if (task.level === 'self') return entry.personId === view.reader.personId;
  const indicator = indicatorOf(task, entry);
  return indicator === undefined || (shownTo(view, task)(indicator) && indicator.subject !== 'person');
}

function item(view: View, task: Seen, message: HistoryLine[]): Markup | null {
  const [head] = message;
  if (!head) return null;
  const words = task.level === 'self' ? null : wordsFor(view, head);
  return html`<li>
<p class="facts"><time datetime="${head.at.toISOString()}">${spokenAt(head.at, view.reader.plan.timeZone)}</time> ${whoWord(head)}</p>
${message.toReversed().map(
  (
    entry,
  ) => html`<p class="deed">${deedWord(entry, indicatorOf(task, entry))}<span class="facts seq">#${entry.seq}</span></p>
`,
)}
${words === null ? null : html`<blockquote>「${words}」</blockquote>`}
</li>
`;
}

/** `安全管理科科长`, `张三(安全管理科)`. */
function whoWord(entry: HistoryLine): string {
  const { name, section } = entry;
  if (name === null) return whoseWord(entry);
  return section === null || name.startsWith(section) ? name : `${name}(${section})`;
}

/** Why a task was listed no group reads, nor what a group's texts may not hold. */
function wordsFor({ reader }: View, { said, act, mixed, byLeader }: HistoryLine): string | null {
  if (said === null || mixed || keptApart.includes(act)) return null;
  const isKept = reasoned.includes(act) || !fitForGroup(said) || tellsOfJourney(said, byLeader);
  if (!reader.alone && isKept) return null;
  return folded(toldIn(act, said), WORDS) || null;
}
