import { figureWords, standardWord } from '../../chat/telling.ts';
import { dayWord, dueWord } from '../../chat/words.ts';
import { bulletinOf } from '../../ledger/acts/bulletins.ts';
import type { Day } from '../../ledger/days.ts';
import { measure } from '../../ledger/rules/figure.ts';
import { spokenWithYear } from '../../ledger/rules/period.ts';
import type { Achieved } from '../../reports/achieved.ts';
import { freshWord } from '../../reports/bulletinText.ts';
import type { Figures } from '../../reports/figures.ts';
import { figuresIn } from '../../reports/quarter.ts';
import type { Laggard } from '../../reports/standings.ts';
import { sinceWord } from '../../reports/titles.ts';
import { shownIn } from '../../reports/version.ts';
import { html, type Markup } from '../html.ts';
import { categories, hero } from './overview.ts';
import { code, rowItem } from './parts.ts';
import type { MakePage } from './view.ts';

/** A released bulletin, in the version that is this reader's. A draft is nobody's to read here. */
export const bulletin: MakePage = async (view, period) => {
  const { db, reader, link } = view;
  const row = await bulletinOf(db, reader.plan.id, period);
  if (row?.state !== 'released') return undefined;
  const figures = shownIn(figuresIn(reader.plan, row), reader.office ? 'office' : 'system');
  const achieved = figures.achieved.filter((each) => (measure(each.figure) ?? 0) > 0);
  return {
    title: `${spokenWithYear(period)}整改进展通报`,
    trail: [{ name: '总览', link: link() }],
    body: html`<p class="lead">数据截至${dayWord(figures.asOf)}24:00,发布后不再改动;之后补报的计入下季。</p>
${hero(figures.whole)}
${categories(figures)}
${laggards(figures)}
${
  achieved.length === 0
    ? null
    : html`<section class="achieved" aria-labelledby="achieved-title"><h2 id="achieved-title">完成情况 <small>${sinceWord(figures)}累计</small></h2>
<ul class="indicators">${achieved.map(achievedItem)}</ul></section>`
}`,
  };
};

function laggards({ laggards: rows, apart, asOf }: Figures): Markup {
  const hidden = (apart.listed ?? 0) + (apart.behind ?? 0);
  const fresh = apart.fresh ?? 0;
  return html`<section class="trouble" aria-labelledby="trouble-title">
<h2 id="trouble-title">挂牌、逾期和滞后</h2>
${rows.length === 0 ? html`<p class="none">没有${hidden + fresh > 0 ? '可在这里列出的' : ''}挂牌、逾期或滞后的任务。</p>` : html`<ol class="tasks">${rows.map((task) => laggardItem(task, asOf))}</ol>`}
${fresh > 0 ? html`<p class="rest">${freshWord(fresh)}。</p>` : null}
${hidden > 0 ? html`<p class="rest">另有${hidden}项由整改办单独报告。</p>` : null}
</section>`;
}

function laggardItem(task: Laggard, asOf: Day): Markup {
  return rowItem(task, `${task.section ?? '待明确'} · 时限${dueWord(task.deadline, asOf)}`);
}

const achievedItem = ({ task, label, unit, indicator, figure }: Achieved): Markup => {
  const whole = { ...indicator, unit };
  return html`<li><p class="name">${code(task)}${label}<span class="facts">${standardWord(whole)}</span></p><p class="figure"><b>${figureWords(whole, figure)}</b></p></li>
`;
};
