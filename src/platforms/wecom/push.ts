import type { Target } from '../../chat/reply.ts';
import { type Door, type Fetch, never, permitted, robotName } from '../http.ts';
import { page } from '../page.ts';
import type { Outcome, Platform, Post } from '../platform.ts';
import { limits, markdown } from './answer.ts';
import { createApp } from './app.ts';
import { ask, judge } from './ask.ts';

export interface PushSettings {
  /** Scheme, host and port that every push goes to; a path before `/cgi-bin` is kept. */
  apiBase: string;
  /** The three that one-to-one pushes need. */
  corpId?: string | undefined;
  agentId?: number | undefined;
  appSecret?: string | undefined;
  /** Addresses under it stay links in texts. */
  publicUrl?: string | undefined;
  /** Milliseconds. */
  timeout?: number | undefined;
}

/** Taken off what a push may carry, for words that grow when they are made harmless and for mentions. */
const RESERVE = 512;

/** A group is reached by its group robot's address only: the AI bot speaks when it is spoken to. */
export function createPush(settings: PushSettings, fetch: Fetch): Omit<Platform, 'receive'> {
  const door: Door = { fetch, timeout: settings.timeout };
  const { apiBase, corpId, agentId, appSecret, publicUrl } = settings;
  const toPerson =
    corpId && agentId !== undefined && appSecret
      ? createApp({ corpId, agentId, appSecret }, apiBase, publicUrl, door)
      : undefined;
  const addressOf = (target: Target) =>
    target.to === 'group' ? permitted(target.address ?? '', apiBase) : undefined;

  async function send(target: Target, post: Post, now: Date): Promise<Outcome> {
    if (target.to === 'person') return toPerson ? toPerson(target.account, post, now) : never('no app');
    const url = addressOf(target);
    if (url === undefined) return never('no permitted address');
    const content = page(post.reply, markdown(publicUrl));
    const heard = await ask(door, url, { msgtype: 'markdown', markdown: { content } }, now);
    return heard.is === 'said' ? judge(heard.errcode, heard.why, now) : heard;
  }

  return {
    send,
    reaches: (target) => (target.to === 'group' ? addressOf(target) : toPerson) !== undefined,
    robot: (target) => `wecom:${target.to === 'group' ? robotName(target.address ?? '', 'key') : 'app'}`,
    repeats: (target) => target.to === 'person',
    room: (target) => (target.to === 'group' ? limits.markdown : limits.text) - RESERVE,
  };
}
