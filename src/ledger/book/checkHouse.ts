import type { Book, BookGroup, BookPerson, Misfit } from '../book.ts';
import { platformNames } from '../terms.ts';

export const checkHouse = (book: Book): Misfit[] => [
  ...checkSections(book),
  ...checkPeople(book),
  ...checkAccounts(book),
  ...checkGroups(book),
];

/** Nobody could make codes, verify or read what waits any more: somebody of the office stays, and a group of its own. */
export function checkOffice(before: Book, after: Book): Misfit[] {
  const hadRole = before.people.filter(isOfOffice).map(({ name }) => name);
  const [last] = after.people.filter(({ name }) => hadRole.includes(name));
  const hadGroup = before.groups.filter(isOffices).map(({ code }) => code);
  const [lastGroup] = after.groups.filter(({ code }) => hadGroup.includes(code));
  return [
    ...(last === undefined || after.people.some(isOfOffice)
      ? []
      : [
          {
            ...{ sheet: 'people' as const, key: last.name, why: '整改办至少要有一人在用' },
            field: last.retired ? 'retired' : 'roles',
          },
        ]),
    ...(lastGroup === undefined || after.groups.some(isOffices)
      ? []
      : [
          {
            ...{ sheet: 'groups' as const, key: lastGroup.code, why: '整改办至少要有一个群在用' },
            field: lastGroup.retired ? 'retired' : 'audience',
          },
        ]),
  ];
}

const isOfOffice = ({ roles, retired }: BookPerson): boolean => !retired && roles.includes('office');

const isOffices = ({ audience, retired }: BookGroup): boolean => !retired && audience === 'office';

function checkSections({ sections }: Book): Misfit[] {
  const first = new Map<string, string>();
  return sections.flatMap(({ code, name, retired }): Misfit[] => {
    if (retired) return [];
    const other = first.get(name);
    first.set(name, code);
    return other === undefined
      ? []
      : [{ sheet: 'sections', key: code, field: 'name', why: `与代码 ${other} 的科室同名` }];
  });
}

function checkPeople(book: Book): Misfit[] {
  const holders = new Map<string, string>();
  return book.people.flatMap((person): Misfit[] => {
    if (person.retired) return [];
    const at = (field: keyof BookPerson, why: string): Misfit => ({
      ...{ sheet: 'people' as const, key: person.name, field, why },
    });
    const found: Misfit[] = [];
    const unit = book.sections.find(({ code }) => code === person.section);
    if (unit?.retired) found.push(at('section', `「${unit.name}」已停用`));
    const posts = [
      ...(person.roles.includes('chief') ? [`${unit?.name ?? person.section}的科室负责人`] : []),
      ...(person.roles.includes('secretary') ? ['书记'] : []),
    ];
    for (const post of posts) {
      const other = holders.get(post);
      if (other !== undefined) found.push(at('roles', `${post}已是「${other}」,只能有一人`));
      holders.set(post, person.name);
    }
    return found;
  });
}

/** An account is one person's, also one who has been retired. */
function checkAccounts({ people }: Book): Misfit[] {
  const owners = new Map<string, string>();
  return people.flatMap((person) =>
    platformNames.flatMap((platform) =>
      person[platform].flatMap((account): Misfit[] => {
        const other = owners.get(`${platform}|${account}`);
        owners.set(`${platform}|${account}`, person.name);
        return other === undefined || other === person.name
          ? []
          : [{ sheet: 'people', key: person.name, field: platform, why: `账号与「${other}」的相同` }];
      }),
    ),
  );
}

function checkGroups(book: Book): Misfit[] {
  const chats = new Map<string, string>();
  return book.groups.flatMap((group): Misfit[] => {
    const at = (field: keyof BookGroup, why: string): Misfit => ({
      ...{ sheet: 'groups' as const, key: group.code, field, why },
    });
    const found: Misfit[] = [];
    const other = chats.get(`${group.platform}|${group.chatId}`);
    chats.set(`${group.platform}|${group.chatId}`, group.code);
    if (other !== undefined) found.push(at('chatId', `会话ID与群 ${other} 的相同`));
    if (group.retired) return found;
    const unit = book.sections.find(({ code }) => code === group.section);
    if (unit?.retired) found.push(at('section', `「${unit.name}」已停用`));
    if (group.audience === 'section' && group.section === null) found.push(at('section', '科室群须填科室'));
    if (group.audience !== 'section' && group.section !== null) {
      found.push(at('section', '只有科室群才填科室'));
    }
    return found;
  });
}
