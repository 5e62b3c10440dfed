import { readFile } from 'node:fs/promises';
import type Koa from 'koa';
import { dayOf } from '../../ledger/days.ts';
import type { Db, Store } from '../../ledger/db.ts';
import { shipped } from '../../shipped.ts';
import type { Clock } from '../../time.ts';
import type { Links, Opened } from '../links.ts';
import { bulletin } from './bulletin.ts';
import { fileFor, paperFor, send, sendPaper } from './file.ts';
import { framed, nothingPage, overPage } from './frame.ts';
import { category, section, standing } from './list.ts';
import { overview, wall } from './overview.ts';
import { type Reader, readerOf } from './reader.ts';
import { task } from './task.ts';
import type { MakePage, View } from './view.ts';

export interface BoardParts {
  store: Store;
  clock: Clock;
  links: Links;
  /** Where evidence files lie, each under its hash. */
  folder: string;
}

/** By the first word behind `/board`; the second is the page's name. */
const pages: Record<string, MakePage> = { '': overview, wall, category, section, standing, task, bulletin };

/** A page leads nowhere but to this server, runs nothing, is kept by nobody and tells no other where it is. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What all pages share; the last part of a name is its type. */
const files = ['base.css', 'parts.css', 'rows.css', 'task.css', 'wall.css', 'print.css', 'seal.svg'];

/** Everything under `/board`: pages for whoever holds a signed link, read-only, without a login and without a script. */
export function createBoard({ store, clock, links, folder }: BoardParts): Koa.Middleware {
  return async (ctx, next) => {
    const parts = partsOf(ctx.path);
    if (parts?.[0] !== 'board') return next();
    ctx.set(HEADERS);
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      ctx.status = 405;
      ctx.set('Allow', 'GET, HEAD');
      return;
    }
    const [, kind = '', name = ''] = parts;
    if (parts.length === 2 && files.includes(kind)) return serve(ctx, kind);
    // Not of the whole address, in which whoever calls may have written a host that makes none.
    const query = new URLSearchParams(ctx.querystring);
    const opened = links.open(parts.join('/'), query, clock.now());
    if (opened && kind === 'task' && parts[3] === 'file' && parts.length === 5) {
      const file = await read(opened, (view) => fileFor(view, name, Number(parts[4])));
      if (file) return send(ctx, file, folder);
    }
    if (opened && kind === 'paper' && parts.length === 3) {
      const paper = await read(opened, (view) => paperFor(view, Number(name)));
      if (paper) return sendPaper(ctx, paper);
    }
    const view =
      opened && parts.length <= 3 ? await read(opened, (each) => page(each, kind, name)) : undefined;
    ctx.type = 'html';
    ctx.status = view === undefined ? 403 : view === null ? 404 : 200;
    ctx.body = view === undefined ? overPage(links.root) : (view ?? nothingPage(links.root));
  };

  /** In one reading of the ledger; undefined where the reader is no longer there, null where there is nothing for them. */
  async function read<T>(
    opened: Opened,
    make: (view: View) => Promise<T | null>,
  ): Promise<T | null | undefined> {
    return store.db.transaction(
      async (tx) => {
        const reader = await readerOf(tx, opened.whom);
        return reader && make(viewOf(tx, reader, opened));
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  }

  function viewOf(db: Db, reader: Reader, opened: Opened): View {
    const now = clock.now();
    return {
      ...{ db, reader, now, until: opened.until },
      today: dayOf(now, reader.plan.timeZone),
      link: (to = '') => links.onward(to === '' ? 'board' : `board/${to}`, opened),
    };
  }

  async function page(view: View, kind: string, name: string): Promise<string | null> {
    const make = Object.hasOwn(pages, kind) ? pages[kind] : undefined;
    const made = await make?.(view, name);
    return made ? framed(links.root, view, made) : null;
  }
}

/** `/board/task/4.3.2` as its words; undefined where it can't be read. */
function partsOf(path: string): string[] | undefined {
  try {
    return path
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** The same for everybody, so that it may be kept for an hour. Read from the sources also when the house runs compiled. */
async function serve(ctx: Koa.Context, name: string): Promise<void> {
  ctx.set('Cache-Control', 'public, max-age=3600');
  ctx.type = name.slice(name.lastIndexOf('.'));
  ctx.body = await readFile(shipped(`src/web/board/page/${name}`));
}
