import { bulletinsOf, move } from '../ledger/acts/bulletins.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { nameOf, ofQuarter, onlyOne } from './command/bulletins.ts';
import { inOwn } from './command/own.ts';
import type { Command } from './command.ts';

/** What is said besides the reason. */
const COMMAND =
  /@\S+|暂缓|缓一[缓下]|缓发|先|不同意|暂?不|别|(?:20\d\d年?)?第?[一二三四1-4]季度|季度?|通报|签发|发布|稿|[\s,,。::]/g;

export const hold: Command = {
  act: 'hold',
  heardAfterwards: true,
  help: '暂缓通报 理由:通报先不发布,核对后由组长签发',
  examples: ['暂缓通报 {task}数据还在核'],
  may: ({ person }) => has(person, 'secretary', 'office'),
  run: async (said) => {
    const all = ofQuarter(said, await bulletinsOf(said.tx, said.plan.id));
    const waiting = onlyOne(
      all.filter(({ state }) => state === 'draft' || state === 'signed'),
      '暂缓通报',
    );
    if (!waiting) {
      const [held] = all.filter(({ state }) => state === 'held');
      throw new Refusal(
        held
          ? `${nameOf(held)}已暂缓,由组长回复「签发通报」后发布。`
          : '没有待发布的通报;已发布的请写「更正通报 内容」。',
      );
    }
    if (said.origin.words.replace(COMMAND, '') === '')
      throw lacking('reason', inOwn('请写明理由,如「暂缓通报 {task}数据还在核」。', said));
    await move(said.tx, said.plan, waiting, 'held', { on: said.today }, said.origin);
    return {
      lines: [`已记录,${nameOf(waiting)}暂缓发布。数据更正后整改办发「重拟通报」,再由组长回复「签发通报」。`],
    };
  },
};
