import { z } from 'zod';
import { type Ask, call, type Door, type Heard, later, place } from '../http.ts';

/** What comes instead of an answer once an address has called ten thousand times in twenty seconds. */
const punished = z.object({ punish: z.literal('deny') });

/** One call; nothing of what DingTalk punishes is delivered. */
export async function ask(door: Door, question: Ask, now: Date): Promise<Heard> {
  const heard = await call(door, question, now);
  if (heard.is !== 'said' || !punished.safeParse(heard.json).success) return heard;
  return later(now, 300, `punished ${place(question.url)}`, true);
}
