import { createHmac } from 'node:crypto';

/** DingTalk's one signature, of callbacks and of pushes to a robot with 加签; the timestamp is in milliseconds. */
export const sign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
