import { liftAsked } from '../chat/asked.ts';
import { folded } from '../chat/words.ts';
import { lift, listingOf, proposeLift } from '../ledger/acts/listing.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { mayList, signs } from './command/listing.ts';
import { handFor } from './command/reach.ts';
import { tellAbout, tellWhoMay } from './command/turn.ts';
import type { Command } from './command.ts';

export const delist: Command = {
  act: 'delist',
  help: '摘牌 任务编号:提请解除挂牌;组长回复「同意摘牌 任务编号」后生效',
  examples: ['摘牌 {task} 各项已达标准', '同意摘牌 {task}'],
  may: mayList,
  hints: ({ person }) =>
    has(person, 'office')
      ? { help: delist.help, examples: delist.examples.slice(0, 1) }
      : {
          help: '同意摘牌 任务编号:整改办提请的摘牌自此生效;不批准写「不同意摘牌 任务编号」',
          examples: ['同意摘牌 {task}'],
        },
  run: async (said, intent) => {
    const { tx, origin, today } = said;
    const { task, hand } = await handFor(said, intent, has(said.person, 'secretary') ? 'lift' : 'delist');
    const listing = await listingOf(tx, task.id);
    if (!listing?.orderedEntryId) throw new Refusal(`【${task.code}】没有在挂牌督办。`);
    const isOrder = await signs(said, listing);
    if (isOrder && listing.liftProposedEntryId === null) {
      throw new Refusal(`【${task.code}】没有待批准的摘牌,请由整改办先提请。`);
    }
    if (!isOrder && listing.liftProposedEntryId !== null) {
      throw new Refusal(`【${task.code}】已提请摘牌,现待组长批准。`);
    }
    if (isOrder) {
      await lift(tx, task, listing, today, origin);
      await tellAbout(said, task, null, '经批准解除挂牌督办。');
    } else {
      await proposeLift(tx, task, listing, origin);
      await tellWhoMay(said, task, hand, 'lift', liftAsked(task, folded(intent.note ?? '')));
    }
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [isOrder ? '解除挂牌督办,今日起生效。' : '拟摘牌。下一步:组长批准。'],
      ...(isOrder ? {} : { takeBack: 'unwanted' }),
      task: task.code,
    };
  },
};
