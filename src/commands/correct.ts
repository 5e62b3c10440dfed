import type { Intent } from '../chat/intent.ts';
import { dayWord, lightWord } from '../chat/words.ts';
import { afterwards, correct as putRight } from '../ledger/acts/correct.ts';
import { refuseIfBeyond } from './command/amount.ts';
import { mayReport, onBehalf, taskFor, taskToReport } from './command/reach.ts';
import type { Command } from './command.ts';
import { moved } from './correct/moved.ts';
import { restated, restatedLately } from './correct/restated.ts';
import { receipt } from './progress/receipt.ts';

export const correct: Command = {
  act: 'correct',
  help: '更正 任务编号 指标 数:改本人上一次登记的数,原为新增的仍按新增;改总数写「累计12」,改发生日期写「日期 4月9日」',
  examples: ['更正 {task} {count}2{unit}', '更正 {task} {count}累计118', '更正 {task} {count} 日期 4月9日'],
  may: mayReport,
  run: async (said, intent) => {
    const { task, frame, as } = await taskToReport(said, intent);
    const isFigure = intent.value !== undefined || intent.part !== undefined;
    const moves = !isFigure && (intent.period !== undefined || intent.on !== undefined);
    const { indicator, ...correction } = moves
      ? await moved(said, task, intent)
      : intent.lately !== undefined
        ? await restatedLately(said, task, intent, intent.lately)
        : await restated(said, task, intent, as);
    const { settled } = await afterwards(said.tx, task, correction);
    const periods = [...correction.fresh, ...correction.replaced].map(({ period }) => period);
    refuseIfBeyond(task, indicator, settled, periods);
    const origin = await onBehalf(said, task, intent);
    const recorded = await putRight(said.tx, task, indicator, correction, origin);
    const stands = await taskFor(said, intent);
    const [first] = correction.fresh;
    const statement = { ...first, indicator, of: correction.fresh.map((each) => each.personId) };
    return {
      head: `已记录【${task.code}】${task.title}${lightWord(stands.task.light, stands.task.overdueBy, stands.task.hue)}`,
      lines: [`更正 ${receipt(said, task, frame, statement, recorded, intent)}${dated(intent)}`],
      foot: '更正留有记录。',
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};

const dated = ({ on }: Intent): string => (on === undefined ? '' : `,发生日期${dayWord(on)}`);
