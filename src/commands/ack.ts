import { acknowledge } from '../ledger/outbox.ts';
import type { Command } from './command.ts';

export const ack: Command = {
  act: 'ack',
  heardAfterwards: true,
  help: '收到:已看到提示,不需要其他回复',
  examples: ['收到'],
  may: () => true,
  run: async ({ tx, person, now }) => {
    await acknowledge(tx, person.id, now);
    return null;
  },
};
