import type { Clock } from '../../../time.ts';
import { createBudget } from '../budget.ts';

const HOUR = 60 * 60_000;

/** What WeCom lets one chat hear, or one member of an app: 30 a minute and 1,000 an hour. False where one more is too much. */
export function createChatBudget(clock: Clock): (chat: string) => boolean {
  const minute = createBudget(clock, { most: 30 });
  const hour = createBudget(clock, { most: 1_000, span: HOUR });
  return (chat) => minute(chat) && hour(chat);
}
