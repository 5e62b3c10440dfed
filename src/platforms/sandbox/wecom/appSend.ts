import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../time.ts';
import type { Surroundings } from '../double.ts';
import { parseJson } from '../json.ts';
import type { Call, Said } from '../server.ts';
import type { Tokens } from '../tokens.ts';
import { cut } from './answer.ts';
import type { App } from './callback.ts';
import { createChatBudget } from './chatBudget.ts';
import { no, ok } from './said.ts';
import type { Shelves } from './shelves.ts';
import { enclosed, mediaPost, post, read } from './words.ts';

const appPost = post.extend({
  touser: z.string(),
  agentid: z.number(),
  enable_duplicate_check: z.number().default(0),
  duplicate_check_interval: z.number().max(14_400).default(1800),
});

/**
 * App messages: 2048 bytes, a longer text is cut in silence; the same again within the interval is not shown, nor what a
 * member is sent beyond 30 a minute and 1,000 an hour.
 */
export function appSend(
  world: Surroundings,
  app: App | undefined,
  tokens: Tokens,
  shelves: Shelves,
): (call: Call) => Said {
  const repeats = createMemory(world.clock);
  const mayHear = createChatBudget(world.clock);
  return (call) => {
    const refusal = tokenFault(call, tokens);
    if (refusal) return refusal;
    const words =
      enclosed(call, shelves('app')) ?? read(call, { text: Number.POSITIVE_INFINITY, markdown: 2048 });
    if ('status' in words) return words;
    const posted = appPost.safeParse(parseJson(call.body)).data;
    if (!posted) return no(40063, 'required parameter empty');
    if (posted.agentid !== app?.agentId) return no(301_002, 'agentid does not belong to the token');
    const asked = posted.touser.split('|');
    const known = asked.filter((account) => world.people.some((person) => person.account === account));
    if (known.length === 0) return no(81_013, 'no recipient is valid');
    const invaliduser = asked.filter((account) => !known.includes(account)).join('|');
    const seconds = posted.enable_duplicate_check === 1 ? posted.duplicate_check_interval : 0;
    // A file that was handed over again has another id, and is another content.
    const { image, file } = mediaPost.safeParse(parseJson(call.body)).data ?? {};
    const repeated = repeats(JSON.stringify([known, words.kind, words.text, image, file]), seconds);
    const hearing = repeated ? [] : known.filter(mayHear);
    const shown = { ...words, text: cut(words.text), shown: hearing.length > 0 };
    return {
      ...ok({ invaliduser, msgid: randomUUID() }),
      message: { to: (shown.shown ? hearing : known).map((single) => ({ single })), ...shown },
    };
  };
}

export function tokenFault({ query }: Call, tokens: Tokens): Said | null {
  const token = query.get('access_token') ?? '';
  if (token === '') return no(41001, 'access_token missing');
  const state = tokens.state(token);
  if (state === 'valid') return null;
  return state === 'expired' ? no(42001, 'token expired') : no(40014, 'invalid token');
}

/** Whether the same was shown within so many seconds; a clock that was set back forgets. */
function createMemory(clock: Clock): (key: string, seconds: number) => boolean {
  const shownAt = new Map<string, number>();
  return (key, seconds) => {
    const now = clock.now().getTime();
    const age = now - (shownAt.get(key) ?? Number.NEGATIVE_INFINITY);
    const repeated = age >= 0 && age < seconds * 1000;
    if (!repeated) shownAt.set(key, now);
    return repeated;
  };
}
