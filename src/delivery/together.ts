import type { Reply } from '../chat/reply.ts';
import { noReplyNeeded } from '../chat/words.ts';
import type { Letter } from '../ledger/outbox.ts';

/** Letters to one chat as one text: the first one's head, the end of one that waits for a reply. */
export function together(letters: Letter[]): Reply {
  // Whatever they wait for when they go again, the text is the same: by that WeCom's app knows a repeat.
  const replies = letters.toSorted((one, other) => one.id - other.id).map((letter) => letter.reply);
  const [first, ...others] = replies;
  if (!first || others.length === 0) return first ?? { lines: [] };
  const footers = replies.flatMap(({ footer }) => footer ?? []);
  const footer = footers.find((each) => each !== noReplyNeeded) ?? footers[0];
  const mention = replies.flatMap((reply) => reply.mention ?? []);
  return {
    ...(first.title === undefined ? {} : { title: first.title }),
    lines: once(
      others.flatMap(({ title, lines }) => (title ? [title, ...lines] : lines)),
      first,
    ),
    ...(footer === undefined ? {} : { footer }),
    ...(mention.length > 0 ? { mention } : {}),
  };
}

/** The first one's lines and the others', each said once: letters that go together share heads and hints. */
const once = (more: string[], { title, lines }: Reply): string[] => [
  ...lines,
  ...new Set(more.filter((line) => line !== title && !lines.includes(line))),
];

/** Only words are joined: what encloses a paper goes by itself. */
export const isWords = ({ enclosed }: Reply): boolean => enclosed === undefined;
