import { type Reply, SCREEN, screens, split, textOf } from '../chat/reply.ts';
import { answerWith, dayWord, fitForGroup, folded, noReplyNeeded } from '../chat/words.ts';
import type { Part, Said } from '../commands/command.ts';
import { isWide } from '../ledger/rules/audience.ts';

/** One screen of a phone; what is longer waits for 下一页. */
const PAGE_BYTES = 3_000;

/** What may not stand in a group doesn't go out in one: its reader gets it one to one or asks for it there. */
export async function compose(said: Said, parts: Part[]): Promise<Reply | null> {
  if (parts.length === 0) return null;
  const reply = inOne(parts);
  if (!isHeld(said, parts)) return reply;
  const asks = parts.some(({ only }) => only === 'asked');
  const footer = asks ? answerWith(said.botName) : noReplyNeeded;
  const sent = await tellSpeaker(said, { ...reply, footer: reply.footer ?? footer }, 'held');
  const done = parts.some(({ only }) => only === undefined);
  if (done) return { lines: [sent ? heldAndSent : heldBack] };
  return { lines: [sent ? '答复已私信您。' : '请在与我的单聊中查询或办理。'] };
}

/** Whether what is answered may not stand where it was asked. */
export const isHeld = ({ place }: Said, parts: Part[]): boolean =>
  isWide(place) && parts.length > 0 && !fitForGroup(textOf(inOne(parts)));

/** Parts of one head are told together, each foot and each part without a head once. */
export function inOne(all: Part[]): Reply {
  const texts = all.map((part) => (part.head === undefined ? part.lines.join('\n') : null));
  const parts = all.filter((part, at) => part.head !== undefined || texts.indexOf(texts[at] ?? null) === at);
  const lines: string[] = [];
  let head: string | undefined;
  for (const part of parts) {
    // A head that says less of the same task, without its light, says nothing new.
    const isKnown = part.head !== undefined && head?.startsWith(part.head) === true;
    if (part.head !== undefined && !isKnown) lines.push(part.head);
    head = isKnown ? head : part.head;
    lines.push(...part.lines);
  }
  const feet = feetOf(parts);
  const secret = parts.some((part) => part.secret) ? { secret: true as const } : {};
  return withFooter({ lines, ...secret }, feet);
}

const takeBacks: Record<NonNullable<Part['takeBack']>, string> = {
  mistaken: '如有误,10分钟内回复「撤回」。',
  correctable: '如有误,10分钟内回复「撤回」,之后用「更正」。',
  unwanted: '如需收回,10分钟内回复「撤回」。',
};

/** Each foot once, the days in one line, and how to take things back once, at the end. */
function feetOf(parts: Part[]): string[] {
  const feet = [...new Set(parts.flatMap(({ foot }) => foot ?? []))];
  const days = [...new Set(parts.flatMap(({ happened }) => happened ?? []))].map(dayWord);
  const [how] = parts.flatMap(({ takeBack }) => takeBack ?? []);
  const told = days.length === 0 ? feet : [...feet, `发生日期${days.join('、')}。`];
  return how === undefined ? told : [...told.slice(0, -1), (told.at(-1) ?? '') + takeBacks[how]];
}

export function withNext([page, ...rest]: Reply[]): Reply | null {
  if (page === undefined) return null;
  return rest.length === 0 ? page : withFooter(page, ['后面还有,回复「下一页」。']);
}

/** The last line is the footer; one that was there before moves up. */
function withFooter(reply: Reply, more: string[]): Reply {
  const feet = [...(reply.footer === undefined ? [] : [reply.footer]), ...more];
  const footer = feet.at(-1);
  return footer === undefined ? reply : { ...reply, lines: [...reply.lines, ...feet.slice(0, -1)], footer };
}

/** A list in a group is one screen of it. */
export const pagesOf = ({ place, room = PAGE_BYTES }: Said, reply: Reply, parts: Part[]): Reply[] =>
  place !== 'single' && parts.some((part) => part.paged)
    ? screens(reply, SCREEN)
    : split(reply, Math.min(PAGE_BYTES, room));

/** Writes an answer to who asked; `what` tells the answers to one message apart. */
export const tellSpeaker = ({ tell, person, origin }: Said, reply: Reply, what: string): Promise<boolean> =>
  tell({
    key: `answer:${origin.platform}:${origin.messageId}:${person.id}:${what}`,
    personId: person.id,
    reply: reply.footer === undefined ? { ...reply, footer: noReplyNeeded } : reply,
    answers: true,
  });

/** What was said has been done; only the telling waits. */
const heldBack = '已按所说办理,内容请在与我的单聊中查询,不必重发。';
const heldAndSent = '已按所说办理,内容已私信您,不必重发。';

/** So many of the pieces that don't count are named, and so much of each. */
const NAMED = 3;
const PIECE = 24;

const EVIDENCE = /^(?:佐证|证明|照片|图片|材料|简报|通报).*(?:[存放]|在.*[室柜卷盘])/u;

/** An act without a figure. */
const ORDER = /^(?:请|拟|坚持)?(?:申请|提请|同意|不同意)?(?:销号|延期|挂牌|摘牌|退回|撤回|确认|批复)/u;

/** What of a message nothing was made of. Of one's own matters no words are repeated. */
export function leftPart(left: string[], isOwn: boolean): Part[] {
  if (left.length === 0) return [];
  const named = left.slice(0, NAMED).map((piece) => `「${folded(piece, PIECE)}」`);
  const what = isOwn ? '另有内容' : `${named.join('')}${left.length > NAMED ? `等${left.length}处` : ''}`;
  const how = left.every((piece) => EVIDENCE.test(piece))
    ? '佐证请写「佐证 任务编号 指标 名称 日期 存放处」'
    : left.every((piece) => ORDER.test(piece))
      ? '要办理的请写明任务编号,另发一条'
      : '要登记的请写明指标和数,另发一条';
  return [{ only: 'told', lines: [`未计入:${what}。${how}。`] }];
}
