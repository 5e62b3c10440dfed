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

function filterFor({ vocabulary, today }: Said, about: string): Filter {
  const month = today.slice(0, 7);
  const fixed: Record<string, Filter['fits']> = {
    '': () => true,
    红: (task) => task.light === 'red',
    逾期: (task) => task.light === 'red',
    黄: (task) => task.light === 'yellow',
    滞后: (task) => task.light === 'yellow' || task.light === 'red',
    蓝: (task) => task.light === 'blue',
    临期: (task) => task.light === 'blue',
    挂牌: (task) => task.listed !== null,
    已销号: (task) => task.state === 'closed',
    本月到期: (task) => task.deadline?.startsWith(month) === true && task.state !== 'closed',
  };
  const word = about.replace(/灯$|的?任务$/, '');
  const known = fixed[word];
  if (known) return { name: word === '' ? '全部' : word, fits: known };
  const category = /^第?([1-9一二三四五六七八九])类?$/.exec(word)?.[1];
  if (category !== undefined) {
    const code = '一二三四五六七八九'.includes(category)
      ? String('一二三四五六七八九'.indexOf(category) + 1)
      : category;
    return { name: `第${code}类`, fits: (task) => task.category === code };
  }
  const section = vocabulary.sections.find((each) => [each.name, each.code, ...each.aliases].includes(word));
  if (section) return { name: section.name, fits: (task) => task.section === section.name };
  throw new Refusal('清单后可写:红、黄、逾期、挂牌、本月到期、类号(1至6)或科室名。');
}
