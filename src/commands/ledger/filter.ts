import { numberOf } from '../../chat/parse.ts';
import { addDays, type Day, mondayOf } from '../../ledger/days.ts';
import { inPrivate, Refusal } from '../../ledger/refusal.ts';
import { has, isWide } from '../../ledger/rules/audience.ts';
import { owedIn } from '../../ledger/rules/owed.ts';
import { periodOf, spanOf } from '../../ledger/rules/period.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';
import type { Among } from './among.ts';

/** Which tasks are wanted, and how that is called. */
interface Filter {
  name: string;
  fits(task: Seen): boolean;
}

/** Words around what is wanted: 清单 红, 哪些逾期了, 安全科的台账. */
const AROUND =
  /清单|台账|列表|名单|任务|事项|哪些|哪几[项个]|哪[个家]|有没有|有无|有哪些|多少|几[项个]|谁|科室|所有|全部|还|剩下?|列一下|列出来|发我|情况|(?<![督巡检抽核审普])查|看|的|了|灯|是|有|一下|现在|目前|请问|[\s,,。??::]/g;

/** How else the states are called; what lasts longer stands first. */
const ALIKE: [said: RegExp, meant: string][] = [
  [/这周/, '本周'],
  [/这个月/, '本月'],
  [/下个月/, '下月'],
  [/本季度/, '本季'],
  [/(?:没有?|无|未交|未附|未上传)佐证/, '缺佐证'],
  [/快到期/, '临期'],
  [/超期/, '逾期'],
  [/^(?:申请)?(?:延了?|展)期/, '延期'],
  [/没动静|没有?动|没启动|未动/, '未启动'],
  [/(?:没|未)有?(?:完成|办完|办结|做完|整改完|销号)/, '未销号'],
  [/(?<!未)(?:已经?)?(?:销号|销了号|办结)$/, '已销号'],
];

/** The words of a list without those around them. */
export const wanted = (words: string): string => words.replaceAll(AROUND, '');

/** 红, 安全科, 4, 3.2, and several of them at once: 安全科 逾期. Throws a `Refusal` where it is none of these. */
export function filterFor(said: Said, word: string, section: string | undefined, among: Among): Filter {
  if (word === '' && section === undefined) return { name: '全部', fits: () => true };
  const own = sectionIn(said, word, section);
  const group = groupIn(own.rest.replace(/^(?:这块|那边|这边)/, ''));
  const filters = [own.filter, group.filter, stateIn(said, group.rest, among)].filter(
    (each) => each !== null,
  );
  if (filters.length > 0) {
    return {
      name: filters.map(({ name }) => name).join('·'),
      fits: (task) => filters.every(({ fits }) => fits(task)),
    };
  }
  const office = has(said.person, 'office') ? '未登记、' : '';
  const more = keeps(said.person) ? `,还可写${office}常设、点单、三重一大、督查、实地、减负意见` : '';
  throw new Refusal(`清单后可写:红、黄、逾期、挂牌、本周到期、本月到期、类号、科室名${more}。`);
}

/** Who reads what the office keeps besides the tasks. */
export const keeps = (person: Said['person']): boolean => has(person, 'office', 'secretary', 'discipline');

/** A filter, and what of the words it leaves. */
interface Taken {
  filter: Filter | null;
  rest: string;
}

function sectionIn({ vocabulary }: Said, word: string, of: string | undefined): Taken {
  const called = ({ name, aliases }: { name: string; aliases: string[] }) =>
    [name, ...aliases]
      .filter((each) => word.includes(each))
      .sort((one, other) => other.length - one.length)[0];
  const found = vocabulary.sections.find(
    (each) => each.code === of || each.code === word || called(each) !== undefined,
  );
  if (!found) return { filter: null, rest: word };
  return {
    filter: { name: found.name, fits: (task) => task.section === found.name },
    rest: word.replace(called(found) ?? word, ''),
  };
}

const MEASURE = /^\d{1,2}\.\d{1,2}(?![\d.])/;
const CATEGORY = /^第?(?:(\d{1,2})(?![\d.月])|([一二三四五六七八九十]{1,3})(?=类|$))类?/;

/** A measure by its code, or a category by its number. */
function groupIn(word: string): Taken {
  const [measure = ''] = MEASURE.exec(word) ?? [];
  if (measure !== '') {
    const filter = { name: measure, fits: (task: Seen) => task.measure === measure };
    return { filter, rest: word.slice(measure.length) };
  }
  const [all = '', figures, words] = CATEGORY.exec(word) ?? [];
  const category = numberOf(figures ?? words ?? '');
  if (category === null) return { filter: null, rest: word };
  const filter = { name: `第${category}类`, fits: (task: Seen) => task.category === String(category) };
  return { filter, rest: word.slice(all.length) };
}

function stateIn({ today, person, place }: Said, word: string, among: Among): Filter | null {
  const due = (from: Day, to: Day) => (task: Seen) =>
    task.deadline !== null && from <= task.deadline && task.deadline <= to && task.state !== 'closed';
  const monday = mondayOf(today);
  const isSilentFrom = (day: Day) => (task: Seen) =>
    task.state !== 'closed' && task.state !== 'submitted' && (among.entered.get(task.id) ?? '') < day;
  const period = periodOf('month', today);
  const month = spanOf(period);
  const next = spanOf(periodOf('month', addDays(month.ends, 1)));
  const quarter = spanOf(periodOf('quarter', today));
  const states: Record<string, Filter['fits']> = {
    本周到期: due(monday, addDays(monday, 6)),
    下周到期: due(addDays(monday, 7), addDays(monday, 13)),
    本月到期: due(month.starts, month.ends),
    下月到期: due(next.starts, next.ends),
    本季到期: due(quarter.starts, quarter.ends),
    已销号: (task) => task.state === 'closed',
    未销号: (task) => task.state !== 'closed',
    未启动: (task) => task.state === 'pending',
    未登记: (task) =>
      task.state !== 'closed' && task.state !== 'submitted' && owedIn(task, period).length > 0,
    上周未登记: isSilentFrom(addDays(monday, -7)),
    本周未登记: isSilentFrom(monday),
    今日登记: ({ id }) => among.entered.get(id) === today,
    缺佐证: (task) =>
      task.state !== 'closed' &&
      task.indicators.some(
        (each) =>
          each.class === 'chase' &&
          !among.evidenced.has(each.id) &&
          task.postings.some(({ indicatorId }) => indicatorId === each.id),
      ),
    延期: ({ code }) => among.extended.has(code),
    挂牌: (task) => task.standing === 'listed',
    逾期: (task) => task.light === 'red',
    滞后: (task) => task.light === 'yellow' || task.light === 'red',
    临期: (task) => task.light === 'blue',
    亮: (task) => task.light !== null && task.light !== 'green',
    红: (task) => task.light === 'red',
    黄: (task) => task.light === 'yellow',
    蓝: (task) => task.light === 'blue',
  };
  const plain = ALIKE.reduce((text, [said, meant]) => text.replace(said, meant), word);
  const state = Object.entries(states).find(([name]) => plain.startsWith(name));
  if (!state) return null;
  // Who is silent, or isn't, is told to the office alone.
  if (/登记$/u.test(state[0]) && (!has(person, 'office') || isWide(place))) throw new Refusal(forOffice);
  if (state[0] === '缺佐证') {
    if (!keeps(person)) throw new Refusal(forOffice);
    if (isWide(place)) throw inPrivate();
  }
  const name = called[state[0]] ?? state[0];
  return { name, fits: state[1] };
}

/** What a list is called where its word alone doesn't say it. */
const called: Record<string, string> = {
  未登记: '本月未登记',
  上周未登记: '上周以来未登记',
  今日登记: '今日已登记',
  亮: '亮灯',
};

const forOffice = '哪些有登记、哪些还没有由整改办掌握,这里不列。本人的发「我的」,滞后的发「清单 滞后」。';
