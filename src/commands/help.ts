import type { Act } from '../chat/intent.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Command, Said } from './command.ts';

/** What belongs together, in the order in which it is told: a line each, so that the longest help fits a phone. */
const topics: [name: string, acts: readonly Act[]][] = [
  ['登记', ['progress', 'note', 'evidence', 'confirm', 'correct', 'undo', 'ack']],
  [
    '办理',
    [
      'submit',
      'verify',
      'return',
      'extend',
      'grant',
      'refuse',
      'list',
      'delist',
      'lookback',
      'mute',
      'node',
      'baseline',
    ],
  ],
  ['会议', ['meeting', 'agenda', 'decide', 'bulletin', 'release', 'hold']],
  ['查询', ['show', 'mine', 'overview', 'ledger', 'history', 'export']],
  ['人员', ['deputy', 'handover', 'disable', 'enable', 'enlist', 'address', 'rank', 'invite', 'bind']],
];
/** Whatever no topic has. */
const REST = '管理';

/** 帮助 撤回, 怎么延期, 销号怎么写: what is asked about is the rest. */
const ASKING = /^(?:帮助|(?:怎么|如何|怎样|咋)(?:使?用)?|help)|(?:怎么|如何|怎样|咋)\S{0,3}$/giu;

export const help: Command = {
  act: 'help',
  help: '帮助 [写法]:本人在这里能用的写法',
  examples: ['帮助', '帮助 撤回'],
  may: () => true,
  run: async (said, intent) => {
    const mine = said.commands.filter((each) => isOffered(each, said));
    const about = (intent.about ?? '').replace(ASKING, '').trim();
    return about === '' ? overview(said, mine) : detail(mine, about);
  },
};

const isOffered = (command: Command, said: Said): boolean =>
  command.help !== '' && command.act !== 'help' && command.may(said) && command.suits?.(said) !== false;

const overview = (said: Said, mine: Command[]) => ({
  head: `${said.person.address},在${said.place === 'single' ? '单聊' : '本群'}可以这样写:`,
  lines: byTopic(mine).map(
    ([name, own]) => `${name}:${own.map(wordOf).join('、')}。例:${own[0]?.examples[0]}`,
  ),
  foot: `写法和例子发「帮助 ${wordOf(mine.find(({ act }) => act === 'undo') ?? mine[0])}」这样查。`,
});

function byTopic(mine: Command[]): [name: string, own: Command[]][] {
  const known = new Set(topics.flatMap(([, acts]) => acts));
  const named = topics.map(([name, acts]): [string, Command[]] => [
    name,
    mine.filter(({ act }) => acts.includes(act)),
  ]);
  const rest = mine.filter(({ act }) => !known.has(act));
  return [...named, [REST, rest] as [string, Command[]]].filter(([, own]) => own.length > 0);
}

/** The verb that a command is called by; one that begins with a task's number, by all that is typed. */
function wordOf(command: Command | undefined): string {
  const [usage = ''] = (command?.help ?? '').split(':');
  return usage.startsWith('任务编号') ? usage : (usage.split(/[ ,]/)[0] ?? usage);
}

function detail(mine: Command[], about: string) {
  const found =
    mine.find((each) => wordOf(each) === about) ??
    mine.find((each) => wordOf(each).includes(about)) ??
    mine.find(
      (each) => each.help.includes(about) || each.examples.some((example) => example.includes(about)),
    );
  if (!found) throw new Refusal('没有这种写法。发「帮助」看全部写法。');
  return { head: found.help, lines: found.examples.map((each) => `例:${each}`) };
}
