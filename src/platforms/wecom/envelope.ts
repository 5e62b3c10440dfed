import { createDecipheriv } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import { z } from 'zod';
import { checkMoment, checkSame, only, readUtf8, Unusable } from '../incoming.ts';
import { Forged } from '../platform.ts';
import { element, type Notation, readFields } from './fields.ts';

export interface Keys {
  token: string;
  /** EncodingAESKey, 43 characters; its last one may carry bits that no key has. */
  aesKey: string;
  /** Whom the plaintext must be for: empty for robots, the CorpID for an app. */
  receiveId: string;
}

export interface Signed {
  timestamp: string;
  nonce: string;
  signature: string;
}

export function readSigned(query: URLSearchParams, now: Date): Signed {
  const one = (name: string) => only(query.getAll(name), name);
  const signed = { timestamp: one('timestamp'), nonce: one('nonce'), signature: one('msg_signature') };
  if (!/^[1-9]\d{0,10}$/.test(signed.timestamp)) throw new Forged('timestamp');
  checkMoment(Number(signed.timestamp) * 1000, now);
  return signed;
}

export function checkSignature(keys: Keys, signed: Signed, sealed: string): void {
  checkSame(signed.signature, getSignature(keys.token, signed.timestamp, signed.nonce, sealed));
}

const outer = z.object({ encrypt: z.string().min(1) });

export function readEnvelope(body: Buffer): { notation: Notation; sealed: string } {
  const text = readUtf8(body);
  const read = text === undefined ? undefined : readFields(text);
  const envelope = outer.safeParse(read?.fields);
  if (read === undefined || !envelope.success) throw new Forged('envelope');
  return { notation: read.notation, sealed: envelope.data.encrypt };
}

/**
 * The message in a signed cipher text. @wecom/crypto's own decrypt looks at neither padding nor length nor
 * receiver and mends broken UTF-8, after which none of them can be checked any more; so this reads the bytes
 * itself, as WeCom's page on encryption lays them out: 16 random bytes, length, message, receiver.
 */
export function open(keys: Keys, sealed: string): string {
  const bytes = decrypt(keys.aesKey, sealed);
  const length = bytes.length < 20 ? Number.POSITIVE_INFINITY : bytes.readUInt32BE(16);
  if (20 + length > bytes.length) throw new Unusable('解密后长度不符');
  if (!bytes.subarray(20 + length).equals(Buffer.from(keys.receiveId))) throw new Unusable('接收方ID不符');
  const message = readUtf8(bytes.subarray(20, 20 + length));
  if (message === undefined) throw new Unusable('解密后不是UTF-8');
  return message;
}

function decrypt(aesKey: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.toString('base64') !== sealed) throw new Unusable('密文不是规范的base64');
  return decipher(aesKey, bytes);
}

/** The bytes in a cipher text, their padding taken off. A key may come with or without the end of its base64. */
export function decipher(aesKey: string, bytes: Buffer): Buffer {
  if (bytes.length % 16 !== 0) throw new Unusable('密文长度不符');
  const key = Buffer.from(aesKey, 'base64');
  if (key.length !== 32) throw new Unusable('密钥长度不符');
  // WeCom pads to 32 bytes; OpenSSL would refuse any padding above 16.
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return unpad(Buffer.concat([cipher.update(bytes), cipher.final()]));
}

function unpad(bytes: Buffer): Buffer {
  const padding = bytes.at(-1) ?? 0;
  const end = bytes.length - padding;
  const whole =
    padding >= 1 && padding <= 32 && end >= 0 && bytes.subarray(end).every((byte) => byte === padding);
  if (!whole) throw new Unusable('解密后填充不符');
  return bytes.subarray(0, end);
}

/** An answer in the notation that the call came in, under the call's own nonce. */
export function seal(keys: Keys, text: string, nonce: string, notation: Notation, now: Date): string {
  const timestamp = Math.floor(now.getTime() / 1000);
  const sealed = encrypt(keys.aesKey, text, keys.receiveId);
  const signature = getSignature(keys.token, timestamp.toString(), nonce, sealed);
  if (notation === 'json') {
    return JSON.stringify({ encrypt: sealed, msgsignature: signature, timestamp, nonce });
  }
  const signed = `${element('MsgSignature', signature)}<TimeStamp>${timestamp}</TimeStamp>`;
  return `<xml>${element('Encrypt', sealed)}${signed}${element('Nonce', nonce)}</xml>`;
}
