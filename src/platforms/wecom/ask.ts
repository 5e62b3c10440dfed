import { z } from 'zod';
import { call, type Door, errcode, later, never, place, type Unheard, unread } from '../http.ts';
import type { Outcome } from '../platform.ts';

const accounts = z.string().optional().catch(undefined);
/** An app's message may be taken though nobody gets it: who is unknown to it, or has no licence for it. */
const answer = z.object({ errcode, invaliduser: accounts, unlicenseduser: accounts });

type Said = z.infer<typeof answer> & { is: 'said'; why: string };

/** One call and WeCom's own word on it, which HTTP's 200 is not. */
export async function ask(door: Door, url: URL, body: unknown, now: Date): Promise<Said | Unheard> {
  const heard = await call(door, { url, body }, now);
  if (heard.is !== 'said') return heard;
  const said = answer.safeParse(heard.json);
  if (!said.success) return unread(heard.status, url, now);
  return { is: 'said', ...said.data, why: `errcode ${said.data.errcode} ${place(url)}` };
}

/** The address or its robot is no more, the robot is switched off, or it isn't in the group. */
export const gone = [93_000, 93_004, 93_008];

/** The token is no longer one. */
export const stale = [40_014, 42_001, 42_007, 42_009];

/**
 * The caller isn't let in: from this address (60020), to this interface (48002), as this app (301002). It says nothing of
 * the letter, and somebody has to change a setting on the platform.
 */
const shut = [60_020, 48_002, 301_002];

/** WeCom's page of global error codes (90313), as far as a send can meet them; what it doesn't name is for good. */
export function judge(code: number, why: string, now: Date): Outcome {
  if (shut.includes(code)) return later(now, 600, why, true);
  switch (code) {
    case 0:
      return { is: 'sent' };
    case 45009:
      return later(now, 60, why, true);
    case -1:
    case 45033:
    // The file's id is good no more: the next attempt hands it over anew.
    case 40007:
      return later(now, 30, why);
    default:
      return never(why, gone.includes(code));
  }
}
