import { numberOf } from '../chat/parse.ts';
import { registerNamed, registerWords, rowLine } from '../chat/registers.ts';
import { point } from '../chat/telling.ts';
import { addDays, type Day, mondayOf } from '../ledger/days.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { rowsOf } from '../ledger/registers.ts';
import { has, isWide, maySee } from '../ledger/rules/audience.ts';
import { periodOf, spanOf } from '../ledger/rules/period.ts';
import type { Seen } from '../ledger/survey.ts';
import type { Register } from '../ledger/terms.ts';
import type { Command, Part, Said } from './command.ts';
import { row } from './mine.ts';
import { surveyFor } from './reach.ts';

const ON_A_DAY = /\d[-./月]\d/;

type Filter = { name: string; fits(task: Seen): boolean };

export const ledger: Command = {
  act: 'ledger',
  help: '清单 [类号/科室/红/黄/逾期/挂牌/本月到期/常设/点单]:按条件列任务,整改办可列常设事项和登记簿',
  examples: ['清单 红', '清单 安全科', '清单 4', '清单 本月到期'],
  hints: ({ person }) => ({
    help: keeps(person) ? ledger.help : '清单 [类号/科室/红/黄/逾期/挂牌/本周到期/本月到期]:按条件列任务',
    examples: ledger.examples,
  }),
  tells: true,
  may: () => true,
  run: async (said, intent) => {
    const word = (intent.about ?? '').replaceAll(AROUND, '');
    const register = registerNamed(word === '减负' ? '减负意见' : word);
    if (register) return registered(said, register);
    if (word === '常设') return standingDuties(said);
    if (ON_A_DAY.test(word))
      throw new Refusal('清单只列此刻的情况;某日的台账由整改办发「导出 台账 2026-06-30」。');
    const filter = filterFor(said, word, intent.section);
    const { tasks } = await surveyFor(said);
    const found = tasks.filter(filter.fits);
    const seen = found.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    const whole = seen.length === found.length;
    if (seen.length === 0) return { lines: [`清单(${filter.name}):没有可在这里列出的任务。`] };
    return {
      head: `清单(${filter.name})${whole ? `共${seen.length}项` : ''}`,
      lines: seen.map((task) => row(task, said.today)),
      paged: true,
    };
  },
};

/** How else the states are called. */
const ALIKE: Record<string, string> = {
  这周: '本周',
  这个月: '本月',
  下个月: '下月',
  本季度: '本季',
  快到期: '临期',
  超期: '逾期',
  还没动: '未启动',
  没有动: '未启动',
  没动静: '未启动',
  没动: '未启动',
  没启动: '未启动',
  未动: '未启动',
};

/** Words around what is wanted: 清单 红, 哪些逾期了, 安全科的台账. */
const AROUND =
  /清单|台账|列表|名单|任务|事项|哪些|哪几[项个]|有哪些|多少|几[项个]|列一下|列出来|发我|情况|查|看|的|了|灯|是|有|一下|[\s,,。??::]/g;

function filterFor({ vocabulary, today, person }: Said, word: string, of: string | undefined): Filter {
  const due = (from: Day, to: Day) => (task: Seen) =>
    task.deadline !== null && from <= task.deadline && task.deadline <= to && task.state !== 'closed';
  const monday = mondayOf(today);
  const month = spanOf(periodOf('month', today));
  const next = spanOf(periodOf('month', addDays(month.ends, 1)));
  const quarter = spanOf(periodOf('quarter', today));
  const states: Record<string, Filter['fits']> = {
    本周到期: due(monday, addDays(monday, 6)),
    下周到期: due(addDays(monday, 7), addDays(monday, 13)),
    本月到期: due(month.starts, month.ends),
    下月到期: due(next.starts, next.ends),
    本季到期: due(quarter.starts, quarter.ends),
    已销号: (task) => task.state === 'closed',
    未启动: (task) => task.state === 'pending',
    挂牌: (task) => task.standing === 'listed',
    逾期: (task) => task.light === 'red',
    滞后: (task) => task.light === 'yellow' || task.light === 'red',
    临期: (task) => task.light === 'blue',
    红: (task) => task.light === 'red',
    黄: (task) => task.light === 'yellow',
    蓝: (task) => task.light === 'blue',
  };
  if (word === '' && of === undefined) return { name: '全部', fits: () => true };
  const category = numberOf(/^第?(\d{1,2}|[一二三四五六七八九十]{1,3})类?$/.exec(word)?.[1] ?? '');
  if (category !== null) {
    return { name: `第${category}类`, fits: (task) => task.category === String(category) };
  }
  const section = vocabulary.sections.find(
    ({ name, code, aliases }) =>
      code === of || code === word || [name, ...aliases].some((each) => word.startsWith(each)),
  );
  if (section) return { name: section.name, fits: (task) => task.section === section.name };
  const plain = Object.entries(ALIKE).reduce((text, [said, meant]) => text.replace(said, meant), word);
  const state = Object.entries(states).find(([name]) => plain.startsWith(name));
  if (state) return { name: state[0], fits: state[1] };
  const more = keeps(person) ? ',还可写常设、点单、三重一大、督查、实地、减负意见' : '';
  throw new Refusal(`清单后可写:红、黄、逾期、挂牌、本周到期、本月到期、类号、科室名${more}。`);
}

/** Who reads what the office keeps besides the tasks: their words are nobody else's. */
const keeps = (person: Said['person']): boolean => has(person, 'office', 'secretary', 'discipline');

/** And where. */
function keptFor({ person, place }: Said): void {
  if (!keeps(person)) throw new Refusal(notHere);
  if (isWide(place)) throw new Refusal(inPrivate);
}

async function registered(said: Said, register: Register): Promise<Part> {
  keptFor(said);
  const rows = await rowsOf(said.tx, said.plan, register);
  const done = rows.filter(({ doneOn }) => doneOn !== null).length;
  const counted = register === 'visit' || register === 'inspection' ? '' : `,已办结${done}件`;
  return {
    head: `清单(${registerWords[register]})共${rows.length}件${counted}`,
    lines: rows.length === 0 ? ['还没有登记。'] : rows.map((each) => rowLine(register, each)),
  };
}

/** The standing duties with how far each has come. */
async function standingDuties(said: Said): Promise<Part> {
  keptFor(said);
  const { duties, frame } = await surveyFor(said);
  return {
    head: `清单(常设)共${duties.length}项`,
    lines: duties.map(
      (duty) =>
        `【${duty.code}】${duty.title}:${duty.indicators.map((each) => point(duty, each, frame)).join(';')}`,
    ),
  };
}
