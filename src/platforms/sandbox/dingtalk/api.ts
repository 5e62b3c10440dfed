import { z } from 'zod';
import type { Line, Shown, Surroundings } from '../double.ts';
import type { Giving } from '../given.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf } from '../media.ts';
import type { Api, Call, Said } from '../server.ts';
import { createTokens, TOKEN_LIFE } from '../tokens.ts';
import type { Robot } from './callback.ts';
import { groupSend, personSend } from './openApiSend.ts';
import { robotSend, sessionSend } from './robotSend.ts';
import { no, refused } from './said.ts';

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
