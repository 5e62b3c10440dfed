import type { Intent, Vocabulary } from '../intent.ts';

/** A name as the office types it: nothing that could stand for several words. */
const NAME = '[\\p{L}\\p{N}·]{2,24}';

type Read = (parts: Record<string, string>, vocabulary: Vocabulary) => Intent | null;

/** Commands about people and words that have one form, a whole message each; anything else is read as usual. */
const forms: [pattern: RegExp, read: Read][] = [
  [/^(?:帮助|help)(?:[ :,]+(?<about>.+))?$/isu, ({ about = '' }) => ({ act: 'help', about: about.trim() })],
  [/^(?:记录 ?方案|方案 ?记录)$/u, () => ({ act: 'history', about: '方案' })],
  [RegExp(`^停用 ?(?<person>${NAME})$`, 'u'), ({ person = '' }) => ({ act: 'disable', person })],
  [RegExp(`^启用 ?(?<person>${NAME})$`, 'u'), ({ person = '' }) => ({ act: 'enable', person })],
  [
    RegExp(
      `^新增(?:人员)? (?<person>${NAME}) (?<section>\\S+) (?<post>${NAME})(?: 角色 ?(?<role>${NAME}))?$`,
      'u',
    ),
    ({ person = '', section = '', post = '', role }, vocabulary) => {
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
    RegExp(`^新增(?:人员)? ${NAME} (?<section>\\S+)$`, 'u'),
    ({ section = '' }, vocabulary) =>
      sectionOf(section, vocabulary) === undefined ? null : { act: 'unknown', about: '新增人员' },
  ],
  [
    RegExp(`^称呼 ?(?<person>${NAME}) (?<address>${NAME})$`, 'u'),
    ({ person = '', address = '' }) => ({ act: 'address', person, about: address }),
  ],
  [
    RegExp(`^角色 ?(?<person>${NAME}?) ?(?<sign>增加|取消) ?(?<about>${NAME})$`, 'u'),
    ({ person = '', sign, about = '' }) => ({
      ...{ act: 'roles', person, about },
      gives: sign === '增加',
    }),
  ],
  [
    RegExp(`^排序 ?(?<person>${NAME}?) ?在 ?(?<other>${NAME}?) ?之?(?<side>前|后)面?$`, 'u'),
    ({ person = '', other = '', side }) => ({
      ...{ act: 'rank', person, other },
      side: side === '前' ? 'before' : 'behind',
    }),
  ],
  [
    // 绑定码7K2M9Q is somebody binding an account.
    RegExp(`^绑定码 ?(?=\\p{Script=Han})(?<person>${NAME})$`, 'u'),
    ({ person = '' }) => ({ act: 'invite', person }),
  ],
  [
    /^登记码 ?(?<purpose>领导小组|领导|整改办|办公室|全系统|系统|科室)群?(?: (?<section>\S+))?$/u,
    ({ purpose = '', section }, vocabulary) => {
      const code = section === undefined ? undefined : sectionOf(section, vocabulary);
      if (section !== undefined && code === undefined) return null;
      return { act: 'invite', about: purpose, ...(code === undefined ? {} : { section: code }) };
    },
  ],
  [
    /^日历 ?(?<date>20\d\d-\d\d-\d\d)(?: ?[至到~] ?(?<until>20\d\d-\d\d-\d\d))? ?(?:调?休?)(?<about>休|放假|班|上班)$/u,
    ({ date = '', until, about = '' }) => ({
      ...{ act: 'calendar', date, about: about.endsWith('班') ? '班' : '休' },
      ...(until === undefined ? {} : { until }),
    }),
  ],
  [
    /^(?:(?<yes>同意发出|同意发送)|不予发出|不同意发出|不同意发送) ?(?<note>[\p{L}\p{N}·()]{0,40})$/u,
    ({ yes, note = '' }) => ({ act: 'post', about: yes === undefined ? '不予' : '同意', note }),
  ],
  [
    /^封存 ?(?:【)?(?<task>[Gg]?\d(?:\.\d){0,2}|方案)(?:】)? ?(?:第|#)? ?(?<entry>\d{1,6})(?: ?(?:号|条))?(?:记录)?[ ,:](?<note>.+)$/su,
    ({ task = '', entry = '', note = '' }) => ({
      ...{ act: 'seal', task: task.toUpperCase(), entry: Number(entry), note: note.trim() },
    }),
  ],
];

/** How each of them begins. Forms are dear to compile: the first reports after a start don't wait for that. */
const opening =
  /^(?:帮助|help|记录|方案|停用|启用|新增|称呼|角色|排序|绑定码|登记码|日历|同意发|不予发|不同意发|封存)/iu;

export function fixedCommand(text: string, vocabulary: Vocabulary): Intent | null {
  if (!opening.test(text)) return null;
  for (const [pattern, read] of forms) {
    const found = pattern.exec(text);
    const intent = found && read(found.groups ?? {}, vocabulary);
    if (intent) return intent;
  }
  return null;
}

const sectionOf = (word: string, { sections }: Vocabulary): string | undefined =>
  sections.find(({ code, name, aliases }) => [code, name, ...aliases].includes(word))?.code;
