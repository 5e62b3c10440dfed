import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createBudget } from '../budget.ts';
import type { Group, Line, Shown, Surroundings } from '../double.ts';
import type { Giving } from '../given.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf, type MediaShelf } from '../media.ts';
import type { Api, Call, Said } from '../server.ts';
import { createTokens, TOKEN_LIFE } from '../tokens.ts';
import { type Robot, sign } from './callback.ts';

const PENALTY = 10 * 60_000;
const HOUR = 60 * 60_000;
const MOST_BYTES = 20_000;
const MOST_PARAM_BYTES = 15_000;
const MOST_MENTIONS = 50;
const MOST_PEOPLE = 20;

/** Both of DingTalk's families: `/robot/send` answers 200 with an errcode, the OpenAPI a status with a code in words. */
export function dingtalkApi(world: Surroundings, robot: Robot, stream: StreamSide): Api {
  const tokens = createTokens(world.clock);
  const shelf = createMediaShelf();
  const guarded =
    (route: (call: Call) => Said) =>
    (call: Call): Said =>
      tokens.state(String(call.headers['x-acs-dingtalk-access-token'] ?? '')) === 'valid'
        ? route(call)
        : refused('InvalidAuthentication');
  return {
    messages: {
      'POST /robot/send': robotSend(world),
      'POST /v1.0/robot/groupMessages/send': guarded(groupSend(world, robot, shelf)),
      'POST /v1.0/robot/oToMessages/batchSend': guarded(personSend(world, robot, shelf)),
      'POST /robot/sendBySession': sessionSend(stream),
    },
    others: {
      'POST /v1.0/gateway/connections/open': ({ body }) => {
        const asked = subscription.safeParse(parseJson(body)).data;
        if (asked?.clientId !== robot.appKey || asked.clientSecret !== robot.appSecret)
          return refused('invalidClientIdOrSecret');
        return { status: 200, body: { endpoint: stream.endpoint(), ticket: stream.ticket() } };
      },
      'POST /media/upload': (call) => {
        if (tokens.state(call.query.get('access_token') ?? '') !== 'valid')
          return no(40014, '不合法的access_token');
        const type = call.query.get('type');
        if (type !== 'image' && type !== 'file') return no(40004, '无效的媒体文件类型');
        const id = shelf.take(call, type === 'image' ? 'picture' : 'file');
        if (id === null) return no(40035, '不合法的参数');
        return { status: 200, body: { errcode: 0, errmsg: 'ok', type, media_id: id, created_at: 1 } };
      },
      'POST /v1.0/robot/messageFiles/download': guarded(({ body }) => {
        const asked = locating.safeParse(parseJson(body)).data;
        const isKnown = asked?.robotCode === robot.robotCode && stream.giving.knows(asked.downloadCode);
        if (!isKnown) return refused('invalidParameter.robotCode.downloadCode');
        return { status: 200, body: { downloadUrl: `${stream.host()}/files/sent?id=${asked.downloadCode}` } };
      }),
      'GET /files/sent': stream.giving.give,
      'POST /v1.0/oauth2/accessToken': ({ body }) => {
        const asked = z.object({ appKey: z.string(), appSecret: z.string() }).safeParse(parseJson(body)).data;
        if (asked?.appKey !== robot.appKey || asked.appSecret !== robot.appSecret)
          return refused('invalidClientIdOrSecret');
        return { status: 200, body: { accessToken: tokens.issue(), expireIn: TOKEN_LIFE } };
      },
    },
    refusal: (path, code) =>
      path.startsWith('/v1.0/') ? refused(String(code)) : no(Number(code) || -1, 'told to refuse'),
  };
}

/** What the OpenAPI does for Stream mode, and for the files of messages. */
export interface StreamSide {
  giving: Giving;
  host(): string;
  endpoint(): string;
  ticket(): string;
  /** Whose message an address for its answer belongs to. */
  session(id: string): { line: Line; answered(shown: Shown): void } | undefined;
}

const locating = z.object({ downloadCode: z.string(), robotCode: z.string() });

const subscription = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.object({ type: z.literal('CALLBACK'), topic: z.string() })).min(1),
});

const no = (errcode: number, errmsg: string): Said => ({ status: 200, body: { errcode, errmsg } });

const refused = (code: string): Said => ({
  status: code === 'system.error' ? 500 : 400,
  body: { code, message: code, requestid: randomUUID() },
});

const post = z.object({
  msgUuid: z.string().optional(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  markdown: z.object({ title: z.string(), text: z.string() }).optional(),
  at: z.object({ atUserIds: z.array(z.string()).max(MOST_MENTIONS).default([]) }).optional(),
});
type Posted = z.infer<typeof post>;

/** The group robot: signed where it has a secret, 20 a minute, and ten minutes' rest for going over. */
function robotSend(world: Surroundings): (call: Call) => Said {
  const within = createBudget(world.clock, PENALTY);
  const seen = new Set<string>();
  return (call) => {
    if (!call.headers['content-type']?.startsWith('application/json')) return no(43004, 'bad content type');
    const key = call.query.get('access_token') ?? '';
    const group = world.groups.find((each) => each.key !== undefined && each.key === key);
    if (!group) return no(300_001, 'token is not exist');
    const forged = signFault(call, group, world.clock.now());
    if (forged) return no(310_000, forged);
    if (Buffer.byteLength(call.body) > MOST_BYTES)
      return no(460_101, `message too long, exceed ${MOST_BYTES} bytes`);
    const posted = post.safeParse(parseJson(call.body)).data;
    if (!posted) return no(40035, 'invalid parameter');
    const words = wordsOf(posted);
    if (words === null) return no(400_105, 'unsupported msgtype');
    const uuid = posted.msgUuid === undefined ? undefined : `${key} ${posted.msgUuid}`;
    const repeated = uuid !== undefined && seen.has(uuid);
    if (!repeated && !within(key)) return no(410_100, 'send too fast');
    if (uuid !== undefined) seen.add(uuid);
    return { ...no(0, 'ok'), message: { to: [{ group: group.chat }], shown: !repeated, ...words } };
  };
}

function signFault(call: Call, { secret }: Group, now: Date): string | null {
  if (secret === undefined) return null;
  const timestamp = call.query.get('timestamp') ?? '';
  if (!/^\d+$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp)) > HOUR)
    return 'invalid timestamp';
  return call.query.get('sign') === sign(timestamp, secret) ? null : 'sign not match';
}

/** A mention is one only where the account stands in `at` and, behind an @, in the text. Cards aren't played. */
function wordsOf({ msgtype, text, markdown, at }: Posted): Shown | null {
  const shown = msgtype === 'text' ? text?.content : msgtype === 'markdown' ? markdown?.text : undefined;
  if (shown === undefined) return null;
  const mentions = (at?.atUserIds ?? []).filter((account) => shown.includes(`@${account}`));
  return { text: shown, markup: msgtype === 'text' ? 'text' : 'markdown', mentions };
}

/** An answer to the address that came with a message, as long as that lives. */
const sessionSend =
  ({ session }: StreamSide) =>
  (call: Call): Said => {
    const found = session(call.query.get('session') ?? '');
    if (!found) return no(300_001, 'session 不存在');
    const posted = post.safeParse(parseJson(call.body)).data;
    const words = posted && wordsOf(posted);
    if (!words) return no(40035, 'invalid parameter');
    found.answered(words);
    return {
      ...no(0, 'ok'),
      message: { to: [found.line.chat], shown: true, answers: found.line.id, ...words },
    };
  };

const envelope = z.object({ robotCode: z.string(), msgKey: z.string(), msgParam: z.string() });
const toGroup = envelope.extend({ openConversationId: z.string() });
const toPeople = envelope.extend({ userIds: z.array(z.string()).min(1).max(MOST_PEOPLE) });

/** The OpenAPI's group send; it mentions nobody. */
const groupSend =
  (world: Surroundings, robot: Robot, shelf: MediaShelf) =>
  (call: Call): Said => {
    const posted = toGroup.safeParse(parseJson(call.body)).data;
    if (!posted) return refused('invalidParameter');
    if (!world.groups.some(({ chat }) => chat === posted.openConversationId))
      return refused('invalid.openConversationId');
    const words = paramWords(posted, robot, shelf);
    if ('status' in words) return words;
    return {
      status: 200,
      body: { processQueryKey: randomUUID() },
      message: { to: [{ group: posted.openConversationId }], shown: true, ...words },
    };
  };

/** One to one. Status 200 says nothing of who got it: that stands in the lists. */
const personSend =
  (world: Surroundings, robot: Robot, shelf: MediaShelf) =>
  (call: Call): Said => {
    const posted = toPeople.safeParse(parseJson(call.body)).data;
    if (!posted) return refused('invalidParameter.userIds');
    const words = paramWords(posted, robot, shelf);
    if ('status' in words) return words;
    const known = posted.userIds.filter((id) => world.people.some(({ account }) => account === id));
    return {
      status: 200,
      body: {
        processQueryKey: randomUUID(),
        invalidStaffIdList: posted.userIds.filter((id) => !known.includes(id)),
        flowControlledStaffIdList: [],
      },
      message: { to: known.map((single) => ({ single })), shown: known.length > 0, ...words },
    };
  };

const sampleText = z
  .object({ content: z.string() })
  .transform(({ content }): Shown => ({ text: content, markup: 'text', mentions: [] }));
const sampleMarkdown = z
  .object({ title: z.string(), text: z.string() })
  .transform(({ text }): Shown => ({ text, markup: 'markdown', mentions: [] }));

const sampleImage = z.object({ photoURL: z.string() });
const sampleFile = z.object({
  mediaId: z.string(),
  fileName: z.string(),
  fileType: z.enum(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']),
});

/** A picture or a file by its upload; undefined for another kind of message. */
function mediaWords(msgKey: string, msgParam: string, shelf: MediaShelf): Shown | Said | undefined {
  const json = parseJson(msgParam);
  if (msgKey !== 'sampleImageMsg' && msgKey !== 'sampleFile') return undefined;
  const image = msgKey === 'sampleImageMsg' ? sampleImage.safeParse(json).data : undefined;
  const file = msgKey === 'sampleFile' ? sampleFile.safeParse(json).data : undefined;
  const media = shelf.media(image?.photoURL ?? file?.mediaId ?? '');
  if (!media) return refused('invalidParameter.msgParam.invalid');
  const enclosed = { ...media, name: file?.fileName ?? media.name };
  const text = media.kind === 'picture' ? '[图片]' : `[文件]${enclosed.name}`;
  return { text, markup: 'text', mentions: [], enclosed };
}

function paramWords(posted: z.infer<typeof envelope>, robot: Robot, shelf: MediaShelf): Shown | Said {
  const { robotCode, msgKey, msgParam } = posted;
  // DingTalk's own spelling.
  if (robotCode !== robot.robotCode) return refused('invalidParameter.robotCode.notExsit');
  if (Buffer.byteLength(msgParam) > MOST_PARAM_BYTES) return refused('invalidParameter.msgParam.tooLong');
  const media = mediaWords(msgKey, msgParam, shelf);
  if (media) return media;
  const sample =
    msgKey === 'sampleText' ? sampleText : msgKey === 'sampleMarkdown' ? sampleMarkdown : undefined;
  if (!sample) return refused('invalidParameter.msgKey.invalid');
  return sample.safeParse(parseJson(msgParam)).data ?? refused('invalidParameter.msgParam.invalid');
}
