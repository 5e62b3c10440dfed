import type { Target } from '../../src/chat/reply.ts';
import { createDingtalk } from '../../src/platforms/dingtalk/dingtalk.ts';
import type { Fetch } from '../../src/platforms/http.ts';
import type { Post } from '../../src/platforms/platform.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';

export const now = new Date('2026-04-13T00:42:00Z');
export const plus = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** Stands in every address and credential, and must never be seen again. */
export const SECRET = 'SECRETSECRET';

export const post: Post = {
  uuid: 'uuid-1',
  reply: {
    title: '【安全管理科·整改提示】',
    lines: ['【4.3.2】差1次'],
    footer: '【无需回复】',
    mention: ['li'],
  },
};

export const robotAt = (address: string): Target => ({
  to: 'group',
  platform: 'wecom',
  chatId: 'wr1',
  address,
});
export const robotOf = (url: string): Target => robotAt(`${url}/cgi-bin/webhook/send?key=${SECRET}`);
export const hookOf = (url: string, secret?: string): Target => ({
  to: 'group',
  platform: 'dingtalk',
  chatId: 'cid1',
  address: `${url}/robot/send?access_token=${SECRET}`,
  ...(secret === undefined ? {} : { secret }),
});
export const member: Target = { to: 'person', platform: 'wecom', account: 'li' };
export const staff: Target = { to: 'person', platform: 'dingtalk', account: 'dt-li' };
export const bare: Target = { to: 'group', platform: 'dingtalk', chatId: 'cid1' };

/** Short enough to wait for, and long enough for a busy machine to answer itself in. */
export const IMPATIENT = 500;

/** Both platforms with everything set up, against one far side. */
export function platformsAt(
  url: string,
  { through = fetch, timeout }: { through?: Fetch; timeout?: number } = {},
) {
  const shared = { timeout, appSecret: SECRET, apiBase: url };
  return {
    wecom: createWecom({ ...shared, receiveId: '', corpId: 'corp', agentId: 7 }, through),
    dingtalk: createDingtalk({ ...shared, oapiBase: url, appKey: 'key', robotCode: 'ding1' }, through),
  };
}
