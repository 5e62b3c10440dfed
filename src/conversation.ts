import type { Intent, Scene, Understood } from './chat/intent.ts';
import type { LinkTo } from './chat/link.ts';
import { chatKey, type Message } from './chat/message.ts';
import { type Account, accountFor, understand } from './chat/parse.ts';
import { type Reply, screens, split, textOf } from './chat/reply.ts';
import { mayStore } from './chat/storable.ts';
import { vocabularyOf } from './chat/vocabulary.ts';
import { dayWord, fitForGroup, folded, noReplyNeeded, unstorable } from './chat/words.ts';
import { answerTo, askable, askBack, type Question, questionOf, withAnswer } from './commands/ask.ts';
import { type Attached, attach, attachAlone } from './commands/attach.ts';
import { welcome } from './commands/bind.ts';
import type { Part, Said } from './commands/command.ts';
import { commands, isHeardAfterwards } from './commands/index.ts';
import { leftPart } from './commands/left.ts';
import { note } from './commands/note.ts';
import { refusalFor } from './commands/reach.ts';
import { enrol } from './commands/register.ts';
import { type Arrival, arrive } from './ledger/arrival.ts';
import { calendarOf } from './ledger/calendar.ts';
import type * as conversations from './ledger/conversations.ts';
import { dayOf } from './ledger/days.ts';
import type { Db } from './ledger/db.ts';
import { lock } from './ledger/facts.ts';
import { want } from './ledger/files.ts';
import { type Ground, readGround } from './ledger/ground.ts';
import * as inbox from './ledger/inbox.ts';
import type { Group, Plan } from './ledger/people.ts';
import { readCalendarDays, readPlan } from './ledger/planRead.ts';
import { inPrivate, notHere, Refusal } from './ledger/refusal.ts';
import { recordsUntil } from './ledger/rules/occasions.ts';
import type { Seal } from './ledger/seal.ts';
import { createTell } from './tell.ts';
import { upcoming } from './upcoming.ts';
import type { Ways } from './ways.ts';

/** One screen of a phone; what is longer waits for 下一页. */
const PAGE_BYTES = 3_000;

/** Lines of a text in a group. */
const SCREEN = 8;

/** Characters; a 接龙 of thirty people has fewer. Nobody else waits while a longer text is read. */
const LONGEST = 3_000;

/** What of the house a message needs besides its transaction. */
export interface Around {
  now: Date;
  botNames: string[];
  plans: KnownPlans;
  linkTo: LinkTo;
  ways: Ways;
  /** Without it the files of messages are left alone. */
  seal: Seal | undefined;
  /** Told of each letter that the message brings about. */
  put: () => void;
}

/** Everything that one message does, inside its one transaction: claimed first, its reply kept last. */
export async function converse(
  tx: Db,
  message: Message,
  key: inbox.MessageKey,
  { now, botNames, plans, linkTo, ways, seal, put }: Around,
): Promise<Reply | null> {
  const chat = chatKey(message);
  const place = message.chat.kind === 'group' ? message.chat.id : null;
  const arrival = await arrive(tx, key, { chat, group: place, proof: message.proof }, now);
  if ('told' in arrival) return arrival.told as Reply | null;
  const { from, group } = arrival;
  if (arrival.proofSeen) {
    await inbox.setAside(tx, message.platform, '同一签名随多个消息编号出现,已照常处理', now);
  }
  if (!from) {
    const reply = await welcome(tx, message, now);
    await inbox.keep(tx, key, reply, null);
    return reply;
  }
  const { person, plan } = from;
  if (place !== null && group?.planId !== plan.id) {
    const reply = await enrol(tx, message, person, now);
    await inbox.keep(tx, key, reply, person.id);
    return reply;
  }
  const common = {
    tx,
    person,
    ...(await known(tx, plan, botNames, plans)),
    text: message.text,
    origin: {
      ...{ personId: person.id, sectionId: person.sectionId },
      ...{ platform: message.platform, chat, messageId: message.id },
    },
    accompanied: false,
    botName: botNames[0] ?? '督办',
    commands,
    tell: createTell({ ways, linkTo, now, put }, tx, plan),
    now,
    today: dayOf(now, plan.timeZone),
  };
  const saidIn = (room: Group | null): Said => ({
    ...common,
    place: room === null ? 'single' : room.audience,
    group: room,
    link: (page) => linkTo(page, room === null ? { personId: person.id } : { groupId: room.id }, now),
    alone: () => saidIn(null),
    upcoming: (count) => upcoming(tx, common.plan, common.calendar, now, count),
  });
  const { reply, left } = await hear(saidIn(group), message, from, seal);
  const kept = reply?.secret ? toldOnce : reply;
  await inbox.keep(tx, key, kept, person.id, left && { ...left, chat, at: now });
  return reply;
}

/** What the bot has read of each plan: its ground, its words and its calendar, by the version they were read at. */
export type KnownPlans = Map<
  number,
  Pick<Said, 'vocabulary' | 'calendar'> & { version: number; ground: Ground }
>;

async function known(
  tx: Db,
  plan: Plan,
  botNames: string[],
  plans: KnownPlans,
): Promise<Pick<Said, 'plan' | 'vocabulary' | 'calendar'>> {
  let read = plans.get(plan.id);
  if (read?.version !== plan.version) {
    read = {
      version: plan.version,
      ground: await readGround(tx, plan),
      vocabulary: vocabularyOf(await readPlan(tx, plan.id), botNames),
      calendar: calendarOf(await readCalendarDays(tx, plan.id)),
    };
    plans.set(plan.id, read);
  }
  const { ground, vocabulary, calendar } = read;
  return { plan: { ...plan, ground }, vocabulary, calendar };
}

/** What was open between the bot and the speaker when the message came. */
type Before = Pick<NonNullable<Arrival['from']>, 'open' | 'noticeOpen'>;

/** What is answered, and what then is open between the bot and the speaker; null where nothing of it changes. */
interface Heard {
  reply: Reply | null;
  left: conversations.Conversation | null;
}

async function hear(
  said: Said,
  message: Message,
  { open, noticeOpen }: Before,
  seal: Seal | undefined,
): Promise<Heard> {
  const isBare = without(message.text, said.vocabulary.botNames).trim() === '' && message.media !== undefined;
  const only = (line: string): Heard => ({ reply: { lines: [line] }, left: null });
  if (isBare && !message.files) return only(wordsPlease(said.botName));
  if (message.text.length > LONGEST) return only(tooLong);
  if (!mayStore(message.text)) return only(unstorable);
  const files = await wanted(said, message, seal);
  const waiting = open.rest as Reply[] | null;
  const paging =
    waiting !== null && /^\s*(?:下一页|更多)\s*$/.test(without(message.text, said.vocabulary.botNames));
  const turn = paging
    ? { pages: waiting, lastTask: open.lastTask, question: null }
    : isBare
      ? await takeAlone(said, message, open, files)
      : await discuss(said, message, open, noticeOpen, files);
  const { pages, question, lastTask } = turn;
  const changes = pages.length > 0 || question !== null || open.question !== null;
  const rest = pages.length > 1 ? pages.slice(1) : null;
  return { reply: withNext(pages), left: changes ? { lastTask, question, rest } : null };
}

interface Turn {
  pages: Reply[];
  lastTask: string | null;
  question: Question | null;
}

/** Understands the words, does what each of them wants, and tells all of it in one message. */
async function discuss(
  said: Said,
  message: Message,
  open: conversations.Conversation,
  noticeOpen: boolean,
  files: number[],
): Promise<Turn> {
  const scene: Scene = {
    by: said.person.name,
    today: said.today,
    chat: said.place,
    noticeOpen,
    ...(message.quote === undefined ? {} : { quote: message.quote }),
    ...(open.lastTask === null ? {} : { last: open.lastTask }),
  };
  const meaning = meant(said, scene, open.question as Question | null, message.text);
  const understood = askable(said, meaning.understood);
  // Leaves first and is waited for last: whatever is read in between is read under it.
  const locked = lock(said.tx, said.plan.id, tasksOf(understood));
  locked.catch(() => {});
  const parts: Part[] = [];
  const words = without(message.text, said.vocabulary.botNames);
  const question = questionOf(understood, words, (each) => understand(each, scene, said.vocabulary));
  const waiting = [...((open.question as Question | null)?.files ?? []), ...files];
  // Of one's own matters only the deed is kept: no entry of the message holds its words.
  const isOwn = understood.some((item) => isOwnMatter(said, item));
  const heard = { ...said, accompanied: waiting.length > 0, ...(isOwn ? { text: '' } : {}) };
  const first = understood.find((item) => 'ask' in item);
  for (const item of understood) {
    parts.push(
      ...(item === first && question
        ? [askBack(question, said, true)]
        : await act(sharing(heard, item), item)),
    );
  }
  await locked;
  parts.push(...leftPart(meaning.left, isOwn));
  const attached = waiting.length === 0 ? nothingAttached : await attach(said, waiting);
  return turnOf(said, [...parts, ...attached.parts], open, keeping(question, attached));
}

/** What is kept with an entry is its share of the words alone. */
const sharing = (said: Said, item: Understood): Said =>
  'words' in item && item.words !== undefined && said.text !== '' ? { ...said, text: item.words } : said;

function isOwnMatter({ vocabulary }: Said, item: Understood): boolean {
  const intent = 'act' in item && item.act !== 'silent' ? item : undefined;
  const task = vocabulary.tasks.find((each) => each.code === intent?.task);
  const indicator = task?.indicators.find((each) => each.code === intent?.indicator);
  return (indicator?.level ?? task?.level) === 'self';
}

const nothingAttached: Attached = { parts: [], left: [] };

/** Files without a word. */
async function takeAlone(
  said: Said,
  message: Message,
  open: conversations.Conversation,
  files: number[],
): Promise<Turn> {
  const before = (open.question as Question | null)?.files ?? [];
  try {
    const attached = await attachAlone(said, [...before, ...files], message.quote);
    return turnOf(said, attached.parts, open, keeping(null, attached));
  } catch (error) {
    if (error instanceof Refusal) return turnOf(said, [{ lines: [error.message] }], open, null);
    throw error;
  }
}

/** What still waits to be told what it stands behind is asked about again with whatever else is asked. */
const keeping = (question: Question | null, { left }: Attached): Question | null =>
  left.length === 0 ? question : { ...(question ?? { ask: 'meaning' }), files: left };

async function turnOf(
  said: Said,
  parts: Part[],
  open: conversations.Conversation,
  question: Question | null,
): Promise<Turn> {
  const reply = await compose(said, parts);
  return {
    pages: reply === null ? [] : pagesOf(said, reply, parts),
    lastTask: parts.findLast((part) => part.task !== undefined)?.task ?? open.lastTask,
    question,
  };
}

/** A list in a group is one screen of it. */
const pagesOf = ({ place }: Said, reply: Reply, parts: Part[]): Reply[] =>
  place !== 'single' && parts.some((part) => part.paged) ? screens(reply, SCREEN) : split(reply, PAGE_BYTES);

/** The files of a message, to be fetched after its transaction; their sources stand under seal. */
async function wanted(
  { tx, plan, person, origin, now }: Said,
  message: Message,
  seal?: Seal,
): Promise<number[]> {
  const { platform, id: messageId } = message;
  if (!message.files || !seal) return [];
  const from = { planId: plan.id, personId: person.id, platform, chat: origin.chat ?? '', messageId };
  const rows = message.files.map(({ kind, name = '', source }) => ({
    ...from,
    ...{ kind, name: mayStore(name) ? folded(name, 80) : '', sealedSource: seal.close(source) },
  }));
  return want(tx, rows, now);
}

/** A short answer to the open question means what was asked about; everything else is understood afresh. */
function meant({ vocabulary }: Said, scene: Scene, question: Question | null, words: string): Account {
  const answer = answerTo(question, without(words, vocabulary.botNames));
  if (answer === null || question === null) return accountFor(words, scene, vocabulary);
  const { chosen, code = null } = answer;
  const reading = chosen === null ? undefined : question.readings?.[chosen];
  if (reading) return { understood: [reading], left: [] };
  const option = code ?? (chosen === null ? undefined : question.options?.[chosen]);
  // 否: none of the choices, so that it has to be said in full.
  if (option === undefined) return { understood: [{ ask: question.ask, ...wordsOf(question) }], left: [] };
  return accountFor(withAnswer(question.item ?? '', option, vocabulary), scene, vocabulary);
}

const wordsOf = ({ item, words }: Question): Pick<Question, 'item' | 'words'> => ({
  ...(item === undefined ? {} : { item }),
  ...(words === undefined ? {} : { words }),
});

/** One item: its command, its refusal or the question back. What one item meets doesn't touch the others. */
async function act(said: Said, item: Understood): Promise<Part[]> {
  if ('ask' in item) return [askBack(item, said, false)];
  if (item.act === 'silent') return [];
  try {
    const command = commandFor(said, item);
    if (!isHeardAfterwards(command) && isOver(said)) throw new Refusal(over(said));
    const part = await command.run(said, item);
    return part === null ? [] : [part];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isOutOfPlace = error.message === inPrivate && (await answeredAlone(said, item));
    return [{ lines: [isOutOfPlace ? '已私信您。' : refusalFor(said, error.message)] }];
  }
}

/** What may not be told here goes to the asker one to one, where that is possible; an act is never done from here. */
async function answeredAlone(said: Said, item: Intent): Promise<boolean> {
  const alone = said.alone();
  const command = commands.find((each) => each.act === item.act);
  if (!command?.tells || said.place === 'single' || !command.may(alone)) return false;
  const part = await command.run(alone, item).catch((error: unknown) => {
    if (error instanceof Refusal) return { lines: [error.message] };
    throw error;
  });
  return part !== null && tellSpeaker(said, inOne([part]), item.task ?? '');
}

/** Writes an answer to who asked; `what` tells the answers to one message apart. */
const tellSpeaker = ({ tell, person, origin }: Said, reply: Reply, what: string): Promise<boolean> =>
  tell({
    key: `answer:${origin.platform}:${origin.messageId}:${person.id}:${what}`,
    personId: person.id,
    reply: reply.footer === undefined ? { ...reply, footer: noReplyNeeded } : reply,
    answers: true,
  });

/** An act that no command takes up is kept as a note, and the reply says so: nothing that was said gets lost. */
function commandFor(said: Said, intent: Intent): (typeof commands)[number] {
  const command = commands.find((each) => each.act === intent.act) ?? note;
  if (command.may(said)) return command;
  throw new Refusal(command.may({ ...said, place: 'single' }) ? inPrivate : notHere);
}

const tasksOf = (understood: Understood[]): string[] => [
  ...new Set(understood.flatMap((item) => ('task' in item && item.task !== undefined ? [item.task] : []))),
];

/** What may not stand in a group doesn't go out in one: its reader gets it one to one or asks for it there. */
async function compose(said: Said, parts: Part[]): Promise<Reply | null> {
  if (parts.length === 0) return null;
  const reply = inOne(parts);
  const wide = said.place !== 'single' && said.place !== 'office';
  if (!wide || fitForGroup(textOf(reply))) return reply;
  return { lines: [(await tellSpeaker(said, reply, 'held')) ? heldAndSent : heldBack] };
}

/** Parts of one head are told together, each foot and each part without a head once. */
function inOne(all: Part[]): Reply {
  const texts = all.map((part) => (part.head === undefined ? part.lines.join('\n') : null));
  const parts = all.filter((part, at) => part.head !== undefined || texts.indexOf(texts[at] ?? null) === at);
  const lines: string[] = [];
  let head: string | undefined;
  for (const part of parts) {
    if (part.head !== undefined && part.head !== head) lines.push(part.head);
    head = part.head;
    lines.push(...part.lines);
  }
  const feet = onceEach(parts.flatMap((part) => part.foot ?? []));
  const secret = parts.some((part) => part.secret) ? { secret: true as const } : {};
  return withFooter({ lines, ...secret }, feet);
}

/** Each foot once, and how to take things back once. */
function onceEach(feet: string[]): string[] {
  const kept: string[] = [];
  for (const foot of new Set(feet)) {
    const isSaid = kept.some((each) => each.includes('回复「撤回」'));
    const rest = isSaid ? foot.replace(/如[^。]*回复「撤回」[^。]*。/u, '') : foot;
    if (rest !== '') kept.push(rest);
  }
  return kept;
}

function withNext([page, ...rest]: Reply[]): Reply | null {
  if (page === undefined) return null;
  return rest.length === 0 ? page : withFooter(page, ['后面还有,回复「下一页」。']);
}

/** The last line is the footer; one that was there before moves up. */
function withFooter(reply: Reply, more: string[]): Reply {
  const feet = [...(reply.footer === undefined ? [] : [reply.footer]), ...more];
  const footer = feet.at(-1);
  return footer === undefined ? reply : { ...reply, lines: [...reply.lines, ...feet.slice(0, -1)], footer };
}

const without = (text: string, names: string[]): string =>
  names.reduce((rest, name) => rest.replaceAll(`@${name}`, ' '), text);

/** What a second copy of the message is told. */
const toldOnce: Reply = { lines: ['码只发一次。如未收到,请再发一次原话,重新领取。'] };

/** The year's ledger is closed: what belongs to it could be said until the fifth working day of January. */
const isOver = (said: Said): boolean => said.today > recordsUntil(said);

const over = (said: Said): string =>
  `未记录:${said.plan.year}年度台账已于${dayWord(recordsUntil(said))}停止登记,现只供查询;新的进展请按下一年度方案登记,或与整改办联系。`;

/** What was said has been done; only the telling waits. */
const heldBack = '已按所说办理,内容请在与我的单聊中查询,不必重发。';
const heldAndSent = '已按所说办理,内容已私信您,不必重发。';

const tooLong = '这条消息超过3000字,未记录。请分条发送,每条写明任务编号和进展。';

const wordsPlease = (name: string) =>
  `图片、文件和语音暂不能单独登记。请引用它并@${name},写明任务编号和进展;或在单聊中补一句文字。`;
