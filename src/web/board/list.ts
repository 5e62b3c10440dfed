import { categoriesOf, sectionBy } from '../../ledger/people/roster.ts';
import { countsOf } from '../../ledger/rules/standing.ts';
import { type Seen, survey } from '../../ledger/views/survey.ts';
import { html } from '../html.ts';
import { standingBar, standings, standingWord, taskItem, troubleWords } from './parts.ts';
import { apartWord, type MakePage, type Page, sees, type View } from './view.ts';

const home = (view: View) => [{ name: '总览', link: view.link() }];

export const category: MakePage = async (view, code) => {
  const found = (await categoriesOf(view.db, view.reader.plan.id)).find((each) => each.code === code);
  return found && listPage(view, `${code} ${found.title}`, (task) => task.category === code, true);
};

export const section: MakePage = async (view, code) => {
  const found = await sectionBy(view.db, view.reader.plan.id, code);
  return found && listPage(view, found.name, (task) => task.sectionId === found.id, false);
};

/** Tasks by where they stand; `trouble` are those that are listed, overdue or behind. */
export const standing: MakePage = async (view, name) => {
  if (name === 'trouble') {
    const isTroubled = (task: Seen) => task.standing === 'listed' || task.standing === 'behind';
    return listPage(view, '挂牌、逾期和滞后', isTroubled, true);
  }
  const found = standings.find((each) => each === name);
  return found && listPage(view, standingWord[found], (task) => task.standing === found, true);
};

/**
 * The tasks that fit, as far as the reader may see them. Counts hold hidden ones too only where the plan's and a
 * category's do; a section's would tell what is hidden, so that it counts what is listed.
 */
async function listPage(
  view: View,
  title: string,
  fits: (task: Seen) => boolean,
  countAll: boolean,
): Promise<Page> {
  const { reader, db, today } = view;
  const { tasks } = (await survey(db, reader.plan, today)).as(reader.sees);
  const found = tasks.filter(fits);
  const shown = found.filter((task) => sees(view, task));
  const counts = countsOf(countAll ? found : shown);
  const hidden = found.length - shown.length;
  return {
    title,
    trail: home(view),
    body: html`${
      counts.all > 0
        ? html`<section aria-label="合计"><p class="summary"><b>${counts.all}</b>项,已销号<b>${counts.closed}</b>项 <span class="marks">${troubleWords(counts)}</span></p>
${standingBar(counts)}</section>`
        : null
    }
${
  shown.length === 0
    ? html`<p class="none">没有可在这里列出的任务。</p>`
    : html`<section aria-label="任务"><ol class="tasks">${shown.map((task) => taskItem(task, view.today, view.link(`task/${task.code}`)))}</ol></section>`
}
${hidden > 0 && countAll ? html`<p class="rest">${apartWord(view, hidden)}</p>` : null}`,
  };
}
