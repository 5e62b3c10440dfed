import { createBudget } from '../budget.ts';
import type { Surroundings } from '../double.ts';
import type { Giving } from '../given.ts';
import type { MediaShelf } from '../media.ts';
import type { Api, Call, Said } from '../server.ts';
import { createTokens, TOKEN_LIFE } from '../tokens.ts';
import { appSend, tokenFault } from './appSend.ts';
import type { App } from './callback.ts';
import { no, ok } from './said.ts';
import type { Shelves } from './shelves.ts';
import { enclosed, read } from './words.ts';

/** What WeCom's API says, always with status 200; codes and limits as its pages on 消息推送 and 应用消息 have them. */
export function wecomApi(
  world: Surroundings,
  app: App | undefined,
  { giving, shelves }: { giving: Giving; shelves: Shelves },
): Api {
  const tokens = createTokens(world.clock);
  const send = groupSend(world, shelves);
  return {
    messages: {
      'POST /cgi-bin/webhook/send': send,
      'GET /cgi-bin/webhook/send': () => no(40058, 'please use POST'),
      'POST /cgi-bin/message/send': appSend(world, app, tokens, shelves),
    },
    others: {
      'GET /media/file': giving.give,
      'POST /cgi-bin/webhook/upload_media': (call) => {
        const key = call.query.get('key') ?? '';
        if (!world.groups.some((each) => each.key === key)) return no(93000, 'invalid webhook url');
        return uploaded(call, shelves(key), ['file']);
      },
      'POST /cgi-bin/media/upload': (call) =>
        tokenFault(call, tokens) ?? uploaded(call, shelves('app'), ['image', 'file']),
      // What a member sent to the app lies beside what the app itself handed over.
      'GET /cgi-bin/media/get': (call) => {
        const kept = shelves('app').media(call.query.get('media_id') ?? '');
        return (
          tokenFault(call, tokens) ??
          (kept ? { status: 200, body: {}, file: kept } : no(40007, 'invalid media_id'))
        );
      },
      'GET /cgi-bin/gettoken': ({ query }) => {
        if (!app || query.get('corpid') !== app.corpId) return no(40013, 'invalid corpid');
        if (query.get('corpsecret') !== app.secret) return no(40001, 'invalid credential');
        return ok({ access_token: tokens.issue(), expires_in: TOKEN_LIFE });
      },
    },
    refusal: (_path, code) => no(Number(code) || -1, 'told to refuse'),
  };
}

function uploaded(call: Call, shelf: MediaShelf, types: string[]): Said {
  const type = call.query.get('type') ?? '';
  if (!types.includes(type)) return no(40004, 'invalid media type');
  const id = shelf.take(call, type === 'image' ? 'picture' : 'file');
  if (id === null) return no(44001, 'empty media data');
  return ok({ type, media_id: id, created_at: '1380000000' });
}

/** Group robots: 20 a minute for each, 2048 bytes of text, 4096 of markdown, pictures of 2 MB. Cards aren't played. */
function groupSend(world: Surroundings, shelves: Shelves): (call: Call) => Said {
  const within = createBudget(world.clock);
  return (call) => {
    const key = call.query.get('key') ?? '';
    const group = world.groups.find((each) => each.key !== undefined && each.key === key);
    if (!group) return no(93000, 'invalid webhook url');
    const words =
      enclosed(call, shelves(key)) ?? read(call, { text: 2048, markdown: 4096, markdown_v2: 4096 });
    if ('status' in words) return words;
    if (!within(key)) return no(45009, 'api freq out of limit');
    return { ...ok(), message: { to: [{ group: group.chat }], shown: true, ...words } };
  };
}
