import { type Logger, pino } from 'pino';
import { textOf } from '../../src/chat/reply.ts';
import { readConfig } from '../../src/config.ts';
import { createDelivery } from '../../src/delivery.ts';
import type { Store } from '../../src/ledger/db.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { tick } from '../../src/tick.ts';
import { createStillClock } from '../../src/time.ts';
import { createWays } from '../../src/ways/ways.ts';

export interface Post {
  platform: 'wecom' | 'dingtalk';
  uuid: string;
  chat: string;
  text: string;
}

interface Own {
  log?: Logger;
  /** What both platforms do otherwise than take everything at once. */
  platform?: Partial<Platform>;
}

/** A process of the product between platforms that take everything at once. */
export function processOn(
  store: Store,
  posts: Post[],
  { log = pino({ level: 'silent' }), platform }: Own = {},
) {
  const clock = createStillClock(new Date(0));
  const platforms = papers(posts, platform);
  const ways = createWays({ platforms, seal: { open: () => '', close: () => '' }, sampleAddress: () => '' });
  const delivery = createDelivery({ ways, clock, log, metrics: createMetrics() });
  const botNames = { wecom: '督办', dingtalk: '督办' };
  const end = new AbortController().signal;
  const parts = { store, known: new Map(), ways, delivery, log, botNames, draws: false };
  return {
    parts,
    clock,
    look: async (now: Date) => {
      clock.move(now.getTime() - clock.now().getTime());
      const looked = await tick(parts, now, end);
      await looked.over;
    },
  };
}

function papers(posts: Post[], own: Partial<Platform> = {}): Record<'wecom' | 'dingtalk', Platform> {
  const real = createPlatforms(readConfig({ SECRET_KEY: 'a scenario seals nothing' }), fetch);
  const paper = (platform: 'wecom' | 'dingtalk'): Platform => ({
    ...real[platform],
    reaches: () => true,
    robot: (target) => (target.to === 'group' ? target.chatId : target.account),
    send: async (target, { uuid, reply }) => {
      const chat = target.to === 'group' ? target.chatId : target.account;
      posts.push({ platform, uuid, chat, text: textOf(reply) });
      return { is: 'sent' };
    },
    ...own,
  });
  return { wecom: paper('wecom'), dingtalk: paper('dingtalk') };
}
