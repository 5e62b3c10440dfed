import type { Message } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';
import { purposes } from '../chat/words.ts';
import type { Db } from '../ledger/db.ts';
import { registerGroup, reopen } from '../ledger/people/invites.ts';
import type { Group, Person } from '../ledger/people.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import type { Audience } from '../ledger/terms.ts';
import type { Command } from './command.ts';

/** Read before the text's length is looked at: a purpose without an end would be sought anew from each beginning. */
const WORDS = /登记本群\s*(\S{1,12}?)\s*([0-9A-Za-z]{8})(?![0-9A-Za-z])/;

/** Whether a message registers a group of ours anew to which nothing is sent any more. */
export const isReturn = (message: Message, group: Group | null): boolean =>
  group !== null && group.gone !== null && WORDS.test(message.text.normalize('NFKC'));

/** What is heard in a group that is written to no more, unless it is to be again: who is in it by now nobody answers for. */
export function closed(message: Message, person: Person, group: Group | null): Reply | null {
  const isOpen = group === null || group.gone === null;
  const reopens = has(person, 'office', 'admin') && message.text.normalize('NFKC').includes('登记本群');
  return isOpen || reopens ? null : { lines: [closedHere] };
}

const closedHere =
  '本群已停用,这条消息未记录,请在与我的单聊中办理。恢复请整改办或管理员在本群@我 发「登记本群」。';

/** What is heard in a group that isn't registered: one line on how to do it, unless this very message does. */
export async function enrol(tx: Db, message: Message, person: Person, now: Date): Promise<Reply> {
  const [, purpose = '', code = ''] = WORDS.exec(message.text.normalize('NFKC')) ?? [];
  const audience = audienceOf(purpose);
  if (audience === undefined || message.chat.kind !== 'group') {
    return { lines: ['本群尚未登记。请向整改办或管理员领取登记码,按所附的一行在本群发送。'] };
  }
  try {
    const by = { platform: message.platform, account: message.sender, personId: person.id };
    const group = await registerGroup(tx, { ...by, chatId: message.chat.id, audience }, code, now);
    return group
      ? { lines: [`本群已登记为${group.name}。发「帮助」查看可用的写法。`] }
      : { lines: ['登记码无效、已过期或与用途不符,请向整改办重新领取。'] };
  } catch (error) {
    if (error instanceof Refusal) return { lines: [error.message] };
    throw error;
  }
}

const audienceOf = (word: string): Audience | undefined =>
  (Object.keys(purposes) as Audience[]).find((audience) => word.startsWith(purposes[audience]));

export const register: Command = {
  act: 'register',
  heardAfterwards: true,
  help: '登记本群 领导小组(整改办、全系统、科室) 登记码:在新群里@我 发,让它收发整改消息;码发「登记码」领取',
  examples: ['登记本群 科室 7K3M9PXA'],
  may: ({ person }) => has(person, 'office', 'admin'),
  run: async ({ tx, plan, group, origin }) => {
    if (!group) return { lines: ['请在要登记的群里发送。'] };
    if (group.gone === null) return { lines: [`本群已登记为${group.name}。`] };
    await reopen(tx, plan, group, origin);
    const address = group.sealedAddress === null ? '' : '推送地址如已更换,请在工作簿的群表中更新。';
    return { lines: [`本群恢复为${group.name},重新推送。${address}`] };
  },
};
