import type { Target } from '../../chat/reply.ts';
import { download, type Fetched, sources } from '../download.ts';
import { type Door, type Fetch, never, permitted, robotName, usual } from '../http.ts';
import type { Outcome, Platform, Post } from '../platform.ts';
import { LIMIT } from './markdown.ts';
import { createOpenApi } from './openapi.ts';
import { sendToRobot } from './robot.ts';

export interface PushSettings {
  appKey?: string | undefined;
  /** Signs callbacks, and opens the OpenAPI. */
  appSecret?: string | undefined;
  /** The app's key, where it isn't set. */
  robotCode?: string | undefined;
  /** The OpenAPI's scheme, host and port. */
  apiBase: string;
  /** Those of the robots' addresses. */
  oapiBase: string;
  /** Addresses under it stay links in texts. */
  publicUrl?: string | undefined;
  /** Hosts that files may be fetched from besides DingTalk's own. */
  mediaHosts?: readonly string[] | undefined;
  /** Milliseconds. */
  timeout?: number | undefined;
}

/** Where DingTalk has the files of messages lie. */
const HOSTS = ['down.dingtalk.com', 'static.dingtalk.com', 'down-cdn.dingtalk.com'];

/** Taken off what a push may carry, for words that grow when they are made harmless and for mentions. */
const RESERVE = 1024;

/** A group goes by its robot's address where it has one: that alone can mention, and can be repeated harmlessly. */
export function createPush(settings: PushSettings, fetch: Fetch): Omit<Platform, 'receive'> {
  const door: Door = { fetch, timeout: settings.timeout };
  const { appKey, appSecret, robotCode = appKey, apiBase, oapiBase, publicUrl, mediaHosts } = settings;
  const openApi =
    appKey && appSecret && robotCode
      ? createOpenApi({ appKey, appSecret, robotCode }, { apiBase, oapiBase, publicUrl }, door)
      : undefined;
  const addressOf = (target: Target) => (target.to === 'group' && target.address) || undefined;

  async function send(target: Target, post: Post, now: Date): Promise<Outcome> {
    const address = addressOf(target);
    if (address === undefined) return openApi ? openApi.send(target, post, now) : never('no app');
    const url = permitted(address, oapiBase);
    if (url === undefined) return never('no permitted address');
    return sendToRobot(
      { url, secret: target.to === 'group' ? target.secret : undefined },
      post,
      publicUrl,
      { ...door, until: post.until },
      now,
    );
  }

  async function take(code: string, now: Date): Promise<Fetched> {
    if (!openApi) return { is: 'over', why: 'no app' };
    const found = await openApi.locate(code, now);
    return typeof found === 'string' ? download(found, sources(apiBase, HOSTS, mediaHosts)) : found;
  }

  return {
    send,
    take,
    reaches: (target) => {
      const address = addressOf(target);
      return (address === undefined ? openApi : permitted(address, oapiBase)) !== undefined;
    },
    ready: () => true,
    robot: (target) => {
      const address = addressOf(target);
      return `dingtalk:${address === undefined ? 'openapi' : robotName(address, 'access_token')}`;
    },
    budget: () => usual,
    repeats: (target) => addressOf(target) !== undefined,
    // A robot's address takes neither; the OpenAPI reaches a group of such a robot only where the app's robot is in it too.
    carries: (target) => addressOf(target) === undefined && openApi !== undefined,
    room: () => LIMIT - RESERVE,
  };
}
