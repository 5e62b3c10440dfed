import { dingtalkCall, dingtalkSign } from '../../clients/dingtalk.ts';
import { aiBotText, encipher, pad, seal, signedCall, wecomCall, wecomEcho } from '../../clients/wecom.ts';
import { send } from '../wire.ts';
import {
  aside,
  at,
  ding,
  dingText,
  forged,
  options,
  type Row,
  said,
  spoken,
  type Target,
  toDingtalk,
  toWecom,
} from './probe.ts';

export const unsigned: Row[] = [
  [
    'WeCom: no signature at all',
    forged,
    (t) => send(t.address, { method: 'POST', path: '/hooks/wecom', headers: [], body: '{}' }),
  ],
  [
    'WeCom: another token',
    forged,
    (t) => toWecom(t, wecomCall({ ...options(t, aiBotText(said())), token: 'other' })),
  ],
  ['WeCom: 301 s old', forged, (t) => spoken(t, aiBotText(said()), at(-302))],
  ['WeCom: 301 s ahead', forged, (t) => spoken(t, aiBotText(said()), at(302))],
  [
    'WeCom: the signature twice',
    forged,
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return toWecom(t, { ...call, query: `${call.query}&${call.query.split('&')[0]}` });
    },
  ],
  [
    "WeCom: another message's cipher text under a good signature",
    forged,
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return toWecom(t, { ...call, body: wecomCall(options(t, aiBotText(said()))).body });
    },
  ],
  [
    'WeCom: a DOCTYPE around a good cipher text',
    forged,
    (t) => {
      const sealed = seal(options(t, aiBotText(said())));
      const call = signedCall({ ...options(t, ''), format: 'xml' }, sealed);
      return toWecom(t, {
        ...call,
        body: Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${call.body.toString()}`),
      });
    },
  ],
  [
    'WeCom: an entity that names a file',
    forged,
    (t) => {
      const call = signedCall({ ...options(t, ''), format: 'xml' }, 'x');
      const xml = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>';
      return toWecom(t, { ...call, body: Buffer.from(xml) });
    },
  ],
  [
    'WeCom: a signature in the body',
    forged,
    (t) =>
      send(t.address, {
        method: 'POST',
        path: '/hooks/wecom',
        headers: ['Content-Type', 'application/x-www-form-urlencoded'],
        body: wecomCall(options(t, aiBotText(said()))).query,
      }),
  ],
  [
    'DingTalk: no headers',
    forged,
    (t) =>
      send(t.address, {
        method: 'POST',
        path: '/hooks/dingtalk',
        headers: [],
        body: JSON.stringify(dingText(t)),
      }),
  ],
  [
    'DingTalk: another secret',
    forged,
    (t) => toDingtalk(t, dingtalkCall({ secret: 'other', body: dingText(t), now: at() })),
  ],
  ['DingTalk: 301 s old', forged, (t) => ding(t, dingText(t), at(-302))],
  ['DingTalk: 301 s ahead', forged, (t) => ding(t, dingText(t), at(302))],
  [
    'DingTalk: a timestamp in seconds',
    forged,
    (t) => {
      const stamp = String(Math.floor(Date.now() / 1000));
      return stamped(t, stamp, stamp);
    },
  ],
  [
    'DingTalk: the signature of one second with the timestamp of another',
    forged,
    (t) => stamped(t, String(Date.now()), String(Date.now() + 1)),
  ],
  [
    'DingTalk: the signature twice',
    forged,
    (t) => {
      const call = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() });
      return toDingtalk(t, { ...call, headers: [...call.headers, 'sign', call.headers[5] ?? ''] });
    },
  ],
  ["WeCom's call at DingTalk's door", forged, (t) => toDingtalk(t, wecomCall(options(t, aiBotText(said()))))],
  [
    "DingTalk's call at WeCom's door",
    forged,
    (t) => toWecom(t, dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() })),
  ],
];

export const oracle: Row[] = [
  [
    'echo: the check that WeCom makes',
    { status: 200, body: '7512345', effect: 'nothing' },
    (t) => toWecom(t, wecomEcho(options(t, '7512345'))),
  ],
  [
    "echo: a message's cipher text is not read out",
    forged,
    (t) => toWecom(t, wecomEcho(options(t, aiBotText(said())))),
  ],
  ['echo: 65 characters', forged, (t) => toWecom(t, wecomEcho(options(t, '1'.repeat(65))))],
  ['echo: Chinese', forged, (t) => toWecom(t, wecomEcho(options(t, '督办')))],
  ['echo: nothing', forged, (t) => toWecom(t, wecomEcho(options(t, '')))],
  [
    'echo: unsigned',
    forged,
    (t) => send(t.address, { method: 'GET', path: '/hooks/wecom?echostr=abc', headers: [], body: '' }),
  ],
  [
    'padding: a last byte of 0',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, Buffer.alloc(64)))),
  ],
  [
    'padding: a last byte of 33',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, Buffer.alloc(64, 33)))),
  ],
  [
    'a length beyond the end',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, pad(Buffer.alloc(20, 255))))),
  ],
  ['a cipher text that is no base64', aside, (t) => toWecom(t, signedCall(options(t, ''), '****'))],
  ['a cipher text that is no whole block', aside, (t) => toWecom(t, signedCall(options(t, ''), 'YWJj'))],
  [
    'another receiver',
    aside,
    (t) => toWecom(t, wecomCall({ ...options(t, aiBotText(said())), receiveId: 'wwOther' })),
  ],
];

/** With one timestamp, and the signature of one. */
function stamped(t: Target, stamp: string, signed: string) {
  return toDingtalk(t, {
    method: 'POST',
    query: '',
    headers: ['timestamp', stamp, 'sign', dingtalkSign(signed, t.dingtalk.secret)],
    body: Buffer.from(JSON.stringify(dingText(t))),
  });
}
