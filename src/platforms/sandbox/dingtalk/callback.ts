import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Parcel } from '../courier.ts';
import { type Person, type Shown, Unshowable } from '../double.ts';
import { parseJson } from '../json.ts';

export interface Robot {
  appKey: string;
  appSecret: string;
  robotCode: string;
  botName: string;
}

export interface Words {
  id: string;
  /** Null is one to one. */
  group: { chat: string; name: string } | null;
  user: Person;
  text: string;
  quote: string | undefined;
  files: GivenFile[];
}

/** A file by the code that gives it out. */
interface GivenFile {
  kind: 'picture' | 'file';
  quoted: boolean;
  name: string;
  downloadCode: string;
}

const CORP = 'dingSandboxCorp';
const BOT = '$:LWCP_v1:$SandboxBot';
/** How long the address that comes with a message takes answers. */
export const SESSION_LIFE = 90 * 60_000;

/** DingTalk's signature: over the time and the secret, never over the body. Base64, not encoded for an address. */
export const sign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

export function seal(words: Words, robot: Robot, url: string, now: Date, oapi: string): Parcel {
  const timestamp = String(now.getTime());
  return {
    url,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      timestamp,
      sign: sign(timestamp, robot.appSecret),
    },
    body: JSON.stringify(callbackOf(words, robot, now.getTime(), oapi)),
  };
}

/** A robot's callback, the same by hook and by connection. `oapi` is the host that answers may be sent to. */
export function callbackOf(words: Words, robot: Robot, now: number, oapi: string) {
  const { id, group, user } = words;
  return {
    conversationId: group?.chat ?? `cidSingle${user.account}==`,
    conversationType: group ? '2' : '1',
    ...(group && { conversationTitle: group.name, isInAtList: true, atUsers: [{ dingtalkId: BOT }] }),
    chatbotCorpId: CORP,
    chatbotUserId: BOT,
    robotCode: robot.robotCode,
    msgId: id,
    ...contentOf(words, robot, now),
    senderId: `$:LWCP_v1:$${user.account}`,
    senderStaffId: user.account,
    senderNick: user.name,
    senderCorpId: CORP,
    isAdmin: false,
    createAt: now,
    sessionWebhook: `${oapi}/robot/sendBySession?session=${encodeURIComponent(id)}`,
    sessionWebhookExpiredTime: now + SESSION_LIFE,
  };
}

/**
 * Words, a file alone, or words and pictures as rich text, as which a group's lone picture comes too, with the mention;
 * what is quoted stands inside the content of each.
 */
function contentOf({ text, quote, files }: Words, { botName }: Robot, now: number) {
  const own = files.filter((file) => !file.quoted);
  const replied = quoted(
    quote,
    files.find((file) => file.quoted),
    now,
  );
  const [only, ...more] = own;
  if (!only) return { msgtype: 'text', text: { content: withoutBot(text, botName), ...replied } };
  if (text === '' && more.length === 0) {
    const { downloadCode, name: fileName, kind } = only;
    return { msgtype: kind, content: { downloadCode, ...(kind === 'file' && { fileName }), ...replied } };
  }
  const pictures = own.map(({ downloadCode }) => ({ type: 'picture', downloadCode }));
  return { msgtype: 'richText', content: { richText: [...pieces(text, botName), ...pictures], ...replied } };
}

/** DingTalk takes the bot's name out of plain text and leaves the blank that followed it. */
const withoutBot = (text: string, botName: string): string =>
  text.replace(`@${botName}`, '').replace(`＠${botName}`, '');

/** In rich text the bot's name stays, as a piece of its own. */
function pieces(text: string, botName: string): { text: string }[] {
  const mention = [`@${botName}`, `＠${botName}`].find((each) => text.includes(each));
  if (mention === undefined) return text === '' ? [] : [{ text }];
  const at = text.indexOf(mention);
  const cut = [text.slice(0, at), mention, text.slice(at + mention.length)];
  return cut.flatMap((each) => (each === '' ? [] : [{ text: each }]));
}

/** Nowhere in DingTalk's pages; the shape that its own AI team's connector reads. */
function quoted(quote: string | undefined, file: GivenFile | undefined, now: number) {
  if (quote === undefined && !file) return {};
  const { kind: msgType = 'text', downloadCode, name: fileName } = file ?? {};
  const content = file ? { downloadCode, ...(msgType === 'file' && { fileName }) } : { text: quote };
  return {
    isReplyMsg: true,
    repliedMsg: { msgType, msgId: `msgQuoted${now}`, senderId: BOT, createdAt: now, content },
  };
}

const answer = z
  .discriminatedUnion('msgtype', [
    z.object({ msgtype: z.literal('empty') }),
    z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
    z.object({
      msgtype: z.literal('markdown'),
      markdown: z.object({ title: z.string().min(1), text: z.string() }),
    }),
  ])
  .transform((said): Shown | null => {
    if (said.msgtype === 'empty') return null;
    return said.msgtype === 'text'
      ? { text: said.text.content, markup: 'text', mentions: [] }
      : { text: said.markdown.text, markup: 'markdown', mentions: [] };
  });

/** Reads the body that answered a callback. Throws `Unshowable`. */
export function open(body: string): Shown | null {
  if (body === '') return null;
  const plain = parseJson(body);
  if (plain === undefined) throw new Unshowable('the answer is no JSON');
  const result = answer.safeParse(plain);
  if (!result.success) throw new Unshowable(z.prettifyError(result.error));
  return result.data;
}
