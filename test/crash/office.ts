import { setTimeout as after } from 'node:timers/promises';
import { say } from './hooks.ts';

export interface Office {
  /** What 运行状态 says, asked for until it is answered. */
  status(): Promise<string>;
  /** How many letters it says nobody knows the fate of. */
  doubts(): Promise<number>;
}

/** So often somebody of the office asks before that counts as no answer. */
const TIMES = 40;
const PAUSE = 250;

/** The office, which asks how sending went as its people do. Ids begin with `prefix`. */
export function createOffice(address: string, prefix: string, now: () => Date): Office {
  let asked = 0;
  async function status(): Promise<string> {
    for (let time = 0; time < TIMES; time++) {
      asked += 1;
      const id = `${prefix}-status-${asked}`;
      const words = { platform: 'wecom' as const, id, sender: 'off_zhuren', text: '运行状态' };
      const heard = await say(address, words, now());
      if (heard.is === 'answered' && heard.text.includes('近七天消息')) return heard.text;
      await after(PAUSE);
    }
    return '';
  }
  return {
    status,
    doubts: async () => Number(/结果不明(\d+)条/.exec(await status())?.[1] ?? 0),
  };
}
