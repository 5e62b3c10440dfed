import { actOf, commandWord } from '../chat/parse.ts';
import { has } from '../ledger/rules/audience.ts';
import { inOwn } from './command/own.ts';
import { usageOf } from './command/usage.ts';
import type { Command, Part, Said } from './command.ts';

/** What people try and this ledger doesn't have: what stands in its place. */
const instead: Record<string, string> = {
  周梳理: '每周梳理于周五16:12自动送整改办,现在的情况发「总览」「清单 滞后」。',
  中止: '任务中止须经批准调整方案,由整改办按程序办理;情况说明写「任务编号 说明」。',
  初审: '写「审核通过 任务编号」或「退回 任务编号 理由」。',
  明细: '写「查 任务编号」看各项指标,「记录 任务编号」看历次登记。',
  催办: '提醒由本系统按时发出;要交办的写「任务编号 事项 期限」,如「{task} 下周三前报我」。',
  恢复: '撤回的不能恢复,请把原话再发一次。',
  改日期: '改发生日期请写「更正 任务编号 指标 日期 4月9日」;只改所属月份的写「记入8月」。',
  取消静音: '静音10分钟内可回复「撤回」,之后满30天自行恢复提醒;亮灯和清单一直照旧。',
  取消延期: '延期申请10分钟内可回复「撤回」,之后请整改办回复「不同意延期 任务编号 理由」。',
};

/** What to say instead, to whoever it was. */
export const notUnderstood = (said: Pick<Said, 'person' | 'vocabulary' | 'today'>): Part => ({
  lines: [
    inOwn(
      has(said.person, 'leader', 'secretary')
        ? '没有看懂,未记录。可发「总览」「逾期」「清单 {section}」「查 {task}」;写法见「帮助」。'
        : '没有看懂,未记录。请写任务编号和进展,如「{task} {count}+1」;查本科室的发「我的」,写法见「帮助」。',
      said,
    ),
  ],
  only: 'told',
});

export const unknown: Command = {
  act: 'unknown',
  heardAfterwards: true,
  help: '',
  examples: [],
  may: () => true,
  run: async (said, { about }): Promise<Part> => {
    const word = about === undefined ? undefined : commandWord(about);
    const other = word === undefined ? undefined : instead[word];
    if (other !== undefined) return { lines: [`未记录。${inOwn(other, said)}`] };
    const usage = word === undefined ? null : usageOf(said, actOf(word));
    if (usage)
      return { head: `未记录。写法:${usage.help}`, lines: usage.examples.map((each) => `例:${each}`) };
    return notUnderstood(said);
  },
};
