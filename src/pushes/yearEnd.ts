import { countsWord } from '../chat/telling.ts';
import { codesWord, dayWord, provisionalWord } from '../chat/words.ts';
import { addDays } from '../ledger/days.ts';
import { mayShow, showsIn } from '../ledger/rules/audience.ts';
import { closingDay, recordsUntil, type YearEnd, yearEndOn } from '../ledger/rules/occasions.ts';
import { periodOf, spokenPeriod } from '../ledger/rules/period.ts';
import { countsOf } from '../ledger/rules/standing.ts';
import { accountAsOf, openNow } from '../ledger/views/asOf.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { AFTERWARDS, lastFallen, slotsOn } from './push/moment.ts';
import { toOffice } from './push/office.ts';
import type { Look, Push } from './push.ts';

/** The year's end, for the office: closing as a batch, the freeze, what is said late, the account and what is left. */
export const yearEnd: Push = {
  name: 'year-end',
  times: () => [AFTERWARDS],
  slots: slotsOn({
    at: AFTERWARDS,
    falls: (moment, day) => yearEndOn(moment, day) !== null,
    until: ({ calendar }, day) => calendar.workdayFrom(day, 4),
  }),
  scan: async (look) => {
    const stage = lastFallen(look.today, (day) => yearEndOn(look, day));
    const account = await accountAsOf(look.db, look.plan, lastDay(look));
    const survey = account.survey.as(showsIn('office'));
    const open = await openNow(look.db, look.plan);
    const post = posts[stage](look, survey.tasks, open);
    const { year } = look.plan;
    return toOffice(look, 'year-end', {
      ...post,
      key: `year-end:${stage}:${year}`,
      title: `【${year}年度收官】${post.title}`,
      tasks: codes(survey.tasks.filter(({ code }) => open.has(code))),
    });
  },
};

/** What is over speaks of the plan's last day, however late it is looked at. */
const lastDay = ({ today, plan }: Look) => (today > plan.ends ? plan.ends : addDays(today, -1));

const isOpen = ({ state }: Seen): boolean => state !== 'closed';
const shown = (tasks: Seen[]) => tasks.filter(({ level }) => mayShow(level, 'office'));
const codes = (tasks: Seen[]): string[] => shown(tasks).map(({ code }) => code);

type Post = { title: string; lines: string[] };

const posts: Record<YearEnd, (look: Look, tasks: Seen[], open: ReadonlySet<string>) => Post> = {
  batch: ({ plan }, tasks) => {
    const ready = codes(tasks.filter((task) => isOpen(task) && task.completion === 1));
    return {
      title: `${dayWord(closingDay(plan, 8))}至20日集中办理销号`,
      lines: [
        `${countsWord(countsOf(tasks))}。`,
        `指标已齐、尚未销号:${ready.length === 0 ? '无' : codesWord(ready)}。`,
        `其余未销号:${codesWord(codes(tasks.filter((task) => isOpen(task) && task.completion !== 1))) || '无'}。`,
        '申请由科长本人提出,审核、核验、批准可一次写几项,如「同意销号 编号、编号」。',
      ],
    };
  },
  freeze: (look, tasks) => ({
    title: '今日24:00数据冻结',
    lines: [
      `${countsWord(countsOf(tasks))}。`,
      `本年度的数请于今日登记;补报截止${dayWord(recordsUntil(look))},补报请写明发生日期。`,
    ],
  }),
  supplement: (look, tasks) => ({
    title: `补报至${dayWord(recordsUntil(look))}`,
    lines: [
      `${countsWord(countsOf(tasks))}。`,
      `补报请写明发生日期,如「${lateExample(look, tasks)}」;之后${spokenPeriod(periodOf('quarter', look.plan.ends))}通报按补报后的数生成,台账停止登记。`,
      ...nextYear(look),
    ],
  }),
  account: (look, tasks, open) => ({
    title: '年度台账结账',
    lines: [
      `${countsWord(countsOf(tasks))}。`,
      ...carriedOver(tasks, open),
      `本方案台账自${dayWord(addDays(recordsUntil(look), 1))}起只供查询,不再登记。`,
      archiveWord(look),
    ],
  }),
};

const countIn = ({ indicators }: Seen) =>
  indicators.find(({ kind, subject, level }) => kind === 'count' && subject !== 'person' && level !== 'self');

/** How something of the plan's last days is said late, on a task of its own. */
function lateExample({ plan }: Look, tasks: Seen[]): string {
  const [task] = shown(tasks.filter((each) => isOpen(each) && countIn(each)));
  const count = task && countIn(task);
  return `${task?.code ?? '任务编号'} ${dayWord(addDays(plan.ends, -3))}${count?.label ?? '演练'}1${count?.unit ?? '次'}`;
}

/** The archive's set is a file of all tasks, which the secretary grants like any other. */
const archiveWord = ({ plan: { contact, year } }: Look): string =>
  `归档用的全套案卷,发「调卷 全部 文号${year}年度归档 调阅单位局档案室 经办人${contact.name || '姓名'}」,组长批准后单独发申请人。`;

/** What is open by now carries over, with its code and its lateness: what was requested in time may be closed after the freeze. */
function carriedOver(tasks: Seen[], now: ReadonlySet<string>): string[] {
  const open = tasks.filter(({ code }) => now.has(code));
  const closed = tasks.filter((task) => isOpen(task) && !now.has(task.code));
  const reopened = open.filter((task) => !isOpen(task));
  const overdue = shown(open).filter((task) => task.overdue);
  const late = overdue.filter(({ overdueBy }) => overdueBy > 0);
  const rest = overdue.length - late.length;
  const hidden = open.length - shown(open).length;
  return [
    `结转下一年度${open.length}项:${codesWord(codes(open), 20) || '无'}${hidden > 0 ? `(另有本人事项${hidden}项)` : ''}。${closed.length > 0 ? `冻结后销号${closed.length}项,不结转。` : ''}${reopened.length > 0 ? `冻结后重新推进${reopened.length}项,一并结转。` : ''}`,
    ...(late.length > 0
      ? [
          `逾期随同结转:${late.map(({ code, overdueBy }) => `【${code}】${overdueBy}个工作日`).join('、')}${rest > 0 ? `;其余${rest}项刚到期` : ''}。`,
        ]
      : []),
    '逐项清单发「导出 结转清单」;下一年度方案另建台账导入,上列任务沿用原编号和现时限,「结转」列填是,逾期天数接续计算。',
  ];
}

function nextYear({ calendar, today }: Look): string[] {
  const year = Number(today.slice(0, 4));
  return calendar.provisional(year) ? [provisionalWord(year)] : [];
}
