import { referenceWord } from '../../chat/evidence.ts';
import { figuresOfEach, figureWords, standardWord } from '../../chat/telling.ts';
import { fitForGroup } from '../../chat/words.ts';
import { evidenceOf } from '../../ledger/acts/evidence.ts';
import type { FileRow } from '../../ledger/files.ts';
import { namesOf } from '../../ledger/people/roster.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { completionOf, percent } from '../../ledger/rules/completion.ts';
import { confirmed, figureOf } from '../../ledger/rules/figure.ts';
import { type Frame, isPaper } from '../../ledger/rules/indicator.ts';
import { current, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { html, type Markup } from '../html.ts';
import { filesFor } from './file.ts';
import { completionBar } from './parts.ts';
import { shownTo, type View } from './view.ts';

/** What is asked, what it has come to, and the evidence behind it. */
export async function indicatorsOf(view: View, task: Seen, frame: Frame): Promise<Markup> {
  const shown = task.indicators.filter(shownTo(view, task));
  const pieces = await evidenceOf(
    view.db,
    shown.map(({ id }) => id),
  );
  const names = await namesOf(view.db, [...frame.members]);
  const files = await filesFor(view, task);
  if (shown.length === 0) return html`<p class="none">没有可在这里列出的指标。</p>`;
  return html`<ul class="indicators">
${shown.map((indicator) => {
  const completion = completionOf(task, indicator, frame);
  const own = pieces.filter(({ indicatorId }) => indicatorId === indicator.id);
  const words = own.map(referenceWord).filter((word) => view.reader.alone || fitForGroup(word));
  return html`<li>
<p class="name">${indicator.label}<span class="facts">${standardWord(indicator)}${indicator.class === 'monitor' ? ',只统计' : ''}</span></p>
<p class="figure"><b>${standing(task, indicator, frame)}</b>${waiting(task, indicator)}</p>
${indicator.class === 'monitor' || completion === null ? null : completionBar(percent(completion))}
${ownFigures(view, task, indicator, frame, names)}
${words.length === 0 ? null : html`<p class="facts proof">佐证:${words.join(';')}</p>`}
${fileLine(
  view,
  task,
  files.filter((file) => file.indicatorId === indicator.id),
)}
</li>
`;
})}
</ul>
${fileLine(
  view,
  task,
  files.filter((file) => file.indicatorId === null),
)}`;
}

/** The running period's figure, then the whole one; of what each person has to meet only whether all have. */
function standing(task: Seen, indicator: IndicatorRow, frame: Frame): string {
  if (indicator.subject === 'person') return completionOf(task, indicator, frame) === 1 ? '已齐' : '推进中';
  const whole = figureOf(task, indicator);
  if (isPaper(indicator)) return completionOf(task, indicator, frame) === 1 ? '已完成' : '尚未完成';
  const period = current(indicator.clock, frame, task.deadline);
  if (period === null) return figureWords(indicator, whole);
  return `${spokenPeriod(period)}${figureWords(indicator, figureOf(task, indicator, spanOf(period)))}`;
}

/** What a clerk has reported and the chief hasn't confirmed counts here, and in no bulletin. */
function waiting(task: Seen, indicator: IndicatorRow): Markup | null {
  if (indicator.subject === 'person') return null;
  const [all, sure] = [figureOf(task, indicator), figureOf(confirmed(task), indicator)];
  if (JSON.stringify(all) === JSON.stringify(sure)) return null;
  return html`<span class="facts">(其中已确认${figureWords(indicator, sure)})</span>`;
}

function ownFigures(
  { reader }: View,
  task: Seen,
  indicator: IndicatorRow,
  frame: Frame,
  names: Map<number, string>,
): Markup | null {
  if (indicator.subject !== 'person') return null;
  const may = (personId: number) => reader.seesFigure(personId, indicator.level ?? task.level, task);
  const figures = figuresOfEach(task, indicator, frame, names, may).map((each) => each + indicator.unit);
  return figures.length === 0 ? null : html`<p class="facts">${figures.join('、')}</p>`;
}

/** By name; one person may open them, a group not. */
function fileLine({ reader, link }: View, task: Seen, files: FileRow[]): Markup | null {
  const shown = files.filter(({ name }) => reader.alone || fitForGroup(name));
  if (shown.length === 0) return null;
  return html`<p class="facts proof">附件:${shown.map(({ id, name }) =>
    reader.alone
      ? html`<a class="file" href="${link(`task/${task.code}/file/${id}`)}">${name}</a> `
      : html`${name} `,
  )}</p>`;
}
