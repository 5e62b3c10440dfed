import type { Target } from '../../chat/reply.ts';
import { type Door, type Fetch, never, permitted, robotName } from '../http.ts';
import { page } from '../page.ts';
import type { Outcome, Platform, Post } from '../platform.ts';
import { limits, markdown } from './answer.ts';
import { createApp } from './app.ts';
import { ask, judge } from './ask.ts';
import { type Composed, imageOf, upload } from './media.ts';

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
    const message = await toGroup(door, url, post, publicUrl, now);
    // Only the app's token can be stale, and a group robot has none.
    if (message.is === 'stale') return never('stale');
    if (message.is !== 'message') return message;
    const heard = await ask(door, url, message.body, now);
    return heard.is === 'said' ? judge(heard.errcode, heard.why, now) : heard;
  }

  return {
    send,
    reaches: (target) => (target.to === 'group' ? addressOf(target) : toPerson) !== undefined,
    robot: (target) => `wecom:${target.to === 'group' ? robotName(target.address ?? '', 'key') : 'app'}`,
    repeats: (target) => target.to === 'person',
    carries: (target) => (target.to === 'group' ? addressOf(target) : toPerson) !== undefined,
    room: (target) => (target.to === 'group' ? limits.markdown : limits.text) - RESERVE,
  };
}

/** The words as markdown, a picture within the message itself, a file by what its upload gives. */
async function toGroup(
  door: Door,
  url: URL,
  { reply, enclosure }: Post,
  publicUrl: string | undefined,
  now: Date,
): Promise<Composed> {
  if (enclosure === undefined) {
    const content = page(reply, markdown(publicUrl));
    return { is: 'message', body: { msgtype: 'markdown', markdown: { content } } };
  }
  if (enclosure.kind === 'picture') {
    return { is: 'message', body: { msgtype: 'image', image: imageOf(enclosure) } };
  }
  const to = new URL(url);
  to.pathname = to.pathname.replace(/\/send$/, '/upload_media');
  to.searchParams.set('type', 'file');
  const media = await upload(door, to, enclosure, now);
  if (media.is !== 'media') return media;
  return { is: 'message', body: { msgtype: 'file', file: { media_id: media.id } } };
}
