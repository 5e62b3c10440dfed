import { dayWord } from '../chat/words.ts';
import { verify } from '../ledger/entries/audit.ts';
import { lastSeal } from '../ledger/entries/dailySeal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import type { Command } from './command.ts';

/** As much of a seal as is read out and compared with what was written down elsewhere: 64 bits. */
const SHOWN = 16;

export const audit: Command = {
  act: 'audit',
  heardAfterwards: true,
  help: '核验台账:逐条核对全部记录是否完整、未被改动',
  examples: ['核验台账'],
  tells: true,
  may: ({ person, place }) => has(person, 'office', 'discipline', 'admin') && !isWide(place),
  run: async ({ tx, plan }) => {
    const verdict = await verify(tx);
    if (verdict.sound) {
      const seal = await lastSeal(tx, plan.id);
      return {
        lines: [
          `台账核验通过:共${verdict.entries}条记录,前后相接,内容与校验值一致。`,
          ...(seal ? [`${dayWord(seal.day)}封存值:${seal.hash.slice(0, SHOWN)}`] : []),
        ],
      };
    }
    const { task, entry, why } = verdict;
    const where = `${task === 'plan' ? '方案' : `【${task}】`}${entry === null ? '' : `第${entry}条记录`}`;
    return { lines: [`台账核验未通过:${where}${why}。请保留现场,联系系统管理员并报告整改办。`] };
  },
};
