import { countsBrief, countsWord, narrowWord } from '../chat/telling.ts';
import { dayWord } from '../chat/words.ts';
import { categoriesOf } from '../ledger/people/roster.ts';
import { countsOf } from '../ledger/rules/standing.ts';
import { surveyFor } from './command/reach.ts';
import type { Command } from './command.ts';

export const overview: Command = {
  act: 'overview',
  heardAfterwards: true,
  help: '总览:全部任务的总数和各类进展',
  examples: ['总览'],
  tells: true,
  may: () => true,
  run: async (said) => {
    const { tx, plan, today, link } = said;
    const whole = await surveyFor(said);
    const { tasks } = whole;
    const categories = await categoriesOf(tx, plan.id);
    return {
      // With the six categories and the hint it is one screen.
      head: `${plan.title} 截至${dayWord(today)},${countsWord(countsOf(tasks))}${narrowWord(whole)}`,
      lines: [
        ...categories.map(({ code, title }) => {
          const own = countsOf(tasks.filter((task) => task.category === code));
          return `${code} ${title}${countsBrief(own)}`;
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
