import type { Scene, Understood } from '../chat/intent.ts';
import type { Message } from '../chat/message.ts';
import { asksForMore } from '../chat/parse.ts';
import type { Reply } from '../chat/reply.ts';
import { mayStore, tellsOfReport, tellsWhom } from '../chat/storable.ts';
import { countsOnly, unstorable } from '../chat/words.ts';
import { waitingBeside } from '../commands/command/waiting.ts';
import type { Part, Said } from '../commands/command.ts';
import type { Day } from '../ledger/days.ts';
import { saying } from '../ledger/entries.ts';
import { lock } from '../ledger/facts.ts';
import { filesBy } from '../ledger/files.ts';
import type { Arrival } from '../ledger/inbox/arrival.ts';
import * as conversations from '../ledger/inbox/conversations.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Seal } from '../ledger/seal.ts';
import { act } from './act.ts';
import { askBack } from './ask.ts';
import { type Attached, attach, attachAlone } from './attach.ts';
import { compose, isHeld, leftPart, pagesOf, withNext } from './compose.ts';
import { meant, settled, tasksOf, without } from './meaning.ts';
import { askable } from './named.ts';
import type { Question } from './question.ts';
import { droppedWord, keeping, wanted } from './waiting.ts';

/** Characters, of which one (㈠, ﷺ) may be many as it is read; a 接龙 of thirty people has fewer. While a longer text is read everybody else would wait. */
const LONGEST = 1_500;

/** What was open between the bot and the speaker when the message came. */
type Before = Pick<NonNullable<Arrival['from']>, 'open' | 'noticeOpen'>;

/** What is answered, and what then is open between the bot and the speaker; null where nothing of it changes. */
interface Heard {
  reply: Reply | null;
  left: conversations.Conversation | null;
}

export async function hear(
  said: Said,
  message: Message,
  { open, noticeOpen }: Before,
  seal: Seal | undefined,
): Promise<Heard> {
  const isBare = without(message.text, said.vocabulary.botNames).trim() === '' && message.media !== undefined;
  const only = (line: string): Heard => ({ reply: { lines: [line] }, left: null });
  if (isBare && !message.files) return only(wordsPlease(said.botName));
  if (message.text.normalize('NFKC').length > LONGEST) return only(tooLong);
  if (!mayStore(message.text)) return only(unstorable);
  const files = await wanted(said, message, seal);
  const waiting = open.rest;
  const paging = waiting !== null && asksForMore(without(message.text, said.vocabulary.botNames));
  const turn = paging
    ? { pages: waiting, lastTask: open.lastTask, question: open.question as Question | null, records: false }
    : isBare
      ? await takeAlone(said, message, open, files)
      : await discuss(said, message, open, noticeOpen, files);
  const { pages, question, lastTask, records } = turn;
  // What is answered by nothing, as 收到 is, leaves the open question as it is.
  const changes = pages.length > 0 || question !== null;
  // What is looked up in between takes no place in a list; what is recorded may change one.
  const further = pages.length > 1 ? pages.slice(1) : null;
  const rest = paging ? further : (further ?? (records ? null : waiting));
  return { reply: withNext(pages), left: changes ? { lastTask, question, rest } : null };
}

interface Turn {
  pages: Reply[];
  lastTask: string | null;
  question: Question | null;
  /** Whether anything was done. */
  records: boolean;
}

/** Understands the words, does what each of them wants, and tells all of it in one message. */
async function discuss(
  said: Said,
  message: Message,
  open: conversations.Conversation,
  noticeOpen: boolean,
  files: number[],
): Promise<Turn> {
  const before = open.question as Question | null;
  const scene = sceneOf(said, message, open, noticeOpen);
  const words = without(message.text, said.vocabulary.botNames);
  const meaning = meant(said, scene, before, message.text);
  const asking = askable(said, meaning.understood);
  const read = meaning.read ?? words;
  // What was asked about on another day is of that day.
  const then = { ...said, today: meaning.on };
  const settling = await settled(then, { ...scene, today: meaning.on }, asking, read);
  const understood = meaning.on === said.today ? settling.understood : ofDay(settling.understood, meaning.on);
  const asks = understood.filter((item) => 'ask' in item);
  // A question would keep the words until it is answered.
  if (tellsWhom(words) && asks.length > 0) return turnOf(said, [{ lines: [countsOnly] }], open, null);
  // Of one's own matters, and of reports against others, only the deed is kept: no entry of the message holds its words.
  const isOwn = tellsOfReport(words) || understood.some((item) => isOwnMatter(said, item));
  const waiting = meaning.dropped ? files : [...(before?.files ?? []), ...files];
  const heard = {
    ...said,
    accompanying: waiting.length === 0 ? [] : await filesBy(said.tx, waiting),
    ...(isOwn ? { origin: saying(said.origin, '') } : {}),
  };
  const inOne = settling.question === null ? [] : settling.question.pieces ? asks : asks.slice(0, 1);
  const { done, open: left } = await actAll(heard, understood, inOne, read);
  const asked = settling.question ?? (tellsWhom(words) ? null : left);
  const waits = await waitingBeside(said, asks);
  const telling = (questions: Part[]): Part[] => [
    ...(meaning.dropped && before ? [{ lines: [droppedWord(before)] }] : []),
    ...done.flatMap((parts) => parts ?? questions),
    ...leftPart((asks.length === 0 && meaning.beside) || meaning.left, isOwn),
    ...waits,
  ];
  const here = telling(settling.question === null ? [] : [askBack(settling.question, said, true)]);
  // What can't be asked here can't be answered here.
  const isElsewhere = asked !== null && isHeld(said, here);
  const told = isElsewhere ? telling(inOne.map((each) => askBack(each, said.alone(), false))) : here;
  const attached: Attached = waiting.length === 0 ? { parts: [], left: [] } : await attach(said, waiting);
  const parts = [...told, ...attached.parts];
  if (parts.length === 0 && files.length === 0) return turnOf(said, [], open, null);
  const kept = isElsewhere || asked === null ? null : { ...asked, on: meaning.on };
  return turnOf(said, parts, open, keeping(kept, attached));
}

const sceneOf = (
  { person, today, place }: Said,
  { quote }: Message,
  { lastTask }: conversations.Conversation,
  noticeOpen: boolean,
): Scene => ({
  ...{ by: person.name, today, chat: place, noticeOpen },
  ...(quote === undefined ? {} : { quote }),
  ...(lastTask === null ? {} : { last: lastTask }),
});

/**
 * What came of each item in turn, null where a question stands for all that are asked about in one; and what one of them
 * alone still lacks.
 */
async function actAll(
  said: Said,
  understood: Understood[],
  inOne: Understood[],
  read: string,
): Promise<{ done: (Part[] | null)[]; open: Question | null }> {
  // Leaves first and is waited for last: whatever is read in between is read under it.
  const locked = lock(said.tx, said.plan.id, tasksOf(understood));
  locked.catch(() => {});
  const done: (Part[] | null)[] = [];
  const lacking: Question[] = [];
  for (const item of understood) {
    if (item === inOne[0]) done.push(null);
    else if (!inOne.includes(item)) {
      const { parts, open } = await act(sharing(said, item), item, read);
      done.push(parts);
      if (open) lacking.push(open);
    }
  }
  await locked;
  const [open = null, ...more] = lacking;
  return { done, open: more.length > 0 ? null : open };
}

/** With the day on which it happened. */
const ofDay = (understood: Understood[], on: Day): Understood[] =>
  understood.map((each) =>
    'act' in each && each.act === 'progress' && each.on === undefined && each.period === undefined
      ? { ...each, on }
      : each,
  );

/** What is kept with an entry is its share of the words alone. */
const sharing = (said: Said, item: Understood): Said =>
  'words' in item && item.words !== undefined && said.origin.words !== ''
    ? { ...said, origin: saying(said.origin, item.words) }
    : said;

function isOwnMatter({ vocabulary }: Said, item: Understood): boolean {
  const intent = 'act' in item && item.act !== 'silent' ? item : undefined;
  const task = vocabulary.tasks.find((each) => each.code === intent?.task);
  const indicator = task?.indicators.find((each) => each.code === intent?.indicator);
  const counts = intent?.act === 'progress' && tellsOfReport(`${task?.title} ${indicator?.label}`);
  return counts || (indicator?.level ?? task?.level) === 'self';
}

/** Files without a word. */
async function takeAlone(
  said: Said,
  message: Message,
  open: conversations.Conversation,
  files: number[],
): Promise<Turn> {
  const { files: before = [], alone: _, ...question } = (open.question ?? {}) as Partial<Question>;
  const isOpen = question.item !== undefined || question.readings !== undefined;
  const asked = question.ask !== undefined && isOpen ? { ...question, ask: question.ask } : null;
  try {
    const attached = await attachAlone(said, [...before, ...files], message.quote);
    return turnOf(said, attached.parts, open, keeping(asked, attached));
  } catch (error) {
    if (error instanceof Refusal) return turnOf(said, [{ lines: [error.message] }], open, asked);
    throw error;
  }
}

async function turnOf(
  said: Said,
  parts: Part[],
  open: conversations.Conversation,
  question: Question | null,
): Promise<Turn> {
  const reply = await compose(said, parts);
  const about = parts.flatMap(({ task, paged }) => task ?? (paged || task === null ? [null] : []));
  return {
    pages: reply === null ? [] : pagesOf(said, reply, parts),
    lastTask: about.length > 0 ? conversations.theOnly(about) : open.lastTask,
    question,
    records: parts.some(({ only }) => only === undefined),
  };
}

const tooLong = `这条消息超过${LONGEST}字,未记录。请分条发送,每条写明任务编号和进展。`;

const wordsPlease = (name: string) =>
  `图片、文件、语音和转发的记录暂不能单独登记。请引用它并@${name},写明任务编号和进展;或在单聊中补一句文字。`;
