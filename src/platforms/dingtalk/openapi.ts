import { z } from 'zod';
import type { Target } from '../../chat/reply.ts';
import type { Fetched } from '../download.ts';
import { type Door, later, never, place, unread } from '../http.ts';
import type { Outcome, Post } from '../platform.ts';
import { createTokens, type Issued } from '../token.ts';
import { ask } from './ask.ts';
import { markdown } from './markdown.ts';
import { upload } from './media.ts';

/** Scheme, host and port of the two families of calls, and of our own pages. */
export interface Bases {
  apiBase: string;
  oapiBase: string;
  publicUrl: string | undefined;
}

export interface Credentials {
  appKey: string;
  appSecret: string;
  robotCode: string;
}

/** Sends to persons, and to groups that have no robot's address; nobody can be mentioned this way. Gives out files. */
export function createOpenApi(app: Credentials, { apiBase, oapiBase, publicUrl }: Bases, door: Door) {
  const withToken = createTokens((now) => issue(app, apiBase, door, now));

  async function messageOf(own: Door, { reply, enclosure }: Post, token: string, now: Date) {
    if (enclosure === undefined) {
      return { msgKey: 'sampleMarkdown', param: markdown({ ...reply, mention: [] }, publicUrl) };
    }
    const media = await upload(own, oapiBase, token, enclosure, now);
    if (media.is !== 'media') return media;
    if (enclosure.kind === 'picture') return { msgKey: 'sampleImageMsg', param: { photoURL: media.id } };
    const fileType = enclosure.name.slice(enclosure.name.lastIndexOf('.') + 1);
    return { msgKey: 'sampleFile', param: { mediaId: media.id, fileName: enclosure.name, fileType } };
  }

  async function send(target: Target, post: Post, now: Date): Promise<Outcome> {
    const [path, to] =
      target.to === 'group'
        ? ['groupMessages/send', { openConversationId: target.chatId }]
        : ['oToMessages/batchSend', { userIds: [target.account] }];
    const url = api(apiBase, `robot/${path}`);
    const own = { ...door, until: post.until };
    return withToken(now, async (token) => {
      const message = await messageOf(own, post, token, now);
      if ('is' in message) return message.is === 'stale' ? 'stale' : message;
      const { msgKey, param } = message;
      const body = { robotCode: app.robotCode, msgKey, msgParam: JSON.stringify(param), ...to };
      return attempt(own, url, body, token, now);
    });
  }

  /** The address at which a file lies for a while, by the code that came with its message. */
  async function locate(downloadCode: string, now: Date): Promise<string | Exclude<Fetched, { is: 'file' }>> {
    let address: string | undefined;
    const url = api(apiBase, 'robot/messageFiles/download');
    const outcome = await withToken(now, async (token) => {
      const body = { downloadCode, robotCode: app.robotCode };
      const heard = await ask(door, { url, body, headers: { 'x-acs-dingtalk-access-token': token } }, now);
      if (heard.is !== 'said') return heard;
      if (heard.status >= 400) return judge(heard.status, codeOf(heard.json), url, now);
      address = located.safeParse(heard.json).data?.downloadUrl;
      return address === undefined ? unread(heard.status, url, now) : { is: 'sent' };
    });
    if (address !== undefined) return address;
    const why = 'why' in outcome ? outcome.why : place(url);
    return { is: outcome.is === 'never' ? 'over' : 'later', why };
  }

  return { send, locate };
}

const located = z.object({ downloadUrl: z.string().min(1).max(4096) });

const api = (base: string, path: string): URL => new URL(`${base.replace(/\/$/, '')}/v1.0/${path}`);

const issued = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() });

/** Whatever keeps a token from us has nothing to do with the letter, and asking often gets the caller blocked. */
async function issue(app: Credentials, apiBase: string, door: Door, now: Date): Promise<Issued> {
  const url = api(apiBase, 'oauth2/accessToken');
  const heard = await ask(door, { url, body: { appKey: app.appKey, appSecret: app.appSecret } }, now);
  // Without a token nothing was sent, however its request ended.
  if (heard.is === 'unknown') return later(now, 60, heard.why);
  if (heard.is !== 'said') return heard;
  const token = issued.safeParse(heard.json);
  if (token.success) return { is: 'token', value: token.data.accessToken, seconds: token.data.expireIn };
  const code = codeOf(heard.json) ?? 'unreadable';
  return later(now, tooMany.test(code) ? 60 : 600, `${code} ${place(url)}`, true);
}

async function attempt(
  door: Door,
  url: URL,
  body: unknown,
  token: string,
  now: Date,
): Promise<Outcome | 'stale'> {
  const heard = await ask(door, { url, body, headers: { 'x-acs-dingtalk-access-token': token } }, now);
  if (heard.is !== 'said') return heard;
  if (heard.status >= 400) return judge(heard.status, codeOf(heard.json), url, now);
  const sent = answer.safeParse(heard.json);
  if (!sent.success) return unread(heard.status, url, now);
  if (sent.data.invalidStaffIdList.length > 0) return never(`invalidStaffIdList ${place(url)}`);
  if (sent.data.flowControlledStaffIdList.length > 0) return later(now, 600, `flowControlled ${place(url)}`);
  return { is: 'sent' };
}

const list = z.array(z.unknown()).catch([]);
const answer = z.object({
  processQueryKey: z.string(),
  invalidStaffIdList: list,
  flowControlledStaffIdList: list,
});

/** Words of a kind; anything else might carry what doesn't belong in a log. */
const refusal = z.object({ code: z.string().regex(/^[\w.-]{1,80}$/) });
const codeOf = (json: unknown): string | undefined => refusal.safeParse(json).data?.code;

/** The caller isn't let in: its address, its permission, its organisation's month. It says nothing of the letter. */
const shut = /^(Forbidden\.AccessDenied\.|unauthorized$|invalidParameter\.robotCode\.(auth|notExsit)$)/;
const tooMany = /^(too\.many\.|Forbidden\.AccessDenied\.Qp[sm]Limit)/;

/** DingTalk's pages on the two sends and on throttling; what they don't name is for good. */
function judge(status: number, code: string | undefined, url: URL, now: Date): Outcome | 'stale' {
  if (status === 401 || code === 'InvalidAuthentication') return 'stale';
  if (code === undefined) return unread(status, url, now);
  const why = `${code} ${place(url)}`;
  if (/^send\.(too\.fast|byToken\.tooFast)$/.test(code)) return later(now, 600, why, true);
  if (tooMany.test(code)) return later(now, 60, why, true);
  if (shut.test(code)) return later(now, 600, why, true);
  const gone = /^(group\.disbanded|bot\.stopped|bot\.forbidden\.sendMessage|invalid\.openConversationId)$/;
  return never(why, gone.test(code));
}
