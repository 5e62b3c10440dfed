import type { Received } from '../../src/platforms/platform.ts';
import { createWecom, type WecomSettings } from '../../src/platforms/wecom/wecom.ts';

export const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiveId: '' };
const apiBase = 'https://qyapi.weixin.qq.com';
const nowhere = () => Promise.reject(new Error('no push here'));

/** WeCom's side of the product, which receives and pushes nothing. */
export const wecom = (settings: Partial<WecomSettings> = {}) =>
  createWecom({ ...keys, apiBase, ...settings }, nowhere);

export function messageOf(received: Received) {
  if (received.is !== 'message') throw new Error(`${received.is}, not a message`);
  return received;
}
