import { dueWord, lightWord, stateWord } from '../../chat/words.ts';
import type { Day } from '../../ledger/days.ts';
import { percent } from '../../ledger/rules/completion.ts';
import type { Counts, Standing } from '../../ledger/rules/standing.ts';
import type { Light } from '../../ledger/terms.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { html, type Markup } from '../html.ts';

export const standingWord: Record<Standing, string> = {
  closed: '已销号',
  progress: '正常推进',
  behind: '滞后',
  listed: '挂牌督办',
};
export const standings: readonly Standing[] = ['closed', 'progress', 'behind', 'listed'];

/** How tasks stand, as one bar of their shares; the figures are told beside it. */
export function standingBar(counts: Counts): Markup {
  let at = 0;
  const share = (part: number) => (counts.all === 0 ? 0 : (part / counts.all) * 1000);
  const parts = standings
    .filter((standing) => counts[standing] > 0)
    .map((standing) => {
      const [x, width] = [at, share(counts[standing])];
      at += width;
      return html`<rect class="${standing}" x="${x.toFixed(1)}" width="${Math.max(width - 4, 1).toFixed(1)}" height="10"/>`;
    });
  return html`<svg class="bar shares" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

/** A completion from 0 to 100, with a mark where it stood a quarter before. */
export function completionBar(completion: number | null, before: number | null = null): Markup | null {
  if (completion === null) return null;
  const mark =
    before === null
      ? null
      : html`<rect class="mark" x="${Math.min(before * 10, 994)}" width="6" height="10"/>`;
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="1000" height="10"/><rect class="done" width="${completion * 10}" height="10"/>${mark}</svg>`;
}

/** The light in words, in its colour; what is closed says so, and of what is listed only a light that is a warning too. */
export function lightMark(
  task: Pick<Seen, 'light' | 'overdueBy'> & { standing: Standing; listedOn?: Day | null },
): Markup {
  const { light, overdueBy, standing } = task;
  if (standing === 'closed') return html`<span class="light closed">已销号</span>`;
  const listed = standing === 'listed' ? html`<span class="light listed">挂牌督办</span>` : null;
  if (listed && light !== 'red' && light !== 'yellow') return listed;
  return html`${listed}<span class="light ${light ?? 'none'}">${lightName(light, overdueBy)}</span>`;
}

function lightName(light: Light | null, overdueBy: number): string {
  if (light === null) return '不亮灯';
  return light === 'green' ? '绿·正常' : lightWord(light, overdueBy).replace(/[【】]/g, '');
}

export const code = (text: string): Markup => html`<span class="code">${text}</span>`;

/** One task in a list: what it is, how it is lit, whose, by when, how far. */
export function taskItem(task: Seen, today: Day, link?: string): Markup {
  const due = task.state === 'closed' ? stateWord(task.state) : `时限${dueWord(task.deadline, today)}`;
  const completion = task.completion === null ? null : percent(task.completion);
  return rowItem({ ...task, completion }, `${task.section ?? '待明确'} · ${due}`, link);
}

export function rowItem(
  task: Parameters<typeof lightMark>[0] & { code: string; title: string; completion: number | null },
  facts: string,
  link?: string,
): Markup {
  const { completion } = task;
  const inside = html`<span class="name">${code(task.code)}${task.title}</span>
${completion === null ? null : html`<span class="percent"><b>${completion}</b>%</span>`}
<span class="meta"><span class="marks">${lightMark(task)}</span><span class="facts">${facts}</span></span>
${completionBar(completion)}`;
  return html`<li>${link === undefined ? html`<div class="row">${inside}</div>` : html`<a class="row" href="${link}">${inside}</a>`}</li>
`;
}

/** What is wrong in a set of tasks, in words; nothing where all is well. */
export function troubleWords(counts: Counts): Markup[] {
  const parts: Markup[] = [];
  if (counts.listed > 0) parts.push(html`<span class="light listed">挂牌${counts.listed}</span>`);
  if (counts.overdue > 0) parts.push(html`<span class="light red">逾期${counts.overdue}</span>`);
  if (counts.behind > counts.overdue)
    parts.push(html`<span class="light yellow">滞后${counts.behind - counts.overdue}</span>`);
  return parts;
}

/** A completion against the quarter before's: `较上季+12个百分点`. */
export function changeWord(now: number | null, before: number | null | undefined): string | null {
  if (now === null || before === null || before === undefined) return null;
  if (now === before) return '与上季持平';
  return `较上季${now > before ? '+' : '−'}${Math.abs(now - before)}个百分点`;
}
