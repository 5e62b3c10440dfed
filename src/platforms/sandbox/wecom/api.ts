import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../time.ts';
import { createBudget } from '../budget.ts';
import type { Media, Shown, Surroundings } from '../double.ts';
import type { Giving } from '../given.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf, type MediaShelf } from '../media.ts';
import type { Api, Call, Said } from '../server.ts';
import { createTokens, TOKEN_LIFE, type Tokens } from '../tokens.ts';
import { mentioned } from './answer.ts';

/** The self-built app that writes one to one. Without one, its calls are refused as a wrong corpid. */
export interface App {
  corpId: string;
  secret: string;
  agentId: number;
}

/** What WeCom's API says, always with status 200; codes and limits as its pages on 消息推送 and 应用消息 have them. */
export function wecomApi(world: Surroundings, app: App | undefined, giving: Giving): Api {
  const tokens = createTokens(world.clock);
  const shelves = createShelves();
  const send = groupSend(world, shelves);
  return {
    messages: {
      'POST /cgi-bin/webhook/send': send,
      'GET /cgi-bin/webhook/send': () => no(40058, 'please use POST'),
      'POST /cgi-bin/message/send': appSend(world, app, tokens, shelves),
    },
    others: {
      'GET /media/file': giving.give,
      'POST /cgi-bin/webhook/upload_media': (call) => {
        const key = call.query.get('key') ?? '';
        if (!world.groups.some((each) => each.key === key)) return no(93000, 'invalid webhook url');
        return uploaded(call, shelves(key), ['file']);
      },
      'POST /cgi-bin/media/upload': (call) =>
        tokenFault(call, tokens) ?? uploaded(call, shelves('app'), ['image', 'file']),
      // What a member sent to the app lies beside what the app itself handed over.
      'GET /cgi-bin/media/get': (call) => {
        const kept = shelves('app').media(call.query.get('media_id') ?? '');
        return (
          tokenFault(call, tokens) ??
          (kept ? { status: 200, body: {}, file: kept } : no(40007, 'invalid media_id'))
        );
      },
      'GET /cgi-bin/gettoken': ({ query }) => {
        if (!app || query.get('corpid') !== app.corpId) return no(40013, 'invalid corpid');
        if (query.get('corpsecret') !== app.secret) return no(40001, 'invalid credential');
        return ok({ access_token: tokens.issue(), expires_in: TOKEN_LIFE });
      },
    },
    refusal: (_path, code) => no(Number(code) || -1, 'told to refuse'),
  };
}

const ok = (more: Record<string, unknown> = {}): Said => ({
  status: 200,
  body: { errcode: 0, errmsg: 'ok', ...more },
});

const no = (errcode: number, errmsg: string): Said => ({ status: 200, body: { errcode, errmsg } });

const content = z.object({ content: z.string(), mentioned_list: z.array(z.string()).default([]) });
const post = z.object({
  msgtype: z.string(),
  text: content.optional(),
  markdown: content.optional(),
  markdown_v2: content.optional(),
});
type Kind = 'text' | 'markdown' | 'markdown_v2';
type Words = Shown & { kind: Kind | 'image' | 'file' };

/** Each robot's uploads are its own, the app's too. */
type Shelves = (owner: string) => MediaShelf;

function createShelves(): Shelves {
  const shelves = new Map<string, MediaShelf>();
  return (owner) => {
    const shelf = shelves.get(owner) ?? createMediaShelf();
    shelves.set(owner, shelf);
    return shelf;
  };
}

function uploaded(call: Call, shelf: MediaShelf, types: string[]): Said {
  const type = call.query.get('type') ?? '';
  if (!types.includes(type)) return no(40004, 'invalid media type');
  const id = shelf.take(call, type === 'image' ? 'picture' : 'file');
  if (id === null) return no(44001, 'empty media data');
  return ok({ type, media_id: id, created_at: '1380000000' });
}

const MOST_PICTURE_BYTES = 2 * 1024 * 1024;
const mediaPost = z.object({
  msgtype: z.enum(['image', 'file']),
  image: z
    .union([z.object({ base64: z.base64(), md5: z.string() }), z.object({ media_id: z.string() })])
    .optional(),
  file: z.object({ media_id: z.string() }).optional(),
});

/** A picture or a file; null for words. */
function enclosed(call: Call, shelf: MediaShelf): Words | Said | null {
  const posted = mediaPost.safeParse(parseJson(call.body)).data;
  if (!posted) return null;
  const { msgtype } = posted;
  const given = posted[msgtype];
  if (!given) return no(40063, `${msgtype} missing`);
  const media = 'media_id' in given ? shelf.media(given.media_id) : pictureOf(given);
  if (!media) return no(40007, 'invalid media_id');
  if (media.bytes.length > MOST_PICTURE_BYTES && msgtype === 'image') return no(40009, 'invalid image size');
  return { kind: msgtype, text: captionOf(media), markup: 'text', mentions: [], enclosed: media };
}

/** What a chat's list shows of it. */
export const captionOf = ({ kind, name }: Media): string => (kind === 'picture' ? '[图片]' : `[文件]${name}`);

function pictureOf({ base64, md5 }: { base64: string; md5: string }): Media | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (createHash('md5').update(bytes).digest('hex') !== md5) return undefined;
  return { kind: 'picture', name: '图片.png', type: 'image/png', bytes };
}

/** Group robots: 20 a minute for each, 2048 bytes of text, 4096 of markdown, pictures of 2 MB. Cards aren't played. */
function groupSend(world: Surroundings, shelves: Shelves): (call: Call) => Said {
  const within = createBudget(world.clock);
  return (call) => {
    const key = call.query.get('key') ?? '';
    const group = world.groups.find((each) => each.key !== undefined && each.key === key);
    if (!group) return no(93000, 'invalid webhook url');
    const words =
      enclosed(call, shelves(key)) ?? read(call, { text: 2048, markdown: 4096, markdown_v2: 4096 });
    if ('status' in words) return words;
    if (!within(key)) return no(45009, 'api freq out of limit');
    return { ...ok(), message: { to: [{ group: group.chat }], shown: true, ...words } };
  };
}

const appPost = post.extend({
  touser: z.string(),
  agentid: z.number(),
  enable_duplicate_check: z.number().default(0),
  duplicate_check_interval: z.number().max(14_400).default(1800),
});

/** App messages: 2048 bytes, a longer text is cut in silence; the same again within the interval is not shown. */
function appSend(
  world: Surroundings,
  app: App | undefined,
  tokens: Tokens,
  shelves: Shelves,
): (call: Call) => Said {
  const repeats = createMemory(world.clock);
  return (call) => {
    const refusal = tokenFault(call, tokens);
    if (refusal) return refusal;
    const words =
      enclosed(call, shelves('app')) ?? read(call, { text: Number.POSITIVE_INFINITY, markdown: 2048 });
    if ('status' in words) return words;
    const posted = appPost.safeParse(parseJson(call.body)).data;
    if (!posted) return no(40063, 'required parameter empty');
    if (posted.agentid !== app?.agentId) return no(301_002, 'agentid does not belong to the token');
    const asked = posted.touser.split('|');
    const known = asked.filter((account) => world.people.some((person) => person.account === account));
    if (known.length === 0) return no(81_013, 'no recipient is valid');
    const invaliduser = asked.filter((account) => !known.includes(account)).join('|');
    const seconds = posted.enable_duplicate_check === 1 ? posted.duplicate_check_interval : 0;
    // A file that was handed over again has another id, and is another content.
    const { image, file } = mediaPost.safeParse(parseJson(call.body)).data ?? {};
    const repeated = repeats(JSON.stringify([known, words.kind, words.text, image, file]), seconds);
    const shown = { ...words, text: cut(words.text), shown: !repeated };
    return {
      ...ok({ invaliduser, msgid: randomUUID() }),
      message: { to: known.map((single) => ({ single })), ...shown },
    };
  };
}

function tokenFault({ query }: Call, tokens: Tokens): Said | null {
  const token = query.get('access_token') ?? '';
  if (token === '') return no(41001, 'access_token missing');
  const state = tokens.state(token);
  if (state === 'valid') return null;
  return state === 'expired' ? no(42001, 'token expired') : no(40014, 'invalid token');
}

/** Whether the same was shown within so many seconds; a clock that was set back forgets. */
function createMemory(clock: Clock): (key: string, seconds: number) => boolean {
  const shownAt = new Map<string, number>();
  return (key, seconds) => {
    const now = clock.now().getTime();
    const age = now - (shownAt.get(key) ?? Number.NEGATIVE_INFINITY);
    const repeated = age >= 0 && age < seconds * 1000;
    if (!repeated) shownAt.set(key, now);
    return repeated;
  };
}

/** The words of a post within its limits in bytes, or the platform's no. */
function read(call: Call, limits: Partial<Record<Kind, number>>): Words | Said {
  if (!call.headers['content-type']?.startsWith('application/json')) return no(40058, 'not application/json');
  const posted = post.safeParse(parseJson(call.body)).data;
  if (!posted) return no(40058, 'invalid json');
  const kind = (['text', 'markdown', 'markdown_v2'] as const).find((each) => each === posted.msgtype);
  const limit = kind && limits[kind];
  if (!kind || limit === undefined) return no(40008, 'invalid message type');
  const said = posted[kind];
  if (!said) return no(40063, `${kind} missing`);
  if (said.content === '') return no(44004, 'text content empty');
  if (Buffer.byteLength(said.content) > limit) return no(40058, `${kind}.content exceed max length ${limit}`);
  // The newer markdown knows no mentions.
  const mentions =
    kind === 'markdown_v2'
      ? []
      : [...mentioned(said.content), ...(kind === 'text' ? said.mentioned_list : [])];
  return { kind, text: said.content, markup: kind === 'text' ? 'text' : 'markdown', mentions };
}

/** An app message's 2048 bytes, on a whole character. */
const cut = (text: string): string =>
  new TextDecoder().decode(Buffer.from(text).subarray(0, 2048)).replace(/\uFFFD$/, '');
