import type { Target } from '../../chat/reply.ts';
import { type Door, type Fetch, never, permitted, robotName, usual } from '../http.ts';
import { page } from '../page.ts';
import type { Budget, Outcome, Platform, Post } from '../platform.ts';
import { limits, markdown, RESERVE } from './answer.ts';
import { createApp } from './app.ts';
import { ask, judge } from './ask.ts';
import { chatRobot, type WecomLink } from './link.ts';
import { type Composed, imageOf, upload } from './media.ts';
import type { Collect } from './sent.ts';

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

/** Of the 30 a minute and 1,000 an hour that WeCom allows a chat; the rest is for answers. */
const ofChat: Budget = { minute: 20, hour: 800 };

type Way = { by: 'address'; url: URL } | { by: 'app'; account: string } | { by: 'chat' };

/** A group is reached by its group robot's address, a person by the app; both, failing that, over the connection. */
export function createPush(
  settings: PushSettings,
  fetch: Fetch,
  connection?: WecomLink,
): Omit<Platform, 'receive' | 'take' | 'link'> & { collect: Collect | undefined } {
  const door: Door = { fetch, timeout: settings.timeout };
  const { apiBase, corpId, agentId, appSecret, publicUrl } = settings;
  const toPerson =
    corpId && agentId !== undefined && appSecret
      ? createApp({ corpId, agentId, appSecret }, apiBase, publicUrl, door)
      : undefined;

  function wayTo(target: Target): Way | undefined {
    if (target.to === 'person' && toPerson) return { by: 'app', account: target.account };
    const url = target.to === 'group' ? permitted(target.address ?? '', apiBase) : undefined;
    if (url) return { by: 'address', url };
    return connection && target.met ? { by: 'chat' } : undefined;
  }

  async function send(target: Target, post: Post, now: Date): Promise<Outcome> {
    const way = wayTo(target);
    if (way?.by === 'app' && toPerson) return toPerson.send(way.account, post, now);
    if (way?.by === 'chat' && connection) return connection.send(target, post, now);
    if (way?.by !== 'address') return never(target.to === 'person' ? 'no app' : 'no permitted address');
    const own = { ...door, until: post.until };
    const message = await toGroup(own, way.url, post, publicUrl, now);
    // Only the app's token can be stale, and a group robot has none.
    if (message.is === 'stale') return never('stale');
    if (message.is !== 'message') return message;
    const heard = await ask(own, way.url, message.body, now);
    return heard.is === 'said' ? judge(heard.errcode, heard.why, now) : heard;
  }

  const rooms: Record<Way['by'], number> = {
    address: limits.markdown,
    app: limits.text,
    chat: limits.stream,
  };
  return {
    send,
    collect: toPerson?.collect,
    reaches: (target) => wayTo(target) !== undefined,
    ready: (target) => wayTo(target)?.by !== 'chat' || connection?.stands() === true,
    robot: (target) => {
      const way = wayTo(target);
      if (way?.by === 'chat') return chatRobot(target);
      return `wecom:${target.to === 'group' ? robotName(target.address ?? '', 'key') : 'app'}`;
    },
    budget: (target) => (wayTo(target)?.by === 'chat' ? ofChat : usual),
    repeats: (target) => wayTo(target)?.by === 'app',
    carries: (target) => wayTo(target) !== undefined,
    room: (target) => rooms[wayTo(target)?.by ?? 'app'] - RESERVE,
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
