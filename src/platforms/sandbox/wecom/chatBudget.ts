import type { Clock } from '../../../time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Answers and pushes together: 30 a minute and 1,000 an hour a chat. False where one more is too much. */
export function createChatBudget(clock: Clock): (chat: string) => boolean {
  const heard = new Map<string, number[]>();
  return (chat) => {
    const now = clock.now().getTime();
    const recent = (heard.get(chat) ?? []).filter((at) => now - at < HOUR);
    const minute = recent.filter((at) => now - at < MINUTE);
    heard.set(chat, recent);
    if (minute.length >= 30 || recent.length >= 1_000) return false;
    recent.push(now);
    return true;
  };
}
