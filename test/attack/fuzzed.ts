import { dingtalkCall, dingtalkText } from '../clients/dingtalk.ts';
import {
  aiBotText,
  encipher,
  type HttpCall,
  pad,
  robotTextJson,
  robotTextXml,
  signedCall,
  wecomCall,
} from '../clients/wecom.ts';
import type { Random } from '../crash/random.ts';
import type { Target } from './probes/probe.ts';

export type Layer = 'http' | 'envelope' | 'cipher text' | 'plain text';

export interface Fuzzed extends Omit<HttpCall, 'method'> {
  platform: 'wecom' | 'dingtalk';
  layer: Layer;
}

const layers: readonly Layer[] = ['http', 'envelope', 'cipher text', 'plain text'];

/** What parsers of JSON, XML and Chinese stumble over. */
const morsels = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '\0',
    '\u202e',
    '\ud800',
    '\uffff',
    ' ',
    '\n',
  ],
  ...[
    '<xml>',
    '</xml>',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE x>',
    '&lt;',
    '<?xml?>',
    '__proto__',
    'constructor',
    'null',
  ],
  ...[
    '4.3.2 ',
    '演练+1',
    '累计',
    '第18项',
    '【3.2.1】',
    '@所有人',
    '撤回',
    '申请销号 ',
    '至',
    '2026-02-30',
    '９９',
    '万',
    '半',
  ],
  ...['1e999', '-0', '0x10', '9'.repeat(40), '%', '${', '\u{1f600}', '。', '、', ';', '代安全科 ', '挂牌 '],
] as const;

const phrases = [
  '4.3.2 演练+1',
  '我的',
  '总览',
  '5.1.1 责任书 17/20',
  '查 4.3.2',
  '撤回',
  '帮助',
  '完成 4.3.2',
  '更正 4.3.2 演练 累计2',
];

/** One call with something wrong in one of its layers; well signed or not, as asked. */
export function fuzzed(target: Target, random: Random, signed: boolean, now: Date): Fuzzed {
  const layer = random.pick(layers);
  const platform = random.chance(2 / 3) ? 'wecom' : 'dingtalk';
  const call =
    platform === 'wecom' ? wecomFuzz(target, random, layer, now) : dingtalkFuzz(target, random, layer, now);
  return { ...(signed ? call : unsigned(call, random)), platform, layer };
}

type Call = Omit<Fuzzed, 'platform' | 'layer'>;
const withMark = ({ query, headers, body }: HttpCall): Call => ({
  query: query === '' ? '' : `?${query}`,
  headers: headers.map(latin),
  body,
});

/** Node refuses to send what no header can carry. */
const latin = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

function wecomFuzz({ wecom }: Target, random: Random, layer: Layer, now: Date): Call {
  const options = { ...wecom, now, nonce: `n${random.below(1e9)}` };
  const plain = plainText(random);
  switch (layer) {
    case 'http': {
      const call = withMark(
        wecomCall({ ...options, plaintext: plain, format: random.pick(['json', 'xml']) }),
      );
      return {
        ...call,
        headers: ['Content-Type', latin(scribble(random, 6)), 'X-Odd', latin(scribble(random, 20))],
      };
    }
    case 'envelope':
      return withMark(
        signedCall(
          { ...options, plaintext: '', format: random.pick(['json', 'xml']) },
          words(random, 12) || 'x',
        ),
      );
    case 'cipher text': {
      const blocks = bytes(random, 32 * (1 + random.below(6)));
      return withMark(
        signedCall(
          { ...options, plaintext: '' },
          random.chance(0.5) ? blocks.toString('base64') : encipher(wecom.aesKey, pad(blocks)),
        ),
      );
    }
    case 'plain text':
      return withMark(
        wecomCall({ ...options, plaintext: spoil(plain, random), format: random.pick(['json', 'xml']) }),
      );
  }
}

function dingtalkFuzz({ dingtalk }: Target, random: Random, layer: Layer, now: Date): Call {
  const said = {
    id: `f${random.below(1e9)}`,
    sender: random.pick(['dt-anquan', 'dt-dangwei', 'nobody']),
    text: phrase(random),
  };
  const body = JSON.stringify(dingtalkText(said, now, dingtalk.robotCode));
  const call = (text: string | Buffer) =>
    withMark(dingtalkCall({ secret: dingtalk.secret, body: text, now }));
  switch (layer) {
    case 'http':
      return { ...call(body), query: `?${encodeURIComponent(words(random, 8).toWellFormed())}` };
    case 'envelope':
      return call(words(random, 40));
    case 'cipher text':
      return call(bytes(random, random.below(400)));
    case 'plain text':
      return call(spoil(body, random));
  }
}

function plainText(random: Random): string {
  const said = {
    id: `f${random.below(1e9)}`,
    sender: random.pick(['sec_anquan', 'sec_dangwei', 'off_zhuren', 'nobody']),
    text: phrase(random),
    ...(random.chance(0.5)
      ? { chat: random.pick(['wrSampleOffice0002', 'wrSampleLeaders0001', 'wrNowhere']) }
      : {}),
  };
  return random.pick([aiBotText, robotTextXml, robotTextJson])(said);
}

const phrase = (random: Random): string => (random.chance(0.3) ? random.pick(phrases) : words(random, 10));

/** The text with a few of its characters cut out, doubled or swapped for a morsel. */
function spoil(text: string, random: Random): string {
  let spoilt = text;
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const at = random.below(spoilt.length + 1);
    spoilt = spoilt.slice(0, at) + random.pick(morsels) + spoilt.slice(at + random.below(5));
  }
  return spoilt;
}

const words = (random: Random, most: number): string =>
  Array.from({ length: random.below(most) }, () => random.pick(morsels)).join('');

const scribble = (random: Random, most: number): string => words(random, most).replace(/[\r\n\0]/g, '');

const bytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.below(256)));

/** The signature gone, changed, or of another time. */
function unsigned(call: Call, random: Random): Call {
  const change = (text: string) =>
    text.replace(/msg_signature=[0-9a-f]{6}/, `msg_signature=${'0'.repeat(6)}`);
  const headers = call.headers.map((value, index) =>
    call.headers[index - 1] === 'sign' ? `A${value}` : value,
  );
  if (random.chance(0.3)) return { ...call, query: '', headers: [] };
  if (random.chance(0.3))
    return { ...call, query: call.query.replace(/timestamp=\d/, 'timestamp=2'), headers };
  return { ...call, query: change(call.query), headers };
}
