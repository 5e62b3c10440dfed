import type { Message } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';
import type { Db } from '../ledger/db.ts';
import { bindAccount } from '../ledger/people/invites.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Command } from './command.ts';

const CODE = /绑定\s*([0-9A-Za-z]{8})(?![0-9A-Za-z])/;

/** What somebody hears whose account isn't bound: one line on how to bind, unless this very message does it. */
export async function welcome(tx: Db, message: Message, now: Date): Promise<Reply> {
  const code = CODE.exec(message.text.normalize('NFKC'))?.[1];
  if (code === undefined) return { lines: ['尚未绑定身份。请向整改办领取绑定码,再发「绑定 绑定码」。'] };
  try {
    const account = { platform: message.platform, account: message.sender };
    const person = await bindAccount(tx, account, code, now);
    return person
      ? { lines: [`已绑定:${person.name}。发「帮助」查看可用的写法。`] }
      : { lines: ['绑定码无效或已过期,请向整改办重新领取。'] };
  } catch (error) {
    if (error instanceof Refusal) return { lines: [error.message] };
    throw error;
  }
}

export const bind: Command = {
  act: 'bind',
  heardAfterwards: true,
  help: '绑定 绑定码:把本账号与本人对上,码由整改办发放',
  examples: ['绑定 7K3M9PXA'],
  may: () => true,
  // Whoever reads 帮助 is bound.
  suits: () => false,
  run: async ({ person }) => ({
    lines: [`本账号已绑定为${person.name},如需更换请联系整改办。`],
  }),
};
