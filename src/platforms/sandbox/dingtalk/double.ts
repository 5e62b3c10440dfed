import { randomBytes } from 'node:crypto';
import type { Double, Surroundings } from '../double.ts';
import { createHistory } from '../history.ts';
import { createDoubleServer } from '../server.ts';
import { createSpeech } from '../speech.ts';
import { dingtalkApi } from './api.ts';
import { open, type Robot, seal } from './callback.ts';

/** DingTalk: an app robot in HTTP mode, group robots, and the OpenAPI; one address stands for both of its hosts. */
export function createDingtalkDouble(world: Surroundings & Robot): Double<'robot'> {
  const history = createHistory();
  const server = createDoubleServer(dingtalkApi(world, world), history, world.clock);
  const speech = createSpeech<'robot'>(world, history, {
    newId: () => `msg${randomBytes(16).toString('base64')}`,
    patience: 2500,
    retries: 0,
    compose(spoken, url) {
      const chat = spoken.group;
      const known = world.groups.find((group) => group.chat === chat);
      const group = chat === null ? null : { chat, name: known?.name ?? chat };
      return { parcel: seal({ ...spoken, group }, world, url, world.clock.now()), open };
    },
  });
  return { platform: 'dingtalk', ...server, ...speech, lines: history.lines, on: history.on };
}
