import type { Reply } from '../../chat/reply.ts';
import type { Lines } from '../connection/protocol.ts';
import { sources } from '../download.ts';
import type { Fetch } from '../http.ts';
import { only, Unusable } from '../incoming.ts';
import { type Answer, type Call, Forged, type Platform, type Received } from '../platform.ts';
import { roomOf, write } from './answer.ts';
import { type Addressee, readCallback } from './callback.ts';
import { checkSignature, type Keys, open, readEnvelope, readSigned, type Signed, seal } from './envelope.ts';
import { createWecomLink } from './link.ts';
import { createPush, type PushSettings } from './push.ts';
import { takeSent } from './sent.ts';
import type { LinkSettings } from './speech.ts';

export interface WecomSettings extends PushSettings, Addressee {
  /** Without it and the key every callback is refused; pushes to addresses work all the same. */
  token?: string | undefined;
  aesKey?: string | undefined;
  /** The AI bot's long connection. */
  connection?: LinkSettings | undefined;
  /** Hosts that files may be fetched from besides WeCom's own. */
  mediaHosts?: readonly string[] | undefined;
}

/** Where WeCom's own pages and callbacks have files lie. */
const HOSTS = [
  ...['ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com', 'qyapi.weixin.qq.com'],
  ...['p.qpic.cn', 'wework.qpic.cn'],
];

const empty: Answer = { status: 200, type: 'text/plain', body: '' };

/** WeCom (企业微信): the AI bot's, the group robot's and the app's callbacks at one door, its long connection, and the ways to push. */
export function createWecom(settings: WecomSettings, fetch: Fetch, lines?: Lines): Platform {
  const { token, aesKey, receiveId, connection, publicUrl } = settings;
  const keys = token && aesKey ? { token, aesKey, receiveId } : undefined;
  const linked = lines && connection && createWecomLink(connection, publicUrl, lines);
  const { collect, ...push } = createPush(settings, fetch, linked);
  const places = sources(settings.apiBase, HOSTS, settings.mediaHosts);
  return {
    receive: (call, now) => receive(call, now, settings, keys),
    take: (source, now) => takeSent(source, { aesKey, collect }, places, now),
    ...push,
    ...(linked ? { link: linked.link } : {}),
  };
}

function receive(call: Call, now: Date, settings: WecomSettings, keys: Keys | undefined): Received {
  if (keys === undefined) throw new Forged('no credentials');
  // A plus belongs to the base64 of a cipher text; nothing in these queries is ever a blank.
  const query = new URLSearchParams(call.query.replaceAll('+', '%2B'));
  const signed = readSigned(query, now);
  if (call.method === 'GET') return echo(keys, signed, only(query.getAll('echostr'), 'echostr'));
  if (call.method !== 'POST') throw new Forged('method');
  const { notation, sealed } = readEnvelope(call.body);
  checkSignature(keys, signed, sealed);
  try {
    const heard = readCallback(open(keys, sealed), settings, signed.signature);
    if (heard.is === 'settled') return { is: 'settled', answer: empty };
    const answer = (reply: Reply | null): Answer => {
      if (reply === null) return empty;
      const text = write(heard, reply, now, settings.publicUrl);
      const type = notation === 'json' ? 'application/json' : 'text/xml';
      return { status: 200, type, body: seal(keys, text, signed.nonce, notation, now) };
    };
    return heard.is === 'message'
      ? { is: 'message', message: { ...heard.message, ...roomOf(heard.surface) }, answer }
      : { is: 'greeting', answer };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { is: 'unusable', reason: error.message, answer: empty };
  }
}

/** The check that WeCom makes when an address is entered: the number it sent, and not a character more. */
function echo(keys: Keys, signed: Signed, sealed: string): Received {
  checkSignature(keys, signed, sealed);
  try {
    const body = open(keys, sealed);
    if (!/^[\x20-\x7e]{1,64}$/.test(body)) throw new Forged('echo');
    return { is: 'settled', answer: { status: 200, type: 'text/plain', body } };
  } catch (error) {
    // Signed, yet not for us: entering the address must not succeed.
    throw error instanceof Unusable ? new Forged(error.message) : error;
  }
}
