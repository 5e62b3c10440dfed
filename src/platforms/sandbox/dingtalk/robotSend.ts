import { z } from 'zod';
import { createBudget } from '../budget.ts';
import type { Group, Shown, Surroundings } from '../double.ts';
import { parseJson } from '../json.ts';
import type { Call, Said } from '../server.ts';
import { sign } from './callback.ts';
import { no } from './said.ts';
import type { StreamSide } from './streamSide.ts';

const PENALTY = 10 * 60_000;
const HOUR = 60 * 60_000;
const MOST_BYTES = 20_000;
const MOST_MENTIONS = 50;

const post = z.object({
  msgUuid: z.string().optional(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  markdown: z.object({ title: z.string(), text: z.string() }).optional(),
  at: z.object({ atUserIds: z.array(z.string()).max(MOST_MENTIONS).default([]) }).optional(),
});
type Posted = z.infer<typeof post>;

/** The group robot: signed where it has a secret, 20 a minute, and ten minutes' rest for going over. */
export function robotSend(world: Surroundings): (call: Call) => Said {
  const within = createBudget(world.clock, { penalty: PENALTY });
  const seen = new Set<string>();
  return (call) => {
    if (!call.headers['content-type']?.startsWith('application/json')) return no(43004, 'bad content type');
    const key = call.query.get('access_token') ?? '';
    const group = world.groups.find((each) => each.key !== undefined && each.key === key);
    if (!group) return no(300_001, 'token is not exist');
    const forged = signFault(call, group, world.clock.now());
    if (forged) return no(310_000, forged);
    if (Buffer.byteLength(call.body) > MOST_BYTES)
      return no(460_101, `message too long, exceed ${MOST_BYTES} bytes`);
    const posted = post.safeParse(parseJson(call.body)).data;
    if (!posted) return no(40035, 'invalid parameter');
    const words = wordsOf(posted);
    if (words === null) return no(400_105, 'unsupported msgtype');
    const uuid = posted.msgUuid === undefined ? undefined : `${key} ${posted.msgUuid}`;
    const repeated = uuid !== undefined && seen.has(uuid);
    if (!repeated && !within(key)) return no(410_100, 'send too fast');
    if (uuid !== undefined) seen.add(uuid);
    return { ...no(0, 'ok'), message: { to: [{ group: group.chat }], shown: !repeated, ...words } };
  };
}

function signFault(call: Call, { secret }: Group, now: Date): string | null {
  if (secret === undefined) return null;
  const timestamp = call.query.get('timestamp') ?? '';
  if (!/^\d+$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp)) > HOUR)
    return 'invalid timestamp';
  return call.query.get('sign') === sign(timestamp, secret) ? null : 'sign not match';
}

/** A mention is one only where the account stands in `at` and, behind an @, in the text. Cards aren't played. */
function wordsOf({ msgtype, text, markdown, at }: Posted): Shown | null {
  const shown = msgtype === 'text' ? text?.content : msgtype === 'markdown' ? markdown?.text : undefined;
  if (shown === undefined) return null;
  const mentions = (at?.atUserIds ?? []).filter((account) => shown.includes(`@${account}`));
  return { text: shown, markup: msgtype === 'text' ? 'text' : 'markdown', mentions };
}

/** An answer to the address that came with a message, as long as that lives. */
export const sessionSend =
  ({ session }: StreamSide) =>
  (call: Call): Said => {
    const found = session(call.query.get('session') ?? '');
    if (!found) return no(300_001, 'session 不存在');
    const posted = post.safeParse(parseJson(call.body)).data;
    const words = posted && wordsOf(posted);
    if (!words) return no(40035, 'invalid parameter');
    found.answered(words);
    return {
      ...no(0, 'ok'),
      message: { to: [found.line.chat], shown: true, answers: found.line.id, ...words },
    };
  };
