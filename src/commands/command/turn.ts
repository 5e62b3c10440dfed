import { closeoutAsked, extensionAsked } from '../../chat/asked.ts';
import { answerWith, noReplyNeeded } from '../../chat/words.ts';
import { type InHand, inHand } from '../../ledger/acts/closeout.ts';
import { type Extension, extensionsOf } from '../../ledger/acts/extension.ts';
import { awaits } from '../../ledger/outbox.ts';
import type { HeldRequest } from '../../ledger/people/handover.ts';
import { type Member, membersOf } from '../../ledger/people.ts';
import { has, leads } from '../../ledger/rules/audience.ts';
import { judge } from '../../ledger/rules/task.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';

/** Of a message's letters: what it is about and for whom, said once however often the message comes. */
export const turnKey = ({ origin, person }: Said, code: string, personId: number): string =>
  `turn:${code}:${origin.platform}:${origin.messageId}:${person.id}:${personId}`;

/** What each of these acts settles. */
const asked = { agree: 'close-out', decide: 'extension', order: 'listing', lift: 'listing' } as const;

/** Whose step of the close-out it is now hears of it one to one. */
export async function tellTurn(said: Said, task: Seen, hand: InHand, insisted = false): Promise<void> {
  const lines = closeoutAsked(task, hand, insisted);
  await tellWhoMay(said, task, { ...hand, state: 'submitted' }, 'agree', lines);
}

/** Who may decide on an extension hears what is asked for. */
export async function tellDecider(
  said: Said,
  task: Seen,
  hand: InHand,
  asked: Pick<Extension, 'from' | 'to' | 'late'>,
  why: string,
): Promise<void> {
  await tellWhoMay(said, task, hand, 'decide', extensionAsked(task, asked, why));
}

/** What a new chief stands by goes on: whose turn it is could do nothing with what he was told before. */
export async function tellUpheld(
  said: Said,
  { task }: { task: Seen },
  { closeoutId, extensionId }: HeldRequest,
): Promise<void> {
  const hand = await inHand(said.tx, said.plan, task);
  if (closeoutId !== null) await tellTurn(said, task, hand, hand.request?.insisted);
  const asked = await extensionsOf(said.tx, task.id);
  const open = asked.find(({ id }) => id === extensionId);
  if (open) await tellDecider(said, task, hand, open, '已经新任科长确认');
}

/**
 * The first, in the order of 排序, of those who may now do it. Nobody else is told: one is enough, and the office's
 * digest has it too. The inspectors posted here are never reminded.
 */
export async function tellWhoMay(
  said: Said,
  task: Seen,
  hand: InHand,
  act: keyof typeof asked,
  lines: string[],
): Promise<void> {
  const { tx, plan, person, botName, tell } = said;
  const members = await membersOf(tx, plan.id);
  const able = members.filter(
    (member) => !member.resident && member.id !== person.id && judge(hand, act, member).may,
  );
  const [next] = able.toSorted((one, other) => Number(isBound(other)) - Number(isBound(one)));
  if (!next) return;
  const reply = { title: '【整改提示】待您办理', lines, footer: answerWith(botName) };
  await tell({
    key: turnKey(said, `${asked[act]}:${task.code}`, next.id),
    personId: next.id,
    reply,
    task,
    mark: awaits(asked[act], task.id),
  });
}

/** What became of a request, to who made it. */
export async function tellAsker(said: Said, task: Seen, hand: InHand, what: string): Promise<void> {
  await tellAbout(said, task, hand.request?.steps[0]?.personId, what);
}

/**
 * Tells somebody what was decided of what they asked for, as long as they still answer for the task: its leader, or the
 * chief of the section that leads; else that chief.
 */
export async function tellAbout(
  said: Said,
  task: Seen,
  personId: number | null | undefined,
  what: string,
): Promise<void> {
  const members = await membersOf(said.tx, said.plan.id);
  const chiefs = members.filter((member) => has(member, 'chief') && member.sectionId === task.sectionId);
  const asker = members.find(({ id }) => id === personId);
  const answers = asker && (leads(task, asker) || chiefs.includes(asker));
  await tellResult(said, task, answers ? asker : chiefs[0], what);
}

/** What the secretary decided of a listing, to who proposed it, as long as he is of the office. Its chief has never heard of it. */
export async function tellProposer(said: Said, task: Seen, personId: number, what: string): Promise<void> {
  const members = await membersOf(said.tx, said.plan.id);
  const proposer = members.find((member) => member.id === personId && has(member, 'office'));
  await tellResult(said, task, proposer, what);
}

async function tellResult(said: Said, task: Seen, to: Member | undefined, what: string): Promise<void> {
  if (!to || to.id === said.person.id || to.resident) return;
  const lines = [`【${task.code}】${task.title}:${what}`];
  const reply = { title: '【整改提示】办理结果', lines, footer: noReplyNeeded };
  await said.tell({ key: turnKey(said, task.code, to.id), personId: to.id, reply, task });
}

const isBound = ({ accounts }: Member): boolean => accounts.length > 0;
