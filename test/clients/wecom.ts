import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * WeCom's side of a callback, written from the platform's pages alone: it shares no line and no library with
 * what it tests.
 */
export interface WecomKeys {
  token: string;
  aesKey: string;
  receiveId?: string;
}

export interface WecomCall extends WecomKeys {
  plaintext: string | Buffer;
  now: Date;
  format?: 'json' | 'xml';
  nonce?: string;
  /** In place of the seconds of `now`. */
  timestamp?: string;
  /** Sixteen bytes. */
  random?: Buffer;
}

export interface HttpCall {
  method: string;
  query: string;
  headers: string[];
  body: Buffer;
}

export function wecomCall(options: WecomCall): HttpCall {
  return signedCall(options, seal(options));
}

/** A signed call around any text in the place of the cipher text. */
export function signedCall(options: WecomCall, encrypt: string): HttpCall {
  const { format = 'json' } = options;
  const body =
    format === 'json' ? JSON.stringify({ encrypt }) : `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
  const type = format === 'json' ? 'application/json' : 'text/xml';
  return {
    method: 'POST',
    query: query(options, encrypt),
    headers: ['Content-Type', type],
    body: Buffer.from(body),
  };
}

/** The call that WeCom makes when an address is entered in its console. */
export function wecomEcho(options: WecomCall): HttpCall {
  const encrypt = seal(options);
  const echo = `&echostr=${encodeURIComponent(encrypt)}`;
  return { method: 'GET', query: query(options, encrypt) + echo, headers: [], body: Buffer.alloc(0) };
}

function query({ token, now, nonce = 'nonce123', ...rest }: WecomCall, encrypt: string): string {
  const { timestamp = Math.floor(now.getTime() / 1000).toString() } = rest;
  const signature = sha1(token, timestamp, nonce, encrypt);
  return `msg_signature=${signature}&timestamp=${encodeURIComponent(timestamp)}&nonce=${encodeURIComponent(nonce)}`;
}

export interface WecomAnswer {
  format: 'json' | 'xml';
  timestamp: number;
  nonce: string;
  /** Decrypted; throws if the signature, the padding, the length or the receiver is wrong. */
  plaintext: string;
}

export function openWecomAnswer(keys: WecomKeys, body: string): WecomAnswer {
  const format = body.startsWith('<') ? 'xml' : 'json';
  const fields = format === 'xml' ? xmlAnswer(body) : jsonAnswer(body);
  const { encrypt, signature, timestamp, nonce } = fields;
  if (sha1(keys.token, timestamp.toString(), nonce, encrypt) !== signature) throw new Error('signature');
  return { format, timestamp, nonce, plaintext: unseal(keys, encrypt) };
}

/** What the chat shows of an answer, whichever kind it is. */
export function shownIn(plaintext: string): string {
  if (plaintext.startsWith('<')) return tag(plaintext, 'Content');
  const answer: { stream?: Text; markdown?: Text; text?: Text } = JSON.parse(plaintext);
  return (answer.stream ?? answer.markdown ?? answer.text)?.content ?? '';
}

interface Text {
  content: string;
}

function jsonAnswer(body: string) {
  const answer: { encrypt: string; msgsignature: string; timestamp: number; nonce: string } =
    JSON.parse(body);
  if (typeof answer.timestamp !== 'number') throw new Error('timestamp is no number');
  return { ...answer, signature: answer.msgsignature };
}

function xmlAnswer(body: string) {
  const timestamp = Number(/<TimeStamp>(\d+)<\/TimeStamp>/.exec(body)?.[1]);
  return {
    encrypt: tag(body, 'Encrypt'),
    signature: tag(body, 'MsgSignature'),
    timestamp,
    nonce: tag(body, 'Nonce'),
  };
}

/** An element's text, which is one CDATA section or several on end. */
function tag(xml: string, name: string): string {
  const section = '<!\\[CDATA\\[(?:(?!\\]\\]>)[\\s\\S])*\\]\\]>';
  const sections = new RegExp(`<${name}>((?:${section})+)</${name}>`).exec(xml)?.[1];
  if (sections === undefined) throw new Error(`no ${name}`);
  return sections.replace(/<!\[CDATA\[|\]\]>/g, '');
}

const sha1 = (...parts: string[]): string =>
  createHash('sha1')
    .update(parts.sort((a, b) => (a < b ? -1 : 1)).join(''))
    .digest('hex');

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64');

/** random(16) · length(4, big-endian) · message · receiver, padded to 32 bytes. */
export function seal({ aesKey, receiveId = '', plaintext, random = randomBytes(16) }: WecomCall): string {
  const message = Buffer.from(plaintext);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return encipher(aesKey, pad(Buffer.concat([random, length, message, Buffer.from(receiveId)])));
}

export function pad(bytes: Buffer): Buffer {
  const padding = 32 - (bytes.length % 32);
  return Buffer.concat([bytes, Buffer.alloc(padding, padding)]);
}

/** Any bytes, as they are: for the calls that a broken or hostile sender would make. */
export function encipher(aesKey: string, padded: Buffer): string {
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

function unseal({ aesKey, receiveId = '' }: WecomKeys, encrypt: string): string {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
  const bytes = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  if (!pad(bytes).equals(padded)) throw new Error('padding');
  const end = 20 + bytes.readUInt32BE(16);
  if (bytes.subarray(end).toString() !== receiveId) throw new Error('receiver');
  return bytes.subarray(20, end).toString();
}

export interface Said {
  id: string;
  /** Absent for a single chat. */
  chat?: string;
  sender: string;
  text: string;
  quote?: string;
}

export function aiBotText({ id, chat, sender, text, quote }: Said, aibotid = 'AIBOTID'): string {
  return JSON.stringify({
    msgid: id,
    aibotid,
    ...(chat === undefined ? { chattype: 'single' } : { chatid: chat, chattype: 'group' }),
    from: { userid: sender },
    response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=CODE',
    msgtype: 'text',
    text: { content: text },
    ...(quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: quote } } }),
  });
}

export function robotTextXml({ id, chat, sender, text }: Said): string {
  const kind = chat === undefined ? 'single' : 'group';
  return `<xml>
	<WebhookUrl> <![CDATA[https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY]]></WebhookUrl>
	<MsgId>${id}</MsgId>
	<ChatId><![CDATA[${chat ?? 'wrSINGLE'}]]></ChatId>
	<ChatType>${kind}</ChatType>
	<From><UserId>${sender}</UserId><Name><![CDATA[张三]]></Name><Alias><![CDATA[zs]]></Alias></From>
	<MsgType>text</MsgType>
	<Text><Content><![CDATA[${text}]]></Content></Text>
</xml>`;
}

export function robotTextJson({ id, chat, sender, text }: Said): string {
  return JSON.stringify({
    webhook_url: 'http://in.qyapi.weixin.qq.com/cgi-bin/webhook/send?key=WEBHOOK',
    msgid: id,
    chatid: chat ?? 'wrSINGLE',
    chattype: chat === undefined ? 'single' : 'group',
    from: { userid: sender, name: '张三', alias: 'zs' },
    msgtype: 'text',
    text: { content: text },
  });
}
