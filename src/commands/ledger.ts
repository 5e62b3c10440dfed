import { Refusal } from '../ledger/refusal.ts';
import { maySee } from '../ledger/rules/audience.ts';
import { type Seen, survey } from '../ledger/survey.ts';
import type { Command, Said } from './command.ts';
import { row } from './mine.ts';

type Filter = { name: string; fits(task: Seen): boolean };

export const ledger: Command = {
  act: 'ledger',
  help: '清单 [类号/科室/红/黄/逾期/挂牌/本月到期]:按条件列任务',
  examples: ['清单 红', '清单 安全科', '清单 4', '清单 本月到期'],
  tells: true,
  may: () => true,
  run: async (said, intent) => {
    const filter = filterFor(said, (intent.about ?? '').trim());
    const { tasks } = await survey(said.tx, said.plan, said.today, said.calendar);
    const found = tasks.filter(filter.fits);
    const seen = found.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    const whole = seen.length === found.length;
    if (seen.length === 0) return { lines: [`清单(${filter.name}):没有可在这里列出的任务。`] };
    return {
      head: `清单(${filter.name})${whole ? `共${seen.length}项` : ''}`,
      lines: seen.map(row),
    };
  },
};

/** Words around what is wanted: 清单 红, 哪些逾期了, 安全科的台账. */
const AROUND =
  /清单|台账|列表|名单|任务|事项|哪些|哪几[项个]|有哪些|多少|几[项个]|列一下|列出来|发我|情况|查|看|的|了|灯|是|有|一下|[\s,,。??::]/g;

function filterFor({ vocabulary, today }: Said, about: string): Filter {
  const month = today.slice(0, 7);
  const states: Record<string, Filter['fits']> = {
    本月到期: (task) => task.deadline?.startsWith(month) === true && task.state !== 'closed',
    已销号: (task) => task.state === 'closed',
    挂牌: (task) => task.listed !== null,
    逾期: (task) => task.light === 'red',
    滞后: (task) => task.light === 'yellow' || task.light === 'red',
    临期: (task) => task.light === 'blue',
    红: (task) => task.light === 'red',
    黄: (task) => task.light === 'yellow',
    蓝: (task) => task.light === 'blue',
  };
  const word = about.replaceAll(AROUND, '');
  if (word === '') return { name: '全部', fits: () => true };
  const category = /^第?([1-9一二三四五六七八九])类?$/.exec(word)?.[1];
  if (category !== undefined) {
    const code = '一二三四五六七八九'.includes(category)
      ? String('一二三四五六七八九'.indexOf(category) + 1)
      : category;
    return { name: `第${code}类`, fits: (task) => task.category === code };
  }
  const section = vocabulary.sections.find((each) => [each.name, each.code, ...each.aliases].includes(word));
  if (section) return { name: section.name, fits: (task) => task.section === section.name };
  const state = Object.entries(states).find(([name]) => word.startsWith(name));
  if (state) return { name: state[0], fits: state[1] };
  throw new Refusal('清单后可写:红、黄、逾期、挂牌、本月到期、类号(1至6)或科室名。');
}
