import { z } from 'zod';
import type { Message, SentFile } from '../../chat/message.ts';
import { Unusable, word } from '../incoming.ts';
import { type Notation, readFields } from './fields.ts';
import { sourceOf } from './sent.ts';

/** The three shapes of callback that WeCom has, and the notation that decides how the answer is written. */
export type Surface =
  | { kind: 'aibot' }
  | { kind: 'robot'; notation: Notation }
  | { kind: 'app'; corp: string; sender: string };

/** What a decrypted callback says. */
export type Heard =
  | { is: 'message'; surface: Surface; message: Message }
  | { is: 'greeting'; surface: Surface }
  | { is: 'settled' };

/** Who the callback must be for; what is undefined isn't checked. */
export interface Addressee {
  botId?: string | undefined;
  receiveId: string;
  agentId?: number | undefined;
}

const spoken = z.object({ content: z.string() }).optional();
/** The AI bot's files come as cipher text, with a key of their own on a long connection; a group robot's lie open. */
const sent = z
  .object({ url: z.string().max(4096), aeskey: z.string().max(64), imageurl: z.string().max(4096) })
  .partial()
  .optional()
  .catch(undefined);
const items = z
  .object({ msgitem: z.array(z.object({ msgtype: z.string(), text: spoken, image: sent })).max(200) })
  .optional()
  .catch(undefined);
const content = z.object({
  msgtype: z.string(),
  text: spoken,
  /** Not every voice has become words. */
  voice: spoken.catch(undefined),
  image: sent,
  file: sent,
  video: sent,
  mixed: items,
  mixedmessage: items,
});

const robot = content.extend({
  aibotid: word.optional(),
  msgid: word.optional(),
  chatid: z.preprocess((value) => value || undefined, word.optional()),
  chattype: z.string().optional(),
  from: z.object({ userid: word }).optional().catch(undefined),
  event: z.object({ eventtype: z.string() }).optional(),
  quote: content.optional().catch(undefined),
});

const app = z.object({
  tousername: word,
  fromusername: word,
  msgtype: z.string(),
  content: z.string().optional(),
  msgid: word.optional(),
  agentid: word,
  mediaid: word.optional().catch(undefined),
  picurl: z.string().max(4096).optional().catch(undefined),
});

const INCOMPLETE = '明文缺少必要字段';

type Content = z.infer<typeof content>;
type Robot = z.infer<typeof robot>;

/** Throws `Unusable`. */
export function readCallback(text: string, to: Addressee, proof: string): Heard {
  const read = readFields(text);
  if (read === undefined) throw new Unusable('明文读不出');
  return 'tousername' in read.fields
    ? hearApp(parse(app, read.fields), to, proof)
    : hearRobot(parse(robot, read.fields), read.notation, to, proof);
}

function parse<T>(schema: z.ZodType<T>, fields: object): T {
  const parsed = schema.safeParse(fields);
  if (!parsed.success) throw new Unusable(INCOMPLETE);
  return parsed.data;
}

function hearRobot(callback: Robot, notation: Notation, to: Addressee, proof: string): Heard {
  const { aibotid, msgid, event, from } = callback;
  if (aibotid !== undefined && to.botId !== undefined && aibotid !== to.botId) {
    throw new Unusable('机器人ID不符');
  }
  const surface: Surface = aibotid === undefined ? { kind: 'robot', notation } : { kind: 'aibot' };
  if (callback.msgtype === 'event' && /^(enter_chat|add_to_chat)$/.test(event?.eventtype ?? '')) {
    return { is: 'greeting', surface };
  }
  const said = sayingOf(callback);
  const chat = said && chatOf(callback);
  // Other events and boards want no words, and a finished answer has nothing to add when it is asked for again.
  if (said === undefined || chat === undefined) return { is: 'settled' };
  if (callback.msgtype === 'text' && callback.text === undefined) throw new Unusable('没有正文');
  if (msgid === undefined) throw new Unusable('没有消息ID');
  if (from === undefined || isWithoutParts(callback)) throw new Unusable(INCOMPLETE);
  const quoted = callback.quote && sayingOf(callback.quote);
  const files = [...(said.files ?? []), ...(quoted?.files ?? [])];
  const message: Message = {
    platform: 'wecom',
    bot: aibotid ?? 'robot',
    id: msgid,
    sender: from.userid,
    chat,
    ...said,
    ...(files.length > 0 ? { files } : {}),
    ...(quoted?.text ? { quote: quoted.text } : {}),
    proof,
  };
  return { is: 'message', surface, message };
}

const isWithoutParts = ({ msgtype, mixed, mixedmessage }: Content): boolean =>
  msgtype === 'mixed' && !(mixed ?? mixedmessage);

/** Undefined for a board. Where the kind isn't told, a chat with a name is a group: more people read there. */
function chatOf({ chattype, chatid }: Robot): Message['chat'] | undefined {
  const kind = chattype ?? (chatid === undefined ? 'single' : 'group');
  if (kind === 'single') return { kind };
  if (kind !== 'group') return undefined;
  if (chatid === undefined) throw new Unusable('没有群ID');
  return { kind, id: chatid };
}

type Saying = Pick<Message, 'text' | 'media' | 'files'>;

const media = new Map<string, NonNullable<Message['media']>>([
  ['image', 'picture'],
  ['voice', 'voice'],
  ['video', 'video'],
  ['file', 'file'],
  ['location', 'other'],
  ['link', 'other'],
]);

/** Undefined for what isn't a message at all (events, a stream's refresh, a button). */
function sayingOf(said: Content): Saying | undefined {
  if (said.msgtype === 'text') return { text: said.text?.content ?? '' };
  const kind = media.get(said.msgtype);
  if (kind === 'voice') return { text: said.voice?.content ?? '', media: kind };
  if (kind === 'other') return { text: '', media: kind };
  if (kind !== undefined) return { text: '', media: kind, ...filesOf([fileOf(kind, said[fields[kind]])]) };
  if (said.msgtype !== 'mixed') return undefined;
  const parts = (said.mixed ?? said.mixedmessage)?.msgitem ?? [];
  const words = parts.filter((part) => part.msgtype === 'text').map((part) => part.text?.content ?? '');
  const pictures = parts.filter((part) => part.msgtype === 'image');
  if (pictures.length === 0) return { text: words.join('\n') };
  const files = pictures.map(({ image }) => fileOf('picture', image));
  return { text: words.join('\n'), media: 'picture', ...filesOf(files) };
}

const fields = { picture: 'image', file: 'file', video: 'video' } as const;

function fileOf(kind: SentFile['kind'], said: z.infer<typeof sent>): SentFile | undefined {
  const address = said?.url ?? said?.imageurl;
  if (said === undefined || address === undefined) return undefined;
  return { kind, source: sourceOf({ url: address, key: said.aeskey, open: said.url === undefined }) };
}

/** At most so many of one message's: nobody means more. */
const FILES = 9;

function filesOf(files: (SentFile | undefined)[]): Pick<Message, 'files'> {
  const known = files.filter((file) => file !== undefined).slice(0, FILES);
  return known.length > 0 ? { files: known } : {};
}

/** What a member sent to an app is asked for by its media id, with the app's own token; a picture lies open too. */
function keptFile(
  kind: NonNullable<Message['media']>,
  { mediaid, picurl }: z.infer<typeof app>,
): SentFile | undefined {
  if (kind === 'voice' || kind === 'other') return undefined;
  if (mediaid === undefined && picurl === undefined) return undefined;
  return { kind, source: sourceOf({ media: mediaid, url: picurl ?? '', key: undefined, open: true }) };
}

/** Members write to an app one to one only. */
function hearApp(callback: z.infer<typeof app>, to: Addressee, proof: string): Heard {
  const { tousername, fromusername, msgtype, msgid, agentid } = callback;
  if (tousername !== to.receiveId) throw new Unusable('企业ID不符');
  if (to.agentId !== undefined && agentid !== to.agentId.toString()) throw new Unusable('应用ID不符');
  const kind = media.get(msgtype);
  if (msgtype !== 'text' && kind === undefined) return { is: 'settled' };
  if (msgid === undefined) throw new Unusable('没有消息ID');
  const message: Message = {
    platform: 'wecom',
    bot: agentid,
    id: msgid,
    sender: fromusername,
    chat: { kind: 'single' },
    text: callback.content ?? '',
    ...(kind === undefined ? {} : { media: kind, ...filesOf([keptFile(kind, callback)]) }),
    proof,
  };
  return { is: 'message', surface: { kind: 'app', corp: tousername, sender: fromusername }, message };
}
