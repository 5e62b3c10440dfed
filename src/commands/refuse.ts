import type { Intent } from '../chat/intent.ts';
import { dayWord, folded } from '../chat/words.ts';
import { decide } from '../ledger/acts/extension.ts';
import { decline, listingOf, proposerOf } from '../ledger/acts/listing.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { handFor } from './command/reach.ts';
import { answersRequests, awaiting } from './command/requests.ts';
import { tellAbout, tellProposer } from './command/turn.ts';
import type { Command, Part, Said } from './command.ts';

export const refuse: Command = {
  act: 'refuse',
  help: '不同意延期 任务编号 理由:不批准延期;组长也可回「不同意挂牌」「不同意摘牌」',
  examples: ['不同意延期 {task} 请按原时限办理'],
  may: answersRequests,
  run: (said, intent) =>
    intent.about === '挂牌' || intent.about === '摘牌' ? unlisted(said, intent) : unmoved(said, intent),
};

async function unmoved(said: Said, intent: Intent): Promise<Part> {
  const { task, open } = await awaiting(said, intent);
  if (!intent.note) {
    throw lacking('reason', `【${task.code}】请写明理由,如「不同意延期 ${task.code} 理由」。`);
  }
  const stands = dayWord(task.deadline ?? open.from);
  await decide(said.tx, task, open, { granted: false }, said.origin);
  const told = `不同意延期,仍按${stands}完成。理由:「${folded(intent.note)}」`;
  await tellAbout(said, task, open.personId, told);
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [`不同意延期,仍按${stands}完成,理由记入台账。`],
    task: task.code,
  };
}

async function unlisted(said: Said, intent: Intent): Promise<Part> {
  const isLift = intent.about === '摘牌';
  const { task } = await handFor(said, intent, isLift ? 'lift' : 'order');
  const listing = await listingOf(said.tx, task.id);
  const waits = isLift ? listing?.liftProposedEntryId : listing?.orderedEntryId === null;
  if (!listing || !waits) throw new Refusal(`【${task.code}】没有待批准的${intent.about}。`);
  const proposer = await proposerOf(said.tx, listing);
  await decline(said.tx, task, listing, said.origin);
  const told = isLift ? '不同意摘牌,继续挂牌督办。' : '不同意挂牌。';
  if (proposer !== null) await tellProposer(said, task, proposer, told);
  return { head: `已记录【${task.code}】${task.title}`, lines: [told], task: task.code };
}
