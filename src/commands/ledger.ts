import { MORE } from '../chat/parse.ts';
import { registerNamed, registerWords, rowLine } from '../chat/registers.ts';
import { point, taskRow } from '../chat/telling.ts';
import { rowsOf } from '../ledger/acts/registers.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { isWide, maySee } from '../ledger/rules/audience.ts';
import type { Register } from '../ledger/terms.ts';
import { surveyFor } from './command/reach.ts';
import type { Command, Part, Said } from './command.ts';
import { amongFor } from './ledger/among.ts';
import { filterFor, keeps, wanted } from './ledger/filter.ts';

const ON_A_DAY = /\d[-./月]\d/;
const DOTTED = /^\d+\.\d+/;

export const ledger: Command = {
  act: 'ledger',
  heardAfterwards: true,
  help: '清单 [类号/科室/红/黄/逾期/挂牌/本月到期/常设/点单]:按条件列任务,可合写;整改办可列未登记、常设事项和登记簿',
  examples: ['清单 红', '清单 {section} 红', '清单 {category}', '清单 本月到期'],
  hints: ({ person }) => ({
    help: keeps(person)
      ? ledger.help
      : '清单 [类号/科室/红/黄/逾期/挂牌/本周到期/本月到期]:按条件列任务,可合写',
    examples: ledger.examples,
  }),
  tells: true,
  may: () => true,
  run: async (said, intent) => {
    if (intent.about === MORE) throw new Refusal('没有下一页。要看哪些请重新发,如「清单 红」「我的」。');
    const word = wanted(intent.about ?? '');
    const register = registerNamed(word === '减负' ? '减负意见' : word);
    if (register) return registered(said, register);
    if (word === '常设') return standingDuties(said);
    const { tasks } = await surveyFor(said);
    if (ON_A_DAY.test(word) && tasks.every(({ measure }) => measure !== DOTTED.exec(word)?.[0]))
      throw new Refusal('清单只列此刻的情况;某日的台账由整改办发「导出 台账 2026-06-30」。');
    const filter = filterFor(said, word, intent.section, await amongFor(said, word, tasks));
    const found = tasks.filter(filter.fits);
    const seen = found.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    const whole = seen.length === found.length;
    if (seen.length === 0) return { lines: [`清单(${filter.name}):没有可在这里列出的任务。`] };
    return {
      head: `清单(${filter.name})${whole ? `共${seen.length}项` : ''}`,
      lines: seen.map((task) => taskRow(task, said.today)),
      paged: true,
    };
  },
};

/** What the office keeps besides the tasks, in words that are nobody else's. */
function keptFor({ person, place }: Said): void {
  if (!keeps(person)) throw notHere();
  if (isWide(place)) throw inPrivate();
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
