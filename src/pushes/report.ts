import { countsWord } from '../chat/telling.ts';
import { codesWord, dayWord } from '../chat/words.ts';
import { has } from '../ledger/rules/audience.ts';
import { taskOf } from '../ledger/rules/counter.ts';
import { isReport } from '../ledger/rules/occasions.ts';
import { periodOf, spanOf } from '../ledger/rules/period.ts';
import type { Figures } from '../reports/figures.ts';
import { readQuarter } from '../reports/quarter.ts';
import { periodWord } from '../reports/titles.ts';
import { shownIn } from '../reports/version.ts';
import { secretaryReport } from '../reports/word/secretaryReport.ts';
import { documentOf } from './push/drawing.ts';
import { AFTERWARDS, slotsOn } from './push/moment.ts';
import { toPeople } from './push/office.ts';
import type { Push } from './push.ts';

/** Before the quarter ends, what the secretary reports upward by its standing duty: one to one to the secretary and the office. */
export const report: Push = {
  name: 'report',
  times: () => [AFTERWARDS],
  slots: slotsOn({
    at: AFTERWARDS,
    falls: isReport,
    until: (_, day) => spanOf(periodOf('quarter', day)).ends,
  }),
  scan: async (look) => {
    const period = periodOf('quarter', look.today);
    const { figures: whole } = await readQuarter(look.db, look.plan, period, look);
    const figures = shownIn(whole, 'upward');
    return toPeople(look, (member) => has(member, 'secretary', 'office'), {
      key: `report:${period}`,
      title: `【书记汇报材料】${periodWord(figures)}(代拟,数据截至${dayWord(figures.asOf)})`,
      lines: [...reportLines(figures), ...howToEnter(taskOf('report', (await look.survey()).duties))],
      tasks: figures.laggards.map(({ code }) => code),
      enclosed: await documentOf(look, secretaryReport(look.plan, whole), 'report', 'office'),
    });
  },
};

const howToEnter = (duty: string | undefined): string[] =>
  duty === undefined ? [] : [`汇报后由整改办登记:「${duty} 汇报+1 佐证:名称(存放处)」。`];

function reportLines({ whole, laggards, apart, closed }: Figures): string[] {
  const codes = (fits: (each: Figures['laggards'][number]) => boolean) =>
    laggards.filter(fits).map(({ code }) => code);
  const line = (word: string, of: string[]) => (of.length === 0 ? [] : [`${word}:${codesWord(of)}。`]);
  const more = Object.values(apart).reduce((sum, count) => sum + count, 0);
  return [
    `${countsWord(whole)}${whole.completion === null ? '' : `,总体完成度${whole.completion}%`}。`,
    ...line(
      '已销号',
      closed.map(({ code }) => code),
    ),
    ...line(
      '挂牌督办',
      codes(({ standing }) => standing === 'listed'),
    ),
    ...line(
      '逾期',
      codes(({ light, standing }) => light === 'red' && standing !== 'listed'),
    ),
    ...line(
      '滞后',
      codes(({ light, standing }) => light !== 'red' && standing !== 'listed'),
    ),
    ...(more === 0 ? [] : [`另有${more}项限知事项,只列数,由书记当面汇报。`]),
  ];
}
