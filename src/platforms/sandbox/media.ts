import { randomBytes } from 'node:crypto';
import type { Media } from './double.ts';
import type { Call } from './server.ts';

/** What was uploaded, by the id that it can be sent by. */
export interface MediaShelf {
  /** Null where the call carries no file in the part that both platforms read. */
  take(call: Call, kind: Media['kind']): string | null;
  /** By a media id of its own. */
  put(media: Media): string;
  media(id: string): Media | undefined;
}

export function createMediaShelf(): MediaShelf {
  const shelf = new Map<string, Media>();
  const put = (media: Media): string => {
    const id = `@${randomBytes(18).toString('base64url')}`;
    shelf.set(id, media);
    return id;
  };
  return {
    take(call, kind) {
      const media = partOf(call, kind);
      return !media || media.bytes.length <= 5 ? null : put(media);
    },
    put,
    media: (id) => shelf.get(id),
  };
}

/** The part named `media` of a form; a name that isn't plain UTF-8 in quotes is one that the platforms don't show. */
function partOf({ headers, raw }: Call, kind: Media['kind']): Media | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(headers['content-type'] ?? '');
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return null;
  const parts = raw.toString('latin1').split(`--${mark}`);
  for (const part of parts) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const named = Buffer.from(head, 'latin1').toString();
    const name = /name="media"; ?filename="([^"]+)"/.exec(named)?.[1];
    if (name === undefined) continue;
    const type = /content-type: ?([^\r\n;]+)/i.exec(named)?.[1] ?? '';
    const bytes = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
    return { kind, name, type, bytes };
  }
  return null;
}
