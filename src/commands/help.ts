import { Refusal } from '../ledger/refusal.ts';
import type { Command } from './command.ts';

export const help: Command = {
  act: 'help',
  help: '帮助 [写法]:本人在这里能用的写法',
  examples: ['帮助', '帮助 撤回'],
  may: () => true,
  run: async (said, intent) => {
    const mine = said.commands.filter((command) => command.may(said) && command.act !== 'help');
    const about = (intent.about ?? '').replace(/^(?:帮助|怎么用|help)\s*/i, '').trim();
    if (about === '') {
      return { head: `${said.person.address},可以这样写:`, lines: mine.map((each) => `· ${each.help}`) };
    }
    const found = mine.find((each) => each.help.includes(about));
    if (!found) throw new Refusal('没有这种写法。发「帮助」看全部写法。');
    return { head: found.help, lines: found.examples.map((each) => `例:${each}`) };
  },
};
