import { createHmac } from 'node:crypto';
import type { HttpCall, Said } from './wecom.ts';

/** DingTalk's side of a callback, written from the platform's pages alone. */
export interface DingtalkCall {
  secret: string;
  body: unknown;
  now: Date;
}

/** base64(HMAC-SHA256(key = secret, timestamp LF secret)), the timestamp in milliseconds. */
export const dingtalkSign = (timestamp: number | string, secret: string): string =>
  createHmac('sha256', Buffer.from(secret)).update(`${timestamp}\n${secret}`).digest('base64');

/** A string or bytes for a body go as they are, anything else as JSON. */
export function dingtalkCall({ secret, body, now }: DingtalkCall): HttpCall {
  const timestamp = now.getTime().toString();
  const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return {
    method: 'POST',
    query: '',
    headers: [
      'Content-Type',
      'application/json; charset=utf-8',
      'timestamp',
      timestamp,
      'sign',
      dingtalkSign(timestamp, secret),
    ],
    body: Buffer.from(raw),
  };
}

/** A text message as an app's robot gets it; without a chat it is one to one. */
export function dingtalkText({ id, chat, sender, text, quote }: Said, now: Date, robotCode = 'dingrobot') {
  const createAt = now.getTime();
  const replied = { msgType: 'text', msgId: 'quoted', content: { text: quote } };
  return {
    senderPlatform: 'Mac',
    conversationId: chat ?? 'cidSingle==',
    conversationType: chat === undefined ? '1' : '2',
    ...(chat === undefined ? {} : { conversationTitle: '群' }),
    chatbotUserId: '$:LWCP_v1:$BOT',
    robotCode,
    msgId: id,
    msgtype: 'text',
    text: { content: ` ${text}`, ...(quote === undefined ? {} : { isReplyMsg: true, repliedMsg: replied }) },
    senderId: `$:LWCP_v1:$${sender}`,
    senderStaffId: sender,
    senderNick: '小钉',
    isAdmin: false,
    isInAtList: true,
    atUsers: [{ dingtalkId: '$:LWCP_v1:$BOT' }],
    createAt,
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=SESSION',
    sessionWebhookExpiredTime: createAt + 5_400_000,
  };
}

export interface DingtalkAnswer {
  msgtype: string;
  markdown?: { title: string; text: string };
}

export function openDingtalkAnswer(body: string): DingtalkAnswer {
  const answer: DingtalkAnswer = JSON.parse(body);
  return answer;
}
