import { stepWord, turnWord } from '../chat/closeout.ts';
import { dayWord } from '../chat/words.ts';
import { agree, inHand } from '../ledger/acts/closeout.ts';
import { Refusal } from '../ledger/refusal.ts';
import { judge } from '../ledger/rules/task.ts';
import { decides, notNow } from './command/closeOut.ts';
import { taskFor } from './command/reach.ts';
import { tellAsker, tellTurn } from './command/turn.ts';
import type { Command } from './command.ts';

export const verify: Command = {
  act: 'verify',
  help: '同意销号 任务编号:轮到本人的环节(审核、核验或批准),可一次写几项',
  examples: ['同意销号 {task}', '审核通过 {task}', '批准销号 {task}、{second}'],
  may: decides,
  run: async (said, intent) => {
    const { task } = await taskFor(said, intent);
    const hand = await inHand(said.tx, said.plan, task);
    const verdict = judge(hand, 'agree', said.person);
    if (!verdict.may) throw new Refusal(notNow(task, hand, verdict.why));
    const closes = verdict.to === 'closed';
    const origin = { ...said.origin, personId: said.person.id };
    const way = { closes, on: said.today };
    const step = await agree(said.tx, task, hand, way, origin);
    const after = { ...hand, taken: [...hand.taken, { step, personId: said.person.id }] };
    const done = stepWord(step, hand);
    if (closes) await tellAsker(said, task, hand, `${done},${dayWord(said.today)}销号。`);
    else await tellTurn(said, task, after);
    // One line a task: a meeting decides on several in one message.
    const told = closes ? `${done},${dayWord(said.today)}销号` : `${done}通过。下一步:${turnWord(after)}`;
    return { lines: [`已记录【${task.code}】${task.title}:${told}。`], task: task.code };
  },
};
