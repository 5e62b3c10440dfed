import { stepWord, turnWord } from '../../chat/closeout.ts';
import { extensionWord, listedWord, lookbackWord } from '../../chat/telling.ts';
import { dayWord, dueWord, stateWord } from '../../chat/words.ts';
import { type InHand, inHand } from '../../ledger/acts/closeout.ts';
import { extensionsOf } from '../../ledger/acts/extension.ts';
import { lookbacksOf } from '../../ledger/acts/lookback.ts';
import { daysBetween } from '../../ledger/days.ts';
import { sectionNames } from '../../ledger/people/roster.ts';
import { percent } from '../../ledger/rules/completion.ts';
import { type Seen, see } from '../../ledger/views/survey.ts';
import { html, type Markup } from '../html.ts';
import { historyList } from './history.ts';
import { indicatorsOf } from './indicators.ts';
import { completionBar, lightMark } from './parts.ts';
import { type MakePage, sees, type View } from './view.ts';

/** One task: what is asked, how far it is and on what evidence, and everything that was ever recorded on it. */
export const task: MakePage = async (view, code) => {
  const { db, reader, today, link } = view;
  const found = await see(db, reader.plan, code, today, reader.sees);
  if (!found || !sees(view, found.task)) return undefined;
  const { task: seen, frame } = found;
  const hand = await inHand(db, reader.plan, seen);
  return {
    title: `【${seen.code}】${seen.title}`,
    trail: [
      { name: '总览', link: link() },
      ...(seen.category === null
        ? []
        : [{ name: `第${seen.category}类`, link: link(`category/${seen.category}`) }]),
    ],
    body: html`<section class="state" aria-label="现状">
<p class="marks">${lightMark(seen)}${seen.state === 'closed' ? null : html`<span class="light">${stateWord(seen.state)}</span>`}</p>
${seen.completion === null ? null : html`<p class="big"><b>${percent(seen.completion)}</b><span class="of">%</span><span class="what">完成度</span></p>${completionBar(percent(seen.completion))}`}
${wayBar(seen, hand)}
</section>
${await facts(view, seen)}
<section aria-labelledby="indicators-title">
<h2 id="indicators-title">量化指标</h2>
${await indicatorsOf(view, seen, frame)}
</section>
<section aria-labelledby="history-title">
<h2 id="history-title">登记记录</h2>
${await historyList(view, seen)}
</section>`,
  };
};

/** Where its close-out is, step by step; only while one is asked for. */
function wayBar(seen: Seen, hand: InHand): Markup | null {
  if (seen.state !== 'submitted') return null;
  return html`<ol class="way" aria-label="销号流程">
${hand.taken.map(({ step }) => html`<li class="light closed">${stepWord(step, hand)}<span class="unseen">(已办)</span></li>`)}
<li class="light blue" aria-current="step">待${turnWord(hand)}</li>
</ol>`;
}

async function facts(view: View, seen: Seen): Promise<Markup> {
  const { db, reader } = view;
  const extensions = (await extensionsOf(db, seen.id)).map(extensionWord);
  const lookbacks = (await lookbacksOf(db, seen.id, reader.plan.timeZone)).map(lookbackWord);
  const rows: [string, string | null][] = [
    ['责任领导', seen.leader ?? '待明确'],
    ['主办', seen.section ?? '待明确'],
    ['协办', (await sectionNames(db, seen.coSectionIds)).join('、')],
    ['完成时限', `${dueWord(seen.deadline, view.today)}${distance(view, seen)}`],
    ['标准', seen.standard || null],
    ['方案原文', seen.sourceText === '' ? null : `${seen.sourcePlace} ${seen.sourceText}`],
    ['挂牌督办', seen.standing === 'listed' ? listedWord(seen) : null],
    ['延期', extensions.join(';')],
    ['销号', seen.closedOn && `${dayWord(seen.closedOn)}批准销号`],
    ['回头看', lookbacks.join(';')],
  ];
  return html`<dl class="sheet">
${rows.map(([name, words]) => (words ? html`<div><dt>${name}</dt><dd>${words}</dd></div>\n` : null))}
</dl>`;
}

function distance({ today }: View, { deadline, state, overdueBy }: Seen): string {
  if (deadline === null || state === 'closed') return '';
  if (overdueBy > 0) return `(已逾期${overdueBy}个工作日)`;
  const left = daysBetween(today, deadline);
  return left < 0 ? '' : left === 0 ? '(今日到期)' : `(还有${left}天)`;
}
