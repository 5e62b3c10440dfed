import { listingAsked } from '../chat/asked.ts';
import { termWord } from '../chat/telling.ts';
import { dayWord, folded, hasReason, undated } from '../chat/words.ts';
import { type Listing, listingOf, order, propose } from '../ledger/acts/listing.ts';
import type { Day } from '../ledger/days.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { mayList, signs } from './command/listing.ts';
import { handFor } from './command/reach.ts';
import { tellAbout, tellWhoMay } from './command/turn.ts';
import type { Command, Part, Said } from './command.ts';

export const list: Command = {
  act: 'list',
  help: '挂牌 任务编号 理由 [至 日期]:提请挂牌督办;组长回复「同意挂牌 任务编号」后生效',
  examples: ['挂牌 {task} 逾期较久 至{later}', '同意挂牌 {task}'],
  may: mayList,
  hints: ({ person }) =>
    has(person, 'office')
      ? { help: list.help, examples: list.examples.slice(0, 1) }
      : {
          help: '同意挂牌 任务编号 [至 日期]:整改办提请的挂牌督办自此生效;不批准写「不同意挂牌 任务编号」',
          examples: ['同意挂牌 {task}', '同意挂牌 {task} 至{later}'],
        },
  run: async (said, intent) => {
    const { task, hand } = await handFor(said, intent, has(said.person, 'secretary') ? 'order' : 'list');
    if (task.duty) throw new Refusal(`【${task.code}】常设事项不挂牌。`);
    const listing = await listingOf(said.tx, task.id);
    const isOrder = await signs(said, listing);
    if (task.resident && !isOrder)
      throw new Refusal(`【${task.code}】由${task.section}承办,不列入挂牌督办。`);
    if (listing?.orderedEntryId) {
      throw new Refusal(`【${task.code}】已于${dayWord(listing.orderedOn)}挂牌督办。`);
    }
    if (intent.date !== undefined && intent.date < said.today) {
      throw new Refusal(`【${task.code}】办结时限${dayWord(intent.date)}已过,请重写日期。`);
    }
    if (isOrder) return ordered(said, task, listing, intent.date ?? null);
    if (listing) throw new Refusal(`【${task.code}】已提请挂牌,现待组长批准。`);
    if (intent.about === '同意') throw new Refusal(`【${task.code}】还没有提请挂牌,由组长批准。`);
    if (!hasReason(intent.note)) {
      throw lacking('reason', `【${task.code}】请写明理由,如「挂牌 ${task.code} 理由 至 日期」。`);
    }
    await propose(said.tx, task, intent.date ?? null, said.origin);
    const asked = listingAsked(task, intent.date ?? null, folded(undated(intent.note ?? '')));
    await tellWhoMay(said, task, hand, 'order', asked);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [`拟挂牌督办${termWord(intent.date ?? null)},理由记入台账,不在群内发布。下一步:组长批准。`],
      takeBack: 'unwanted',
      task: task.code,
    };
  },
};

async function ordered(said: Said, task: Seen, listing: Listing | null, term: Day | null): Promise<Part> {
  if (!listing) throw new Refusal(`【${task.code}】没有待批准的挂牌,请由整改办先提请。`);
  const holds = await order(said.tx, task, listing, { term, on: said.today }, said.origin);
  await tellAbout(said, task, null, `经批准列为挂牌督办事项${termWord(holds)}。`);
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [`列为挂牌督办事项${termWord(holds)},今日起生效。`],
    task: task.code,
  };
}
