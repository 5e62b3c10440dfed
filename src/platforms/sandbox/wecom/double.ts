import { randomBytes } from 'node:crypto';
import type { Double, SentMedia, Surroundings } from '../double.ts';
import { createGiving } from '../given.ts';
import { createHistory } from '../history.ts';
import { createDoubleServer } from '../server.ts';
import { createSpeech, type Spoken } from '../speech.ts';
import { open } from './answer.ts';
import { wecomApi } from './api.ts';
import { type App, encipher, type GivenFile, type Keys, seal, type Via, type Words } from './callback.ts';
import { createWecomGateway, type WecomGateway } from './gateway.ts';
import { createShelves } from './shelves.ts';

export interface WecomWorld extends Surroundings, Keys {
  /** The AI bot: its id, and the secret of its long connection. */
  botId?: string;
  botSecret?: string;
  /** Without one, its calls are refused as a wrong corpid, and nobody writes to it. */
  app?: App;
}

export type WecomDouble = Double<Via | 'connection'> & { gateway: WecomGateway };

/** WeCom: its AI bot by hook and by connection, its group robots with callback, their addresses, and a self-built app. */
export function createWecomDouble(world: WecomWorld): WecomDouble {
  const history = createHistory();
  const giving = createGiving(world.clock);
  const shelves = createShelves();
  const server = createDoubleServer(
    wecomApi(world, world.app, { giving, shelves }),
    history,
    world.clock,
    () => gateway.sockets,
  );
  const bot = { id: world.botId ?? 'aibSandbox', secret: world.botSecret ?? randomBytes(16).toString('hex') };
  const gateway = createWecomGateway({ world, bot, history, sent: server.sent, faults: server.faults });
  let base = '';

  /**
   * Cipher text at an address of five minutes: under the callbacks' key, over a connection under one of its own. To an app
   * it lies open, and is there for the app's token.
   */
  function given(media: SentMedia, by: Via | 'connection'): GivenFile {
    const at = (bytes: Buffer) => `${base}/media/file?id=${giving.put({ name: media.name, bytes })}`;
    const { kind, quoted = false } = media;
    if (by === 'app') {
      const mediaId = shelves('app').put({ ...media, type: '' });
      return { kind, quoted, url: at(media.bytes), mediaId };
    }
    const connected = by === 'connection';
    const aeskey = connected ? randomBytes(32).toString('base64') : world.aesKey;
    return { kind, quoted, url: at(encipher(aeskey, media.bytes)), ...(connected ? { aeskey } : {}) };
  }

  function wordsOf({ via: _, files, ...spoken }: Spoken<Via>, by: Via | 'connection'): Words {
    const key = world.groups.find(({ chat }) => chat === spoken.group)?.key ?? '';
    return {
      ...spoken,
      files: files.map((file) => given(file, by)),
      botId: bot.id,
      address: `${base}/cgi-bin/webhook/send?key=${key}`,
      app: world.app ?? { corpId: '', secret: '', agentId: 0 },
    };
  }

  const speech = createSpeech<Via>(world, history, {
    newId: () => `CAIQ${randomBytes(18).toString('base64')}`,
    patience: 5000,
    retries: 2,
    hears: ({ via, group, files }) =>
      via !== 'app' ||
      (world.app !== undefined && group === null && files.every(({ kind }) => kind === 'picture')),
    compose(spoken, url) {
      const { via = 'bot' } = spoken;
      const words = wordsOf(spoken, via);
      const { nonce, ...parcel } = seal(via, words, world, url, world.clock.now());
      return { parcel, open: (body) => open(via, body, words, world, nonce) };
    },
    call: (spoken, line, { acked, answered }) => {
      const sent = gateway.call(wordsOf(spoken, 'connection'), line, answered);
      // Callbacks over WeCom's connection are not acknowledged.
      if (sent) acked(200);
      return sent;
    },
  });
  return {
    platform: 'wecom',
    ...server,
    ...speech,
    async listen() {
      base = await server.listen();
      return base;
    },
    lines: history.lines,
    on: history.on,
    sockets: gateway.sockets,
    gateway,
  };
}
