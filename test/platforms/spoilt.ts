import { createDingtalk } from '../../src/platforms/dingtalk/dingtalk.ts';
import { Forged, type Received } from '../../src/platforms/platform.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';
import { dingtalkCall, dingtalkText } from '../clients/dingtalk.ts';
import { aiBotText, type WecomCall, wecomCall } from '../clients/wecom.ts';

/** Two receivers, and for each a good call that the tests spoil in one way at a time. */
export const now = new Date('2026-04-13T01:00:00Z');
export const said = { id: 'M', chat: 'wr1', sender: 'li', text: '4.3.2 演练+1' };

const nowhere = () => Promise.reject(new Error('no push here'));
const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
export const wecom = createWecom({ ...keys, receiveId: '', apiBase: 'https://qyapi.weixin.qq.com' }, nowhere);
export const plaintext = aiBotText(said);
export const options: WecomCall = { ...keys, plaintext, now };
export const goodWecom = wecomCall(options);

export const secret = 'this is a secret';
const bases = { apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' };
export const dingtalk = createDingtalk({ appSecret: secret, robotCode: 'dingrobot', ...bases }, nowhere);
export const body = dingtalkText(said, now);
export const goodDingtalk = dingtalkCall({ secret, body, now });

/** `forged` is answered 401, `unusable` 200 and kept in quarantine; anything else thrown is a bug. */
export function fate(receive: () => Received): 'forged' | Received['is'] {
  try {
    return receive().is;
  } catch (error) {
    // The log says why.
    if (error instanceof Forged && error.message !== '') return 'forged';
    throw error;
  }
}

/** The same length, one character other. */
export const flip = (text: string): string => (text.startsWith('a') ? 'b' : 'a') + text.slice(1);
