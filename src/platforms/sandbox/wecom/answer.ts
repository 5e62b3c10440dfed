import { decrypt, getSignature } from '@wecom/crypto';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { type Shown, Unshowable } from '../double.ts';
import { type Keys, receiveIdOf, type Via, type Words } from './callback.ts';

/** Opens the envelope that came back for a callback with this nonce. Throws `Unshowable`. */
export function open(via: Via, body: string, words: Words, keys: Keys, nonce: string): Shown | null {
  if (body === '' || body === 'success') return null;
  const isXml = via === 'robot-xml' || via === 'app';
  const envelope = isXml ? read(xmlEnvelope, xml(body)) : read(jsonEnvelope, json(body));
  const signature = getSignature(keys.token, envelope.timestamp, envelope.nonce, envelope.encrypt);
  if (signature !== envelope.signature) throw new Unshowable('the envelope is not signed with the token');
  if (via === 'bot' && envelope.nonce !== nonce) throw new Unshowable('the nonce is not the callback’s');
  const plain = decrypted(keys, envelope.encrypt, receiveIdOf(via, words));
  const shown = read(answers[via](words), isXml ? xml(plain) : json(plain));
  return shown.text.trim() === '' ? null : shown;
}

function decrypted(keys: Keys, sealed: string, receiveId: string): string {
  try {
    const { message, id } = decrypt(keys.aesKey, sealed);
    if (id === receiveId) return message;
  } catch {
    throw new Unshowable('the envelope does not open with the AES key');
  }
  throw new Unshowable(`the receiveid is not ${receiveId || 'empty'}`);
}

const jsonEnvelope = z
  .object({
    encrypt: z.string(),
    msgsignature: z.string(),
    timestamp: z.union([z.string(), z.number()]).transform(String),
    nonce: z.string(),
  })
  .transform(({ msgsignature, ...rest }) => ({ ...rest, signature: msgsignature }));

const xmlEnvelope = z
  .object({
    xml: z.object({
      Encrypt: z.string(),
      MsgSignature: z.string(),
      TimeStamp: z.string(),
      Nonce: z.string(),
    }),
  })
  .transform(({ xml: { Encrypt, MsgSignature, TimeStamp, Nonce } }) => ({
    encrypt: Encrypt,
    signature: MsgSignature,
    timestamp: TimeStamp,
    nonce: Nonce,
  }));

const atMost = (limit: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= limit, `longer than ${limit} bytes`);

/** To a person's message the AI bot answers nothing but a stream; nobody polls here, so it has to be finished. */
const streamAnswer = z
  .object({
    msgtype: z.literal('stream'),
    stream: z.object({ id: z.string().min(1), finish: z.literal(true), content: atMost(20_480) }),
  })
  .transform(({ stream }) => markdown(stream.content));

const jsonAnswer = z
  .discriminatedUnion('msgtype', [
    z.object({ msgtype: z.literal('text'), text: z.object({ content: atMost(2048) }) }),
    z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: atMost(4096) }) }),
  ])
  .transform((said) =>
    said.msgtype === 'text' ? words(said.text.content) : markdown(said.markdown.content),
  );

const xmlAnswer = z
  .object({
    xml: z.discriminatedUnion('MsgType', [
      z.object({ MsgType: z.literal('text'), Text: z.object({ Content: atMost(2048) }) }),
      z.object({ MsgType: z.literal('markdown'), Markdown: z.object({ Content: atMost(4096) }) }),
    ]),
  })
  .transform(({ xml: said }) =>
    said.MsgType === 'text' ? words(said.Text.Content) : markdown(said.Markdown.Content),
  );

/** An app's, to the one who wrote; what is longer than a text may be is cut in silence. */
const appAnswer = ({ user, app }: Words) =>
  z
    .object({
      xml: z.object({
        ToUserName: z.literal(user.account),
        FromUserName: z.literal(app.corpId),
        CreateTime: z.string().regex(/^\d+$/),
        MsgType: z.literal('text'),
        Content: z.string(),
      }),
    })
    .transform(({ xml: { Content } }) => words(cut(Content)));

const answers: Record<Via, (words: Words) => z.ZodType<Shown>> = {
  bot: () => streamAnswer,
  'robot-json': () => jsonAnswer,
  'robot-xml': () => xmlAnswer,
  app: appAnswer,
};

/** An app's 2048 bytes, on a whole character. */
export const cut = (text: string): string =>
  new TextDecoder().decode(Buffer.from(text).subarray(0, 2048)).replace(/\uFFFD$/, '');

/** Accounts mentioned the way WeCom's markdown has it, `<@account>`; it works in a text's content too. */
export const mentioned = (text: string): string[] =>
  [...text.matchAll(/<@([^<>\s]+)>/g)].map(([, account = '']) => account);

const words = (text: string): Shown => ({ text, markup: 'text', mentions: mentioned(text) });
const markdown = (text: string): Shown => ({ text, markup: 'markdown', mentions: mentioned(text) });

const parser = new XMLParser({ parseTagValue: false, trimValues: false });
const xml = (body: string): unknown => attempt('XML', () => parser.parse(body, true));
const json = (body: string): unknown => attempt('JSON', () => JSON.parse(body));

function attempt(name: string, parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    throw new Unshowable(`the answer is no ${name}`);
  }
}

function read<T extends z.ZodType>(schema: T, plain: unknown): z.infer<T> {
  const result = schema.safeParse(plain);
  if (!result.success) throw new Unshowable(z.prettifyError(result.error));
  return result.data;
}
