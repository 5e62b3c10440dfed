import { z } from 'zod';
import { createBudget } from '../budget.ts';
import type { Surroundings } from '../double.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf } from '../media.ts';
import type { Api, Call, Said } from '../server.ts';
import { createTokens, TOKEN_LIFE } from '../tokens.ts';
import type { Robot } from './callback.ts';
import { groupSend, personSend } from './openApiSend.ts';
import { robotSend, sessionSend } from './robotSend.ts';
import { no, refused } from './said.ts';
import type { StreamSide } from './streamSide.ts';

/** Of an app, to each of the OpenAPI's routes. */
const CALLS_A_SECOND = 20;

/**
 * Both of DingTalk's families: `/robot/send` answers 200 with an errcode, the OpenAPI a status with a code in words. How many
 * sends a minute are too fast for the latter isn't published: here as many as for the former.
 */
export function dingtalkApi(world: Surroundings, robot: Robot, stream: StreamSide): Api {
  const tokens = createTokens(world.clock);
  const shelf = createMediaShelf();
  // What is refused for its haste or its token counts against no robot's minute.
  const guarded = (route: (call: Call) => Said): ((call: Call) => Said) => {
    const within = createBudget(world.clock, { most: CALLS_A_SECOND, span: 1_000 });
    return (call) => {
      const token = String(call.headers['x-acs-dingtalk-access-token'] ?? '');
      if (tokens.state(token) !== 'valid') return refused('InvalidAuthentication');
      if (!within(robot.appKey)) return refused('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
      return route(call);
    };
  };
  const within = createBudget(world.clock);
  const sparing = (route: (call: Call) => Said) =>
    guarded((call) => (within(robot.robotCode) ? route(call) : refused('send.too.fast')));
  return {
    messages: {
      'POST /robot/send': robotSend(world),
      'POST /v1.0/robot/groupMessages/send': sparing(groupSend(world, robot, shelf)),
      'POST /v1.0/robot/oToMessages/batchSend': sparing(personSend(world, robot, shelf)),
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

const locating = z.object({ downloadCode: z.string(), robotCode: z.string() });

const subscription = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.object({ type: z.literal('CALLBACK'), topic: z.string() })).min(1),
});
