import { aiBotText, robotTextJson, robotTextXml } from '../../clients/wecom.ts';
import { answered, aside, asideDing, ding, dingText, group, type Row, said, spoken } from './probe.ts';

export const unusable: Row[] = [
  ['WeCom: a plain text that is not UTF-8', aside, (t) => spoken(t, Buffer.from([0x7b, 0xff, 0x7d]))],
  [
    'WeCom: a DOCTYPE inside',
    aside,
    (t) => spoken(t, `<!DOCTYPE x>${robotTextXml({ ...said(), chat: group })}`),
  ],
  [
    'WeCom: ten thousand elements deep',
    aside,
    (t) => spoken(t, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
  ],
  [
    'WeCom: a prototype for a message',
    aside,
    (t) => spoken(t, '{"__proto__":{"msgtype":"text"},"constructor":{}}'),
  ],
  [
    'WeCom: a sender that is an object',
    aside,
    (t) => spoken(t, aiBotText(said()).replace(/"from":\{[^}]*\}/, '"from":{"userid":{"$ne":null}}')),
  ],
  [
    'DingTalk: JSON a hundred thousand deep',
    asideDing,
    (t) => ding(t, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  ],
  ['DingTalk: for another robot', asideDing, (t) => ding(t, { ...dingText(t), robotCode: 'dingother' })],
  ['DingTalk: a message without an id', asideDing, (t) => ding(t, { ...dingText(t), msgId: undefined })],
];

export const elsewhere: Row[] = [
  [
    'SSRF: sessionWebhook of a stranger',
    asideDing,
    (t) => ding(t, { ...dingText(t), sessionWebhook: `${t.trap}/session` }),
  ],
  [
    'SSRF: sessionWebhook with the real host for a user name',
    asideDing,
    (t) =>
      ding(t, { ...dingText(t), sessionWebhook: `${t.trap.replace('//', '//oapi.dingtalk.com@')}/session` }),
  ],
  [
    'SSRF: sessionWebhook at the metadata address',
    asideDing,
    (t) => ding(t, { ...dingText(t), sessionWebhook: 'http://169.254.169.254/latest' }),
  ],
  [
    'SSRF: response_url of a stranger',
    answered,
    (t) =>
      spoken(
        t,
        aiBotText(said('我的')).replace(/"response_url":"[^"]*"/, `"response_url":"${t.trap}/response"`),
      ),
  ],
  [
    'SSRF: webhook_url of a stranger',
    answered,
    (t) =>
      spoken(
        t,
        robotTextJson({ ...said('我的'), chat: group }).replace(
          /"webhook_url":"[^"]*"/,
          `"webhook_url":"${t.trap}/hook"`,
        ),
      ),
  ],
  [
    'SSRF: a picture that lies with a stranger',
    { status: 200, effect: 'a message' },
    (t) =>
      spoken(
        t,
        JSON.stringify({
          ...JSON.parse(aiBotText(said())),
          msgtype: 'image',
          text: undefined,
          image: { url: `${t.trap}/picture` },
        }),
      ),
  ],
];

export const names: Row[] = ['\0', '\ud83d'].flatMap((bad): Row[] => [
  [
    `WeCom: an id with ${JSON.stringify(bad)} in it`,
    aside,
    (t) => spoken(t, JSON.stringify({ ...JSON.parse(aiBotText(said())), msgid: `1${bad}2` })),
  ],
  [
    `DingTalk: a sender with ${JSON.stringify(bad)} in it`,
    asideDing,
    (t) => ding(t, { ...dingText(t), senderStaffId: `dt${bad}`, senderId: undefined }),
  ],
]);

export const words: Row[] = [
  ['text: a line of the log', '{"level":60,"msg":"forged line"}\n4.3.2 正在推进'],
  ['text: SQL', "4.3.2 正在推进'; drop table entries; --"],
  ['text: a formula', '4.3.2 正在推进 =cmd|"/c calc"!A1'],
  ['text: a script', '4.3.2 正在推进<script>alert(1)</script>'],
  ['text: a mention of everybody', '4.3.2 正在推进 <@all> @所有人'],
  ['text: controls, bidi and NUL', '4.3.2 正在推进\u0000\u202e\u2028\u0007'],
  ['text: half a surrogate pair', '4.3.2 正在推进\ud83d'],
  ['text: a template', '4.3.2 正在推进 #{7*7} {{7*7}} %s%n <%= 7*7 %>'],
].map(
  ([name = '', text = '']): Row => [
    name,
    { status: 200, body: /./, effect: 'one entry' },
    (t) => spoken(t, aiBotText(said(text))),
  ],
);
