import { countsWord } from '../chat/telling.ts';
import { dayWord } from '../chat/words.ts';
import { addDays } from '../ledger/days.ts';
import type { Plan } from '../ledger/plan.ts';
import { taskOf } from '../ledger/rules/counter.ts';
import { assessmentOn, engagedFrom } from '../ledger/rules/occasions.ts';
import { assessedOf } from '../ledger/views/assessed.ts';
import { figuresOf } from '../reports/figures.ts';
import type { Tally } from '../reports/standings.ts';
import { shownIn } from '../reports/version.ts';
import { assessmentDraft } from '../reports/word/assessment.ts';
import { documentOf } from './push/drawing.ts';
import { AFTERWARDS, lastFallen, slotsOn } from './push/moment.ts';
import { toOffice } from './push/office.ts';
import type { Look, Push } from './push.ts';

/** The year's assessment (年度考核) by section and leader, for the office; and two months before, to engage the third party. */
export const assessment: Push = {
  name: 'assessment',
  times: () => [AFTERWARDS],
  slots: slotsOn({
    at: AFTERWARDS,
    falls: (moment, day) => assessmentOn(moment, day) !== null,
    until: ({ calendar }, day) => calendar.workdayFrom(day, 5),
  }),
  scan: async (look) => {
    const stage = lastFallen(look.today, (day) => assessmentOn(look, day));
    const duty = taskOf('evaluation', (await look.survey()).duties);
    // A plan that asks for no third party has nobody to be engaged.
    if (stage === 'engage' && duty === undefined) return [];
    const post =
      stage === 'engage'
        ? engage(look.plan, duty)
        : await assessed(look, stage === 'first' ? '初评' : '复核', duty);
    return toOffice(look, 'assessment', {
      key: `assessment:${stage}:${look.plan.ends.slice(0, 4)}`,
      ...post,
    });
  },
};

const engage = (plan: Plan, duty = '') => ({
  title: '【年度考核】请联系第三方评估机构',
  lines: [
    `方案要求由第三方评估整改成效【${duty}】,结果用于年度考核和评优。`,
    `请于${Number(engagedFrom(plan).slice(5, 7))}月内确定机构和时间;评估材料按台账冻结数据提供。`,
    `评估后登记:「${duty} 评估1次 佐证:评估报告(存放处)」。`,
  ],
  tasks: [duty],
});

/** In the order of 排序, never by figure; the paper is of the same figures. */
async function assessed(look: Look, round: string, duty: string | undefined) {
  const year = await assessedOf(look.db, look.plan, addDays(look.today, -1));
  const about = { title: look.plan.title, period: null, readAt: look.now };
  const { whole, sections, leaders, asOf } = shownIn(figuresOf(year.account, about, null), 'office');
  return {
    title: `【年度考核】${round}数据,截至${dayWord(asOf)}`,
    lines: [
      `${countsWord(whole)}。`,
      `分科室:${sections.map((each) => briefly(each.name, each)).join(';')}。`,
      `分管领导:${leaders.map((each) => briefly(each.name, each)).join(';')}。`,
      `请整改办核对后送考核组${duty === undefined ? '' : `;第三方评估【${duty}】按同一数据`}。`,
    ],
    tasks: duty === undefined ? [] : [duty],
    enclosed: await documentOf(look, assessmentDraft(look.plan, year, look.now), 'assessment', 'office'),
  };
}

const briefly = (name: string, { all, closed, behind, listed }: Tally): string =>
  `${name}${all}项(销号${closed}${behind > 0 ? `、滞后${behind}` : ''}${listed > 0 ? `、挂牌${listed}` : ''})`;
