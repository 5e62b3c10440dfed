import { createCipheriv, createHash, randomInt } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import type { Parcel } from '../courier.ts';

/** The AI bot's callback, the group robot's in either of its formats, or the self-built app's. */
export type Via = 'bot' | 'robot-xml' | 'robot-json' | 'app';

/** The self-built app: members write to it one to one, and it to them. */
export interface App {
  corpId: string;
  secret: string;
  agentId: number;
}

export interface Keys {
  token: string;
  aesKey: string;
}

/** Robots, unlike apps, have an empty receiveid. */
export const receiveIdOf = (via: Via, { app }: Words): string => (via === 'app' ? app.corpId : '');

/** Where somebody's file lies. */
export interface GivenFile {
  kind: 'picture' | 'file';
  quoted: boolean;
  url: string;
  /** Where it isn't the callbacks' own key. */
  aeskey?: string;
  /** By which an app asks for it. */
  mediaId?: string;
}

/** A person's message, before it takes one of the shapes. */
export interface Words {
  id: string;
  /** Null is one to one. */
  group: string | null;
  user: { account: string; name: string };
  text: string;
  quote: string | undefined;
  files: GivenFile[];
  botId: string;
  /** The group robot's push address. */
  address: string;
  app: App;
}

/** Encrypted and signed; the bot's answer must carry `nonce` again. */
export function seal(via: Via, words: Words, keys: Keys, url: string, now: Date): Parcel & { nonce: string } {
  const sealed = encrypt(keys.aesKey, shapes[via](words, now), receiveIdOf(via, words));
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = String(randomInt(1_000_000_000, 2_000_000_000));
  const signature = getSignature(keys.token, timestamp, nonce, sealed);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const xml = via === 'robot-xml' || via === 'app';
  const { corpId, agentId } = words.app;
  const named = `<ToUserName>${cdata(corpId)}</ToUserName><AgentID>${cdata(`${agentId}`)}</AgentID>`;
  return {
    nonce,
    url: `${url}?${query}`,
    headers: { 'Content-Type': xml ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8' },
    body: xml
      ? `<xml>${via === 'app' ? named : ''}<Encrypt>${cdata(sealed)}</Encrypt></xml>`
      : JSON.stringify({ encrypt: sealed }),
  };
}

const PUBLIC = 'https://qyapi.weixin.qq.com/cgi-bin';

/** The AI bot's callback, the same by hook and by connection. */
export const callbackOf = ({ id, group, user, text, quote, files, botId }: Words) => ({
  msgid: id,
  aibotid: botId,
  ...(group !== null && { chatid: group }),
  chattype: group === null ? 'single' : 'group',
  from: { userid: user.account },
  response_url: `${PUBLIC}/aibot/response?response_code=${encodeURIComponent(id)}`,
  ...contentOf(
    text,
    files.filter(({ quoted }) => !quoted),
  ),
  ...quoteOf(
    quote,
    files.filter(({ quoted }) => quoted),
  ),
});

/** A file alone, or words and pictures mixed; a group's bot is only told of the latter. */
function contentOf(text: string, files: GivenFile[]) {
  const [only, ...more] = files;
  if (!only) return { msgtype: 'text', text: { content: text } };
  if (text === '' && more.length === 0) return alone(only);
  const words = { msgtype: 'text', text: { content: text } };
  return { msgtype: 'mixed', mixed: { msg_item: [...(text === '' ? [] : [words]), ...files.map(alone)] } };
}

function quoteOf(quote: string | undefined, [file]: GivenFile[]) {
  if (file) return { quote: alone(file) };
  return quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: quote } } };
}

function alone({ kind, url, aeskey }: GivenFile) {
  const at = { url, ...(aeskey === undefined ? {} : { aeskey }) };
  return kind === 'picture' ? { msgtype: 'image', image: at } : { msgtype: 'file', file: at };
}

/** A file's cipher text: the padded file, without the frame that messages have. */
export function encipher(aesKey: string, bytes: Buffer): Buffer {
  const key = Buffer.from(`${aesKey.replace(/=$/, '')}=`, 'base64');
  const padding = 32 - (bytes.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}

const shapes: Record<Via, (words: Words, now: Date) => string> = {
  bot: (words) => JSON.stringify(callbackOf(words)),
  // A group robot is told nothing of a quote.
  'robot-json': ({ id, group, user, text, address }) =>
    JSON.stringify({
      webhook_url: address,
      msgid: id,
      chatid: group ?? user.account,
      chattype: group === null ? 'single' : 'group',
      from: { userid: user.account, name: user.name, alias: user.account },
      get_chat_info_url: `${PUBLIC}/webhook/get_chat_info?code=${encodeURIComponent(id)}`,
      msgtype: 'text',
      text: { content: text },
    }),
  // WeCom's own sample has the blank before the address.
  'robot-xml': ({ id, group, user, text, address }) =>
    [
      '<xml>',
      `<WebhookUrl> ${cdata(address)}</WebhookUrl>`,
      `<MsgId>${cdata(id)}</MsgId>`,
      `<ChatId>${cdata(group ?? user.account)}</ChatId>`,
      `<ChatType>${group === null ? 'single' : 'group'}</ChatType>`,
      `<From><UserId>${cdata(user.account)}</UserId><Name>${cdata(user.name)}</Name>`,
      `<Alias>${cdata(user.account)}</Alias></From>`,
      `<GetChatInfoUrl>${cdata(`${PUBLIC}/webhook/get_chat_info?code=${encodeURIComponent(id)}`)}</GetChatInfoUrl>`,
      '<MsgType>text</MsgType>',
      `<Text><Content>${cdata(text)}</Content></Text>`,
      '</xml>',
    ].join('\n'),
  // It is told nothing of a quote either, and of one thing at a time: words, or a picture.
  app: ({ id, user, text, files: [picture, ...more], app }, now) => {
    if (picture && (text !== '' || more.length > 0))
      throw new Error('an app’s picture is a message of its own');
    return [
      '<xml>',
      `<ToUserName>${cdata(app.corpId)}</ToUserName>`,
      `<FromUserName>${cdata(user.account)}</FromUserName>`,
      `<CreateTime>${Math.floor(now.getTime() / 1000)}</CreateTime>`,
      picture
        ? `<MsgType>${cdata('image')}</MsgType><PicUrl>${cdata(picture.url)}</PicUrl>`
        : `<MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content>`,
      picture ? `<MediaId>${cdata(picture.mediaId ?? '')}</MediaId>` : '',
      `<MsgId>${numbered(id)}</MsgId>`,
      `<AgentID>${app.agentId}</AgentID>`,
      '</xml>',
    ].join('\n');
  },
};

/** An app's messages have numbers of 64 bits for names. */
const numbered = (id: string): bigint => createHash('sha256').update(id).digest().readBigUInt64BE() / 2n;

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
