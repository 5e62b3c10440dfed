import { bulletinsOf } from '../../ledger/acts/bulletins.ts';
import { spokenWithYear } from '../../ledger/rules/period.ts';
import { countsOf, type Standing } from '../../ledger/rules/standing.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Figures } from '../../reports/figures.ts';
import type { Tally } from '../../reports/standings.ts';
import { categoriesWord } from '../../reports/titles.ts';
import { html, type Markup } from '../html.ts';
import { type Today, todayOf } from './figures.ts';
import {
  changeWord,
  code,
  completionBar,
  standingBar,
  standings,
  standingWord,
  taskItem,
  troubleWords,
} from './parts.ts';
import { apartWord, type MakePage, type View } from './view.ts';

/** So many tasks in trouble find room on a phone's first screens, and on a wall. */
const ROOM = { page: 8, wall: 7 };

/** One screen for a leader: how many stand how, what is in trouble, how far each category is. */
export const overview: MakePage = async (view) => {
  const today = await todayOf(view);
  return {
    title: '总览',
    kind: 'overview',
    body: html`${hero(today.figures.whole, (standing) => view.link(`standing/${standing}`))}
${troubled(view, today, ROOM.page, view.link)}
${categories(today.figures, (of) => view.link(`category/${of}`))}
${sections(view, today)}
${await more(view)}`,
  };
};

/** The same for a screen on a wall: larger, without anything to press, fetched anew by itself. */
export const wall: MakePage = async (view) => {
  const today = await todayOf(view);
  return {
    title: '总览',
    kind: 'wall',
    body: html`${hero(today.figures.whole)}
${categories(today.figures)}
${troubled(view, today, ROOM.wall)}`,
  };
};

export function hero(whole: Tally, link?: (standing: Standing) => string): Markup {
  const change = changeWord(whole.completion, whole.before?.completion);
  return html`<section class="hero" aria-labelledby="hero-title">
<h2 id="hero-title" class="unseen">总体</h2>
<div class="headline">
<p class="big"><b>${whole.closed}</b><span class="of">/${whole.all}</span><span class="what">项已销号</span></p>
${
  whole.completion === null
    ? null
    : html`<p class="big"><b>${whole.completion}</b><span class="of">%</span><span class="what">平均完成度${change === null ? null : html`<i>${change}</i>`}</span></p>`
}
</div>
${standingBar(whole)}
<ul class="tiles">
${standings.map((standing) => tile(whole, standing, link?.(standing)))}
</ul>
</section>`;
}

function tile(whole: Tally, standing: Standing, link: string | undefined): Markup {
  const late = { behind: whole.overdue, listed: whole.listedOverdue, closed: 0, progress: 0 }[standing];
  const overdue = late > 0 ? html`<i>其中逾期${late}</i>` : null;
  const inside = html`<b>${whole[standing]}</b><span>${standingWord[standing]}${overdue}</span>`;
  return html`<li class="tile ${standing}">${link === undefined ? html`<div class="cell">${inside}</div>` : html`<a class="cell" href="${link}">${inside}</a>`}</li>
`;
}

/** Listed, overdue, behind, by code and section; what this reader may not see is only counted. */
function troubled(view: View, { figures, visible }: Today, room: number, link?: View['link']): Markup {
  const seen = figures.laggards.flatMap((each): Seen[] => {
    const task = visible.get(each.code);
    return task ? [task] : [];
  });
  const hidden = figures.laggards.length - seen.length;
  const left = Math.max(0, seen.length - room);
  const items = seen.map((task) => taskItem(task, figures.asOf, link?.(`task/${task.code}`)));
  return html`<section class="trouble" aria-labelledby="trouble-title">
<h2 id="trouble-title">挂牌、逾期和滞后 <small>${figures.laggards.length}项</small></h2>
${
  seen.length === 0
    ? html`<p class="none">没有${hidden > 0 ? '可在这里列出的' : ''}挂牌、逾期或滞后的任务。</p>`
    : html`<ol class="tasks">${items.slice(0, room)}</ol>`
}
${
  // Paper has no link to follow.
  left === 0 || link === undefined ? null : html`<ol class="tasks on-paper">${items.slice(room)}</ol>`
}
${left === 0 ? null : html`<p class="rest on-screen">${link === undefined ? `另有${left}项。` : html`<a href="${link('standing/trouble')}">另有${left}项,查看全部</a>`}</p>`}
${hidden === 0 ? null : html`<p class="rest">${apartWord(view, hidden)}</p>`}
</section>`;
}

export function categories(figures: Figures, link?: (code: string) => string): Markup {
  const marked = figures.categories.some(({ before }) => before !== null);
  return html`<section class="categories" aria-labelledby="categories-title">
<h2 id="categories-title">${categoriesWord(figures.categories.length)}进展 <small>${marked ? '竖线为上季末' : '平均完成度'}</small></h2>
<ol class="rows">
${figures.categories.map((each) => {
  const inside = html`<span class="name">${code(each.code)}${each.title}</span>
<span class="percent">${each.completion === null ? '—' : html`<b>${each.completion}</b>%`}</span>
${completionBar(each.completion, each.before?.completion ?? null)}
<span class="meta"><span class="facts">${each.all}项,已销号${each.closed}项${changeOf(each)}</span><span class="marks">${troubleWords(each)}</span></span>`;
  return html`<li>${link === undefined ? html`<div class="row">${inside}</div>` : html`<a class="row" href="${link(each.code)}">${inside}</a>`}</li>
`;
})}
</ol>
</section>`;
}

const changeOf = ({ completion, before }: Tally): string => {
  const word = changeWord(completion, before?.completion);
  return word === null ? '' : `,完成度${word}`;
};

/** A section is counted by the tasks that the reader may see, so that the count and its list say the same. */
function sections(view: View, { figures, visible }: Today): Markup {
  const shown = figures.sections
    .filter(({ resident }) => !resident)
    .flatMap(({ code: of, name }) => {
      const own = [...visible.values()].filter((task) => task.section === name);
      return own.length === 0 ? [] : [{ of, name, counts: countsOf(own) }];
    });
  return html`<section class="sections" aria-labelledby="sections-title">
<h2 id="sections-title">科室和单位</h2>
<ul class="units">
${shown.map(
  ({ of, name, counts }) => html`<li><a href="${view.link(`section/${of}`)}"><span class="name">${name}</span>
<span class="facts">${counts.all}项${counts.closed > 0 ? `,已销号${counts.closed}` : ''}</span>
<span class="marks">${troubleWords(counts)}</span></a></li>
`,
)}
</ul>
</section>`;
}

/** The bulletins that are out, the last one first. */
async function more({ db, reader, link }: View): Promise<Markup> {
  const released = (await bulletinsOf(db, reader.plan.id)).filter(({ state }) => state === 'released');
  const periods = released.map(({ period }) => period).reverse();
  return html`<nav class="more" aria-label="更多">
${periods.map((period) => html`<a href="${link(`bulletin/${period}`)}">${spokenWithYear(period)}通报</a>`)}
<a href="${link('wall')}">大屏</a>
</nav>`;
}
