import type { Intent, Vocabulary } from '../intent.ts';

/** A name as the office types it: nothing that could stand for several words. */
const NAME = String.raw`[\p{L}\p{N}·]{2,24}`;
const DAY = String.raw`20\d\d-\d\d-\d\d`;

/** The groups of a form by name; those that it requires are there when it fits. */
interface Parts {
  person: string;
  section: string;
  post: string;
  role?: string;
  address: string;
  sign: string;
  word: string;
  other: string;
  side: string;
  purpose: string;
  date: string;
  of?: string;
  until?: string;
  yes?: string;
  bare?: string;
  task: string;
  entry: string;
  why: string;
  about?: string;
  note: string;
}

type Read = (parts: Parts, vocabulary: Vocabulary) => Intent | null;

/**
 * Commands about people and words that have one form, a whole message each: how it begins, and what follows. Anything
 * else is read as usual.
 */
const forms: [head: string, rest: string, read: Read][] = [
  ['帮助|help', '(?:[ :,]+(?<about>.+))?', ({ about = '' }) => ({ act: 'help', about })],
  ['记录 ?方案|方案 ?记录', '', () => ({ act: 'history', about: '方案' })],
  // Of what, nobody can tell: how something is taken back is told.
  [
    '取消|(?:把|将)?(?:刚才|刚刚|上面)?(?:的|报的)?(?:[那这上]一?条)?(?:删掉|删除|删了)|不算',
    '[了吧。!]{0,2}',
    () => ({ act: 'unknown', about: '撤回' }),
  ],
  // Of what, and what it should be, nobody can tell either.
  [
    '(?:不好意思)?(?:刚才|刚刚|上面|上一条)?(?:那[条个项]|这[条个项]|报的|写的|数)?(?:不对|错了|有误|报错|写错|填错|记错|写多|写少|报多|报少)|怎么改.{0,6}数',
    '[了吧。!?]{0,2}',
    () => ({ act: 'help', about: '更正' }),
  ],
  // Of whom, nobody can tell: how each is written is told.
  [
    '(?<bare>停用|绑定码|新增人员)|新增',
    '[ 。!]{0,2}',
    ({ bare = '新增人员' }) => ({ act: 'unknown', about: bare }),
  ],
  ['停用', ` ?(?<person>${NAME})`, ({ person }) => ({ act: 'disable', person })],
  ['启用', ` ?(?<person>${NAME})`, ({ person }) => ({ act: 'enable', person })],
  [
    '新增(?:人员)?',
    String.raw` (?<person>${NAME}) (?<section>\S+) (?<post>${NAME})(?: 角色 ?(?<role>${NAME}))?`,
    ({ person, section, post, role }, vocabulary) => {
      const code = sectionOf(section, vocabulary);
      if (code === undefined) return null;
      return {
        act: 'enlist',
        person,
        section: code,
        about: post,
        ...(role === undefined ? {} : { note: role }),
      };
    },
  ],
  // Without a post it is no form, and nothing that a report begins with either.
  [
    '新增(?:人员)?',
    String.raw` ${NAME} (?<section>\S+)`,
    ({ section }, vocabulary) =>
      sectionOf(section, vocabulary) === undefined ? null : { act: 'unknown', about: '新增人员' },
  ],
  [
    '称呼',
    ` ?(?<person>${NAME}) (?<address>${NAME})`,
    ({ person, address }) => ({ act: 'address', person, about: address }),
  ],
  [
    '角色',
    ` ?(?<person>${NAME}?) ?(?<sign>增加|取消) ?(?<word>${NAME})`,
    ({ person, sign, word }) => ({
      ...{ act: 'roles', person, about: word },
      gives: sign === '增加',
    }),
  ],
  [
    '排序',
    ` ?(?<person>${NAME}?) ?在 ?(?<other>${NAME}?) ?之?(?<side>前|后)面?`,
    ({ person, other, side }) => ({
      ...{ act: 'rank', person, other },
      side: side === '前' ? 'before' : 'behind',
    }),
  ],
  [
    // 绑定码7K2M9Q is somebody binding an account.
    '绑定码',
    String.raw` ?(?=\p{Script=Han})(?<person>${NAME})`,
    ({ person }) => ({ act: 'invite', person }),
  ],
  [
    '(?:请|麻烦)?给',
    ` ?(?<person>${NAME}?)(?:重新|再)?[发补开](?:一个|一下|个|下)?绑定码`,
    ({ person = '' }) => ({ act: 'invite', person }),
  ],
  [
    '登记码',
    String.raw` ?(?<purpose>领导小组|领导|整改办|办公室|全系统|系统|科室)群?(?: (?<of>\S+))?`,
    ({ purpose, of }, vocabulary) => {
      const code = of === undefined ? undefined : sectionOf(of, vocabulary);
      if (of !== undefined && code === undefined) return null;
      return { act: 'invite', about: purpose, ...(code === undefined ? {} : { section: code }) };
    },
  ],
  [
    '日历',
    ` ?(?<date>${DAY})(?: ?[至到-] ?(?<until>${DAY}))? ?(?:调?休?)(?<word>休|放假|班|上班)`,
    ({ date, until, word }) => ({
      ...{ act: 'calendar', date, about: word.endsWith('班') ? '班' : '休' },
      ...(until === undefined ? {} : { until }),
    }),
  ],
  [
    '(?<yes>同意发出|同意发送)|不予发出|不同意发出|不同意发送',
    String.raw` ?(?<note>[\p{L}\p{N}·()]{0,40})`,
    ({ yes, note }) => ({ act: 'post', about: yes === undefined ? '不予' : '同意', note }),
  ],
  [
    '封存',
    String.raw` ?(?:【)?(?<task>G?\d(?:\.\d){0,2}|方案)(?:】)? ?(?:第|#)? ?(?<entry>\d{1,6})(?: ?(?:号|条))?(?:记录)?[ ,:](?<why>.+)`,
    ({ task, entry, why }) => ({
      ...{ act: 'seal', task: task.toUpperCase(), entry: Number(entry), note: why.trim() },
    }),
  ],
];

const opening = RegExp(`^(?:${forms.map(([head]) => head).join('|')})`, 'iu');

/** Dear to make: the first reports after a start don't wait for that. */
let patterns: RegExp[] | undefined;

export function fixedCommand(text: string, vocabulary: Vocabulary): Intent | null {
  if (!opening.test(text)) return null;
  patterns ??= forms.map(([head, rest]) => RegExp(`^(?:${head})${rest}$`, 'isu'));
  for (const [index, [, , read]] of forms.entries()) {
    const found = patterns[index]?.exec(text);
    // A form reads no group but those that its own pattern has.
    const intent = found && read(found.groups as unknown as Parts, vocabulary);
    if (intent) return intent;
  }
  return null;
}

const sectionOf = (word: string, { sections }: Vocabulary): string | undefined =>
  sections.find(({ code, name, aliases }) => [code, name, ...aliases].includes(word))?.code;
