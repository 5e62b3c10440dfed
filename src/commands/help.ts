import type { Act } from '../chat/intent.ts';
import { actOf } from '../chat/parse.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isTheirs, told, wordOf } from './command/usage.ts';
import type { Command, Part, Said } from './command.ts';

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
  [
    '人员',
    ['deputy', 'handover', 'disable', 'enable', 'enlist', 'roles', 'address', 'rank', 'invite', 'bind'],
  ],
];
/** Whatever no topic has. */
const REST = '管理';

/** 帮助 撤回, 怎么延期, 销号怎么写: what is asked about is the rest. */
const ASKING =
  /^(?:帮助|(?:怎么|如何|怎样|咋)(?:使?用)?|help)|(?:怎么|如何|怎样|咋)\S{0,3}$|[啊呀呢吧吗哈??。!]+$/giu;

export const help: Command = {
  act: 'help',
  heardAfterwards: true,
  help: '帮助 [写法]:本人在这里能用的写法',
  examples: ['帮助', '帮助 撤回'],
  may: () => true,
  run: async (said, intent) => {
    const about = (intent.about ?? '').replace(ASKING, '').trim();
    return about === '' ? overview(said) : detail(said, about, intent.about ?? '');
  },
};

function overview(said: Said): Part {
  const mine = Object.values(said.commands).filter(
    (each) => each.act !== 'help' && isTheirs(each, said) && each.suits?.(said) !== false,
  );
  const known = mine.find(({ act }) => act === 'undo') ?? mine[0];
  return {
    head: `${said.person.address},在${said.place === 'single' ? '单聊' : '本群'}可以这样写:`,
    lines: byTopic(mine).map(([name, own]) => {
      const usages = own.map((each) => told(each, said));
      return `${name}:${usages.map(wordOf).join('、')}。例:${usages[0]?.examples[0]}`;
    }),
    foot: `写法和例子发「帮助 ${known ? wordOf(known) : ''}」这样查。`,
  };
}

function byTopic(mine: Command[]): [name: string, own: Command[]][] {
  const known = new Set(topics.flatMap(([, acts]) => acts));
  const named = topics.map(([name, acts]): [string, Command[]] => [
    name,
    mine.filter(({ act }) => acts.includes(act)),
  ]);
  const rest = mine.filter(({ act }) => !known.has(act));
  return [...named, [REST, rest] as [string, Command[]]].filter(([, own]) => own.length > 0);
}

/** 怎么报, 怎么填: of progress. */
const REPORTING = /^(?:[填上]?报(?:数|进展|进度)?|填写?|写|登记|回复)$/u;

/** By the word that a command is called by, else by any of its words, else by what its examples begin with. */
function detail(said: Said, about: string, asked: string): Part {
  const usages = Object.values(said.commands)
    .filter((each) => isTheirs(each, said))
    .map((each) => ({ act: each.act, ...told(each, said) }));
  const act = REPORTING.test(about) ? 'progress' : actOf(about);
  const found =
    usages.find((each) => wordOf(each) === about) ??
    usages.find((each) => act !== undefined && each.act === act) ??
    usages.find((each) => wordOf(each).includes(about)) ??
    usages.find(({ examples }) => examples.some((example) => example.startsWith(about))) ??
    // 不清楚怎么报佐证.
    usages.find((each) => asked.endsWith(wordOf(each)));
  if (!found) throw new Refusal('没有这种写法。发「帮助」看全部写法。');
  return { head: found.help, lines: found.examples.map((each) => `例:${each}`) };
}
