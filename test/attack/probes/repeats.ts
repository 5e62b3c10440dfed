import { dingtalkCall } from '../../clients/dingtalk.ts';
import { aiBotText, wecomCall } from '../../clients/wecom.ts';
import {
  at,
  chief,
  dingText,
  options,
  type Row,
  report,
  said,
  spoken,
  toDingtalk,
  toWecom,
} from './probe.ts';

export const repeated: Row[] = [
  [
    'replay: WeCom, three times the same call',
    { status: [200, 200, 200], effect: 'one entry' },
    async (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return [await toWecom(t, call), await toWecom(t, call), await toWecom(t, call)];
    },
  ],
  [
    'replay: WeCom, five at once',
    { status: [200, 200, 200, 200, 200], effect: 'one entry' },
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return Promise.all([1, 2, 3, 4, 5].map(() => toWecom(t, call)));
    },
  ],
  [
    'replay: WeCom, digits moved from the nonce to the timestamp',
    { status: [200, 401], effect: 'one entry' },
    async (t) => {
      const call = wecomCall({ ...options(t, aiBotText(said())), nonce: '5678' });
      const moved = call.query.replace(/timestamp=(\d+)&nonce=5678/, 'timestamp=$15&nonce=678');
      return [await toWecom(t, call), await toWecom(t, { ...call, query: moved })];
    },
  ],
  [
    'replay: DingTalk, three times the same call',
    { status: [200, 200, 200], effect: 'one entry' },
    async (t) => {
      const call = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() });
      return [await toDingtalk(t, call), await toDingtalk(t, call), await toDingtalk(t, call)];
    },
  ],
  [
    'swap: the signature of one DingTalk message around another is noticed',
    { status: [200, 200], effect: 'set aside' },
    async (t) => {
      const now = at();
      const one = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t, '我的'), now });
      const other = { ...one, body: Buffer.from(JSON.stringify(dingText(t, '总览'))) };
      return [await toDingtalk(t, one), await toDingtalk(t, other)];
    },
  ],
  [
    'a stranger is told how to bind, and nothing else',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said('4.3.2 演练+1', 'nobody'))),
  ],
  [
    'somebody with a name in other letters is somebody else',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said(report, chief.toUpperCase()))),
  ],
];
