import { randomBytes } from 'node:crypto';
import type { Double, Surroundings } from '../double.ts';
import { createHistory } from '../history.ts';
import { createDoubleServer } from '../server.ts';
import { createSpeech } from '../speech.ts';
import { open } from './answer.ts';
import { type App, wecomApi } from './api.ts';
import { type Keys, seal, type Via } from './callback.ts';

/** WeCom: its AI bot, its group robots with callback, their push addresses, and a self-built app. */
export function createWecomDouble(world: Surroundings & Keys & { botId?: string; app?: App }): Double<Via> {
  const history = createHistory();
  const server = createDoubleServer(wecomApi(world, world.app), history, world.clock);
  let base = '';
  const speech = createSpeech<Via>(world, history, {
    newId: () => `CAIQ${randomBytes(18).toString('base64')}`,
    patience: 5000,
    retries: 2,
    compose({ via = 'bot', ...spoken }, url) {
      const key = world.groups.find(({ chat }) => chat === spoken.group)?.key ?? '';
      const address = `${base}/cgi-bin/webhook/send?key=${key}`;
      const words = { ...spoken, botId: world.botId ?? 'aibSandbox', address };
      const { nonce, ...parcel } = seal(via, words, world, url, world.clock.now());
      return { parcel, open: (body) => open(via, body, world, nonce) };
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
  };
}
