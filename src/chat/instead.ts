import type { Reply } from './reply.ts';

/** What the office reads in a group's or a person's place; whoever would be mentioned isn't there. */
export const instead = (mark: string, { mention: _, ...reply }: Reply): Reply => marked(mark, reply);

/** What a section's group reads in its chief's place: the title says for whom it is. */
export const calling = (name: string, { title = '', ...reply }: Reply): Reply => ({
  ...reply,
  title: title.includes('您') ? title.replace('您', name) : `${title}(${name})`,
});

export function marked(mark: string, reply: Reply): Reply {
  const [first = '', ...lines] = reply.lines;
  return reply.title === undefined
    ? { ...reply, lines: [mark + first, ...lines] }
    : { ...reply, title: mark + reply.title };
}

/** Of a text with words that no group reads. */
export const withheld = (group: string, reply: Reply): Reply => ({
  ...instead(`【未发·${group}】`, reply),
  footer: '【含不宜在群内出现的内容,请整改办改用单聊或书面告知】',
});

/** Of a post that rests on no authorisation: the words alone, and what to say for it to leave or not. */
export function proposed(
  group: string,
  what: string,
  { enclosed: _, ...reply }: Reply,
  until: string,
): Reply {
  const footer = `【发出请回复「同意发出 ${group}${what}」,不发回复「不予发出 ${group}${what}」,${until}前有效】`;
  return { ...instead(`【待发·${group}】`, reply), footer };
}
