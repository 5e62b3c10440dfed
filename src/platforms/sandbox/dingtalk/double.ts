import { randomBytes } from 'node:crypto';
import type { Double, Surroundings } from '../double.ts';
import { createGiving } from '../given.ts';
import { createHistory } from '../history.ts';
import { createDoubleServer } from '../server.ts';
import { createSpeech, type Spoken } from '../speech.ts';
import { dingtalkApi } from './api.ts';
import { callbackOf, open, type Robot, SESSION_LIFE, seal, type Words } from './callback.ts';
import { createDingtalkGateway, type DingtalkGateway } from './gateway.ts';
import type { Session } from './streamSide.ts';

export type DingtalkDouble = Double<'robot' | 'connection'> & { gateway: DingtalkGateway };

/** The public host; a message that comes over a connection names the double itself, for its answer. */
const OAPI = 'https://oapi.dingtalk.com';

const PINGS = 60_000;

/** DingTalk: an app robot by hook and by Stream, group robots, and the OpenAPI; one address stands for all its hosts. */
export function createDingtalkDouble(world: Surroundings & Robot): DingtalkDouble {
  const history = createHistory();
  const gateway = createDingtalkGateway(world.clock);
  const sessions = new Map<string, Session & { until: number }>();
  let base = '';
  let pings: NodeJS.Timeout | undefined;
  const giving = createGiving(world.clock);
  const server = createDoubleServer(
    dingtalkApi(world, world, {
      endpoint: () => `${base.replace(/^http/, 'ws')}/connect`,
      ticket: gateway.ticket,
      session: (id) => {
        const found = sessions.get(id);
        return found && world.clock.now().getTime() < found.until ? found : undefined;
      },
      giving,
      host: () => base,
    }),
    history,
    world.clock,
    () => gateway.sockets,
  );

  function wordsOf({ via: _, files, ...spoken }: Spoken<'robot'>): Words {
    const chat = spoken.group;
    const known = world.groups.find((group) => group.chat === chat);
    const given = files.map(({ kind, name, bytes, quoted = false }) => ({
      ...{ kind, name, quoted },
      // The name is lost on the way: only the message carries it.
      downloadCode: giving.put({ name: '', bytes }),
    }));
    return { ...spoken, files: given, group: chat === null ? null : { chat, name: known?.name ?? chat } };
  }

  const speech = createSpeech<'robot'>(world, history, {
    newId: () => `msg${randomBytes(16).toString('base64')}`,
    patience: 2500,
    retries: 0,
    compose: (spoken, url) => ({
      parcel: seal(wordsOf(spoken), world, url, world.clock.now(), OAPI),
      open,
    }),
    call(spoken, line, { acked, answered }) {
      const now = world.clock.now().getTime();
      sessions.set(spoken.id, { line, answered, until: now + SESSION_LIFE });
      return gateway.call(callbackOf(wordsOf(spoken), world, now, base), acked);
    },
  });
  return {
    platform: 'dingtalk',
    ...server,
    ...speech,
    async listen() {
      base = await server.listen();
      pings = setInterval(gateway.ping, PINGS).unref();
      return base;
    },
    async close() {
      clearInterval(pings);
      await server.close();
    },
    lines: history.lines,
    on: history.on,
    sockets: gateway.sockets,
    gateway,
  };
}
