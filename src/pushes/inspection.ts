import { taskHead } from '../chat/telling.ts';
import { dayWord } from '../chat/words.ts';
import { has, mayShow, showsIn } from '../ledger/rules/audience.ts';
import { taskOf } from '../ledger/rules/counter.ts';
import { isInspection } from '../ledger/rules/occasions.ts';
import { spanOf } from '../ledger/rules/period.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { AFTERWARDS, slotsOn } from './push/moment.ts';
import { toOffice, toPeople } from './push/office.ts';
import type { Push } from './push.ts';

/** So many tasks are proposed: those that lag, and of the others each one once a year. */
const LAGGING = 2;
const MOST = 4;

/** The monthly inspection (每月专项督查): a sample of tasks, for the office and the discipline committee. */
export const inspection: Push = {
  name: 'inspection',
  times: () => [AFTERWARDS],
  slots: slotsOn({ at: AFTERWARDS, falls: isInspection, until: (_, day) => spanOf(day.slice(0, 7)).ends }),
  scan: async (look) => {
    const { tasks, duties } = (await look.survey()).as(showsIn('office'));
    const duty = taskOf('inspection', duties);
    const month = Number(look.today.slice(5, 7));
    const sample = sampleOf(
      tasks.filter(({ level }) => mayShow(level, 'office')),
      month,
    );
    const post = {
      key: `inspection:${look.today.slice(0, 7)}`,
      title: `【每月专项督查】${month}月 请于${dayWord(spanOf(look.today.slice(0, 7)).ends)}前开展`,
      lines: [
        '建议抽查(对照台账看现场和佐证原件):',
        ...sample.map((task) => `${taskHead(task)}`),
        duty === undefined
          ? '发现问题写入对应任务。'
          : `结果由整改办登记:「${duty} 督查+1 佐证:名称(存放处)」;发现问题写入对应任务。`,
      ],
      tasks: sample.map(({ code }) => code),
    };
    return [
      ...(await toOffice(look, 'inspection', post)),
      ...toPeople(look, (member) => has(member, 'discipline') && !has(member, 'office') && !member.resident, {
        ...post,
        key: `${post.key}:discipline`,
      }),
    ];
  },
};

/** The laggards that come first in order, and a twelfth of all the others. */
function sampleOf(tasks: Seen[], month: number): Seen[] {
  const open = tasks.filter(({ light }) => light !== null);
  const lagging = open
    .filter(({ light, standing }) => light === 'red' || standing === 'listed')
    .slice(0, LAGGING);
  const turn = tasks.filter((task) => (task.serial ?? 0) % 12 === month % 12 && !lagging.includes(task));
  return [...lagging, ...turn].slice(0, MOST);
}
