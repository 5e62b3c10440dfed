/** What WeCom lets a bot say over its connection in one chat, answers and pushes together. */
const windows = [
  { span: 60_000, most: 30 },
  { span: 60 * 60_000, most: 1_000 },
];

/**
 * Counts what is said in each chat. `wait` tells how many milliseconds are left until one more may be said; `spend`
 * counts it. A clock that was set back forgets what it spent later.
 */
export function createPace(now: () => number) {
  const spoken = new Map<string, number[]>();
  const recent = (chat: string): number[] =>
    (spoken.get(chat) ?? []).filter((at) => at <= now() && now() - at < 60 * 60_000);
  return {
    wait(chat: string): number {
      const times = recent(chat);
      const waits = windows.map(({ span, most }) => {
        const oldest = times.at(-most);
        return oldest === undefined ? 0 : oldest + span - now();
      });
      return Math.max(0, ...waits);
    },
    spend(chat: string): void {
      spoken.set(chat, [...recent(chat), now()]);
    },
  };
}
