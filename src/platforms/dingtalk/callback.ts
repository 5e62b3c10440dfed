import { z } from 'zod';
import type { Message, SentFile } from '../../chat/message.ts';
import { readJson, Unusable, word } from '../incoming.ts';
import { filesIn, isOfWords, quoteOf, unfold } from './quote.ts';
import { wordsOf } from './richText.ts';

const blank = z.string().optional().catch(undefined);
const name = word.optional().catch(undefined);

/** What every robot callback carries, as far as it is used; the shapes of the content stand below. */
const envelope = z.object({
  conversationType: z.union([z.literal('1'), z.literal('2'), z.literal(1), z.literal(2)]),
  conversationId: word,
  msgId: word,
  msgtype: z.string(),
  senderStaffId: name,
  senderId: name,
  robotCode: name,
  sessionWebhook: z.string().nullish(),
});

/** Sent in place of the content once the organisation's monthly quota is used up. */
const exhausted = z.object({ errorCode: z.coerce.number().pipe(z.literal(20001)) });

const node = z.object({ type: blank, text: blank, downloadCode: blank });
const nodes = z.array(node).max(500);

/** `content` comes as an object, as the same in a JSON string, or (in one sample) as the text itself. */
const content = z.preprocess(
  unfold,
  z
    .union([
      z.string(),
      z.object({ richText: nodes.optional(), recognition: blank, downloadCode: blank, fileName: blank }),
    ])
    .optional(),
);

const body = z.object({
  text: z.object({ content: z.string() }).optional().catch(undefined),
  content: content.catch(undefined),
  richText: z.object({ richTextList: nodes }).optional().catch(undefined),
});

/** Which robot and which hosts a callback may name. */
export interface Addressee {
  robotCode?: string | undefined;
  oapiBase: string;
}

/** Throws `Unusable`. */
export function readCallback(text: string | undefined, to: Addressee, proof: string): Message {
  const json = text === undefined ? undefined : readJson(text);
  if (json === undefined) throw new Unusable('正文读不出');
  if (exhausted.safeParse(json).success) throw new Unusable('本月消息接收额度已用完(20001),钉钉不再转来正文');
  const read = envelope.safeParse(json);
  if (!read.success) throw new Unusable('正文缺少必要字段');
  const call = read.data;
  checkAddressee(call, to);
  const sender = call.senderStaffId || call.senderId;
  if (!sender) throw new Unusable('没有发送人');
  const said = sayingOf(call.msgtype, body.parse(json));
  const quoted = quoteOf(json);
  const files = [...(said.files ?? []), ...filesIn(quoted)].slice(0, FILES);
  return {
    platform: 'dingtalk',
    bot: call.robotCode || to.robotCode || 'robot',
    id: call.msgId,
    sender,
    chat:
      Number(call.conversationType) === 2 ? { kind: 'group', id: call.conversationId } : { kind: 'single' },
    ...said,
    ...(files.length > 0 ? { files } : {}),
    ...(quoted && isOfWords(quoted) ? { quote: quoted.text ?? '' } : {}),
    proof,
  };
}

/** The signature doesn't cover the body, so what the body claims is held against the settings. */
function checkAddressee(call: z.infer<typeof envelope>, { robotCode, oapiBase }: Addressee): void {
  if (robotCode && call.robotCode && call.robotCode !== robotCode) throw new Unusable('机器人编码不符');
  if (!call.sessionWebhook) return;
  const host = URL.canParse(call.sessionWebhook) ? new URL(call.sessionWebhook).host : '';
  if (host !== 'oapi.dingtalk.com' && host !== new URL(oapiBase).host)
    throw new Unusable('sessionWebhook指向别处');
}

type Saying = Pick<Message, 'text' | 'media' | 'files'>;

/** At most so many of one message's: nobody means more. */
const FILES = 9;

/** What it can't read (a forwarded chat, a card) is a message all the same: its sender is told so. */
function sayingOf(type: string, said: z.infer<typeof body>): Saying {
  const inner = typeof said.content === 'object' ? said.content : undefined;
  switch (type) {
    case 'text': {
      const words = said.text?.content ?? (typeof said.content === 'string' ? said.content : undefined);
      if (words === undefined) throw new Unusable('没有正文');
      return { text: words.trim() };
    }
    case 'richText': {
      const parts = inner?.richText ?? said.richText?.richTextList;
      if (parts === undefined) throw new Unusable('没有正文');
      const pictures = parts.filter((part) => part.type === 'picture');
      if (pictures.length === 0) return { text: wordsOf(parts) };
      const files = pictures.flatMap(({ downloadCode }) => fileOf('picture', downloadCode));
      return { text: wordsOf(parts), media: 'picture', ...(files.length > 0 ? { files } : {}) };
    }
    case 'audio':
      return { text: inner?.recognition?.trim() ?? '', media: 'voice' };
    case 'picture':
    case 'video':
    case 'file': {
      const files = fileOf(type, inner?.downloadCode, inner?.fileName);
      return { text: '', media: type, ...(files.length > 0 ? { files } : {}) };
    }
    default:
      return { text: '', media: 'other' };
  }
}

const fileOf = (kind: SentFile['kind'], code: string | undefined, name?: string): SentFile[] =>
  code ? [{ kind, source: code, ...(name ? { name } : {}) }] : [];
