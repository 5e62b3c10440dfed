import { z } from 'zod';
import { download, type Fetched, type Sources } from '../download.ts';
import { call, type Door, later, never, place } from '../http.ts';
import { readJson } from '../incoming.ts';
import { page } from '../page.ts';
import type { Outcome, Post } from '../platform.ts';
import { createTokens, type Issued } from '../token.ts';
import { limits } from './answer.ts';
import { ask, judge, stale } from './ask.ts';
import { type Composed, upload } from './media.ts';

/** The self-built app through which persons are written to, one to one. */
export interface App {
  corpId: string;
  agentId: number;
  appSecret: string;
}

/** The same text to the same person within half an hour is shown once; a longer look back would swallow news. */
const once = { enable_duplicate_check: 1, duplicate_check_interval: 1800 };

export function createApp(app: App, apiBase: string, publicUrl: string | undefined, door: Door) {
  const withToken = createTokens((now) => issue(app, apiBase, door, now));
  // A file may take a minute, for which no letter waits. WeCom gives the same token to whoever asks for it again.
  const withFilesToken = createTokens((now) => issue(app, apiBase, door, now));

  async function messageOf(
    own: Door,
    { reply, enclosure }: Post,
    token: string,
    now: Date,
  ): Promise<Composed> {
    if (enclosure === undefined) {
      // Text rather than markdown: WeChat's own client, which many read WeCom with, doesn't show the latter.
      const text = { content: page(reply, { limit: limits.text, publicUrl }) };
      return { is: 'message', body: { msgtype: 'text', text } };
    }
    const type = enclosure.kind === 'picture' ? 'image' : 'file';
    const url = api(apiBase, 'media/upload', { access_token: token, type });
    const media = await upload(own, url, enclosure, now);
    if (media.is !== 'media') return media;
    return { is: 'message', body: { msgtype: type, [type]: { media_id: media.id } } };
  }

  async function send(account: string, post: Post, now: Date): Promise<Outcome> {
    const own = { ...door, until: post.until };
    return withToken(now, async (token) => {
      const message = await messageOf(own, post, token, now);
      if (message.is === 'stale') return 'stale';
      if (message.is !== 'message') return message;
      const body = { touser: account, agentid: app.agentId, ...message.body, ...once };
      const heard = await ask(own, api(apiBase, 'message/send', { access_token: token }), body, now);
      if (heard.is !== 'said') return heard;
      if (stale.includes(heard.errcode)) return 'stale';
      if (heard.invaliduser) return never(`invaliduser ${heard.why}`);
      if (heard.unlicenseduser) return never(`unlicenseduser ${heard.why}`);
      return judge(heard.errcode, heard.why, now);
    });
  }

  /** What a member sent to the app, which WeCom keeps for three days; a refusal comes in JSON in the file's place. */
  async function collect(mediaId: string, from: Sources, now: Date): Promise<Fetched> {
    let fetched: Fetched | undefined;
    const outcome = await withFilesToken(now, async (token) => {
      const url = api(apiBase, 'media/get', { access_token: token, media_id: mediaId });
      fetched = await download(url.href, from);
      const code = fetched.is === 'file' ? refusedBy(fetched.bytes) : undefined;
      if (code === undefined) return { is: 'sent' };
      fetched = undefined;
      if (stale.includes(code)) return 'stale';
      const why = `errcode ${code} ${place(url)}`;
      // A file of one's own is handed over anew; a member's that is thrown away stays so.
      return code === 40007 ? never(why) : judge(code, why, now);
    });
    if (fetched) return fetched;
    return { is: outcome.is === 'later' ? 'later' : 'over', why: 'why' in outcome ? outcome.why : 'no file' };
  }

  return { send, collect };
}

/** WeCom's error code, where what came is no file; a file of JSON without one is a file. */
function refusedBy(bytes: Buffer): number | undefined {
  if (bytes.length > 2_000 || bytes[0] !== 0x7b) return undefined;
  return refused.safeParse(readJson(bytes.toString('utf8'))).data?.errcode;
}

const api = (base: string, path: string, query: Record<string, string>): URL =>
  new URL(`${base.replace(/\/$/, '')}/cgi-bin/${path}?${new URLSearchParams(query)}`);

const issued = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refused = z.object({ errcode: z.number() });

/** Whatever keeps a token from us has nothing to do with the letter, and asking often gets the caller blocked. */
async function issue(app: App, apiBase: string, door: Door, now: Date): Promise<Issued> {
  const url = api(apiBase, 'gettoken', { corpid: app.corpId, corpsecret: app.appSecret });
  const heard = await call(door, { url }, now);
  // Without a token nothing was sent, however its request ended.
  if (heard.is === 'unknown') return later(now, 60, heard.why);
  if (heard.is !== 'said') return heard;
  const token = issued.safeParse(heard.json);
  if (token.success) return { is: 'token', value: token.data.access_token, seconds: token.data.expires_in };
  const code = refused.safeParse(heard.json).data?.errcode ?? 'unreadable';
  const isBusy = code === -1 || code === 45009 || code === 45033;
  return later(now, isBusy ? 60 : 600, `errcode ${code} ${place(url)}`, true);
}
