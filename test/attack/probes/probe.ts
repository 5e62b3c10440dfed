import { randomUUID } from 'node:crypto';
import { dingtalkCall, dingtalkText } from '../../clients/dingtalk.ts';
import { type HttpCall, type WecomCall, wecomCall } from '../../clients/wecom.ts';
import { type Reply, type Sent, send } from '../wire.ts';

/** The keys that the server under attack was started with. */
export interface Target {
  address: string;
  wecom: { token: string; aesKey: string };
  dingtalk: { secret: string; robotCode: string };
  /** An address of ours that the server must never call. */
  trap: string;
}

/**
 * What a probe may leave behind: nothing, a row for the admin to see, a message answered, or one entry in the ledger
 * however often it was sent.
 */
export type Effect = 'nothing' | 'set aside' | 'a message' | 'one entry';

export interface Probe {
  name: string;
  expect: { status: number | number[]; body?: string | RegExp; effect: Effect };
  run(target: Target): Promise<Reply | Reply[]>;
}

export const group = 'wrSampleOffice0002';
export const chief = 'sec_anquan';
export const report = '4.3.2 演练+1';
export const empty = '';
export const emptyDingtalk = '{"msgtype":"empty"}';

export const hook = (call: HttpCall, platform: 'wecom' | 'dingtalk'): Sent => ({
  method: call.method,
  path: `/hooks/${platform}${call.query === '' ? '' : `?${call.query}`}`,
  headers: call.headers,
  body: call.body,
});

export const at = (seconds = 0) => new Date(Date.now() + seconds * 1000);
export const said = (text = report, sender = chief) => ({ id: randomUUID(), sender, text });
export const options = (target: Target, plaintext: string | Buffer, now = at()): WecomCall => ({
  ...target.wecom,
  plaintext,
  now,
});
export const toWecom = (target: Target, call: HttpCall) => send(target.address, hook(call, 'wecom'));
export const toDingtalk = (target: Target, call: HttpCall) => send(target.address, hook(call, 'dingtalk'));
export const spoken = (target: Target, plaintext: string | Buffer, now?: Date) =>
  toWecom(target, wecomCall(options(target, plaintext, now)));
export const ding = (target: Target, body: unknown, now = at()) =>
  toDingtalk(target, dingtalkCall({ secret: target.dingtalk.secret, body, now }));
export const dingText = (target: Target, text = report, sender = 'dt-anquan') =>
  dingtalkText({ id: randomUUID(), sender, text }, at(), target.dingtalk.robotCode);

export const forged = { status: 401, body: empty, effect: 'nothing' } as const;
export const aside = { status: 200, body: empty, effect: 'set aside' } as const;
export const asideDing = { status: 200, body: emptyDingtalk, effect: 'set aside' } as const;
export const answered = { status: 200, body: /./, effect: 'a message' } as const;

export type Row = [name: string, expect: Probe['expect'], run: Probe['run']];
