import { countsWord } from '../chat/telling.ts';
import { categoriesOf } from '../ledger/roster.ts';
import { countsOf } from '../ledger/rules/standing.ts';
import { survey } from '../ledger/survey.ts';
import type { Command } from './command.ts';

export const overview: Command = {
  act: 'overview',
  help: '总览:全部任务的总数和六类进展',
  examples: ['总览'],
  tells: true,
  may: () => true,
  run: async ({ tx, plan, today, calendar, link }) => {
    const { tasks } = await survey(tx, plan, today, calendar);
    const categories = await categoriesOf(tx, plan.id);
    return {
      head: `${plan.title} 截至${today}`,
      lines: [
        countsWord(countsOf(tasks)),
        ...categories.map(({ code, title }) => {
          const own = countsOf(tasks.filter((task) => task.category === code));
          return `${code} ${title}:${countsWord(own)}`;
        }),
      ],
      foot: hint(link('board')),
    };
  },
};

const hint = (board: string | null): string =>
  board === null
    ? '发「清单 红」「清单 黄」「清单 1」看明细。'
    : `发「清单 红」「清单 1」看明细;看板 ${board}`;
