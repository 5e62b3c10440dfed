import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createBot } from '../../src/bot.ts';
import type { PlatformName } from '../../src/chat/message.ts';
import { readConfig } from '../../src/config.ts';
import { createServing } from '../../src/connections/serving.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { entries } from '../../src/ledger/schema.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import { createClock } from '../../src/time.ts';
import { createWays } from '../../src/ways/ways.ts';
import { watchResources } from '../setup/resources.ts';
import { stores } from '../setup/stores.ts';
import { createDice, gaps, openWorld, type World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** A platform sends again what found no answer for so long. */
const AGAIN = 2 * MINUTE;

/** What goes wrong, and how long it lasts in milliseconds; a line that can stand again does so within three seconds. */
const troubles: Record<string, (world: World, random: () => number) => Promise<void>> = {
  cut: async (world) => {
    const stood = isReady(world);
    world.double.sockets.drop();
    await standsAgain(world, stood);
  },
  away: async (world, random) => {
    const stood = isReady(world);
    world.memory.refuse(true);
    world.double.sockets.drop();
    await world.hands.pass(random() * 3 * MINUTE);
    world.memory.refuse(false);
    await standsAgain(world, stood);
  },
  'half-open': async ({ double, hands }, random) => {
    double.sockets.mute(true);
    await hands.pass(random() * 2 * MINUTE);
    double.sockets.mute(false);
  },
  noise: async ({ double }) => double.sockets.shout('{"cmd":'),
  'sent away': async ({ wecom, dingtalk, hands }, random) => {
    wecom.gateway.cutSubscribers(true);
    dingtalk.gateway.expireNext(2);
    wecom.sockets.drop();
    dingtalk.sockets.drop();
    await hands.pass(random() * 20 * SECOND);
    wecom.gateway.cutSubscribers(false);
  },
  'late acks': async ({ wecom, dingtalk, hands }, random) => {
    wecom.gateway.hold(true);
    dingtalk.gateway.disconnect();
    await hands.pass(random() * 20 * SECOND);
    wecom.gateway.hold(false);
  },
};

const isReady = ({ link }: World) => link.status().state === 'ready';

/** A line that was waiting out a refusal before goes on waiting. */
async function standsAgain(world: World, stood: boolean): Promise<void> {
  if (!stood) return;
  await world.hands.pass(3 * SECOND);
  expect(isReady(world)).toBe(true);
}

test.each<[PlatformName, string]>([
  ['wecom', 'sec_anquan'],
  ['dingtalk', 'dt-anquan'],
])(
  'a day of flapping leaves one effect and one answer a message, and no socket or timer (%s)',
  async (name, user) => {
    const nothingIsLeft = watchResources();
    const [, pglite] = stores;
    const store = await pglite?.open();
    if (!store) throw new Error('there is no store');
    const log = pino({ level: 'silent' });
    const world = await openWorld(name, {}, (lines) => {
      const clock = { ...createClock(), now: lines.now };
      const platforms = createPlatforms(readConfig({}), fetch);
      const seal = { open: () => '', close: () => '' };
      const ways = createWays({ platforms, seal, sampleAddress: () => undefined });
      const bot = createBot({ store, clock, log, botNames: ['督办'], patience: 30_000, ways });
      return createServing(name, { bot, store, lines, log, metrics: createMetrics() });
    });
    const { double, hands, link, memory, clock } = world;
    await loadSample(store.db, clock.now());
    const random = createDice();
    const kinds = Object.values(troubles);
    const open = new Map<string, number>();
    const said: string[] = [];
    const isAnswered = (id: string) => double.lines().some(({ answers }) => answers === id);

    /** What a platform does that got no answer: it sends the message again, and some others for no reason at all. */
    function redeliver(): void {
      for (const [id, at] of open) {
        if (isAnswered(id)) open.delete(id);
        else if (hands.now() - at > AGAIN) {
          open.set(id, hands.now());
          void double.again(id);
        }
      }
      const old = said[Math.floor(random() * said.length)];
      if (old !== undefined && random() < 0.2) void double.again(old);
    }

    await hands.pass(3 * SECOND);
    while (hands.now() < DAY) {
      const id = `m${said.length}`;
      said.push(id);
      open.set(id, hands.now());
      void double.say({ chat: 'single', user, text: '4.3.2 演练+1', id });
      // Half of the troubles come while the message is being handled.
      await (random() < 0.5 ? Promise.resolve() : hands.pass(random() * 5 * SECOND));
      for (let trouble = 0; trouble < 4; trouble += 1) {
        const cause = kinds[Math.floor(random() * kinds.length)];
        await cause?.(world, random);
        await hands.pass(random() * 14 * MINUTE);
      }
      redeliver();
    }
    for (let round = 0; round < 5; round += 1) {
      await hands.pass(AGAIN + SECOND);
      redeliver();
    }
    expect(hands.now()).toBeGreaterThanOrEqual(DAY);
    expect(link.status().state).toBe('ready');
    expect(double.sockets.standing()).toBe(1);

    const effects = new Map<string, number>();
    for (const { messageId } of await store.db.select({ messageId: entries.messageId }).from(entries)) {
      effects.set(messageId ?? '', (effects.get(messageId ?? '') ?? 0) + 1);
    }
    const answers = (id: string) => double.lines().filter((line) => line.answers === id).length;
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((id) => effects.get(id) !== 1)).toEqual([]);
    expect(said.filter((id) => answers(id) !== 1)).toEqual([]);
    expect(world.tries.length).toBeGreaterThan(100);
    expect(Math.min(...gaps(world.tries))).toBeGreaterThanOrEqual(SECOND);

    const closing = link.close(0);
    await hands.pass(2 * SECOND);
    await closing;
    expect([hands.pending(), memory.standing(), double.sockets.standing()]).toEqual([0, 0, 0]);
    await store.close();
    await double.close();
    await nothingIsLeft();
  },
  300_000,
);
