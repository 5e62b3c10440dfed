import { turnPost, turnWord } from '../../chat/closeout.ts';
import { dayWord } from '../../chat/words.ts';
import { type InHand, inHand } from '../../ledger/acts/closeout.ts';
import { has, maySee } from '../../ledger/rules/audience.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';

/** Who takes part in close-outs; whose turn it is depends on the task. */
export const decides = ({ person }: Pick<Said, 'person'>): boolean =>
  has(person, 'leader', 'office', 'discipline', 'secretary');

/** Why this person can't take a step of the close-out now, and who can. */
export function notNow(task: Seen, hand: InHand, why: 'state' | 'twice' | 'held' | 'person'): string {
  if (why === 'state') {
    const closed = task.state === 'closed' ? `,已于${dayWord(task.closedOn)}销号` : '';
    return `【${task.code}】没有待办的销号申请${closed}。`;
  }
  const turn = `现待${turnWord(hand)}`;
  if (why === 'twice') return `【${task.code}】同一人不能办两个环节,${turn}。`;
  return `【${task.code}】${turn},请${turnPost(hand)}办理。`;
}

/** How the close-out of a task stands, for 查: who asked when, with what missing, and whose turn it is. */
export async function requestLine(said: Said, task: Seen): Promise<string[]> {
  if (task.state !== 'submitted') return [];
  const hand = await inHand(said.tx, said.plan, task);
  if (!hand.request) return [];
  const { missing, insisted } = hand.request;
  const known = task.indicators.every((each) => {
    const sight = maySee(each.level ?? task.level, task, said.person, said.place);
    return each.class === 'monitor' || sight === 'yes' || sight === 'count';
  });
  const gaps = !insisted ? '' : known ? `(坚持申请,缺项:${missing.join(';')})` : '(坚持申请,附缺项)';
  return [`销号:${dayWord(task.submittedOn)}申请${gaps},现待${turnWord(hand)}`];
}
