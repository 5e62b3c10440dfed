import { readFile } from 'node:fs/promises';
import type Koa from 'koa';
import { shipped } from '../../shipped.ts';
import { again, media, move, say, setFault } from './acts.ts';
import { localOnly } from './local.ts';
import { drawn, faultsOf, lineOf, type Scene, timeOf } from './scene.ts';
import { createStream } from './stream.ts';

export interface Sandbox {
  /** Everything under `/sandbox`, and `/`, which leads there; leaves other paths alone. */
  routes: Koa.Middleware;
  /** Lets go of the pages that are listening, so that the server can stop. */
  close(): void;
}

type Act = (ctx: Koa.Context) => unknown;

/** The page on which one plays with both platforms, and what it calls. */
export function createSandbox(scene: Scene): Sandbox {
  const stream = createStream();
  for (const double of Object.values(scene.doubles)) {
    double.on((line) => stream.tell('line', lineOf(double, line)));
  }
  const acts: Record<string, Act> = {
    'GET ': (ctx) => ctx.redirect('/sandbox'),
    'GET /sandbox': serve('index.html'),
    ...Object.fromEntries(files.map((file) => [`GET /sandbox/${file}`, serve(file)])),
    'GET /sandbox/state': (ctx) => {
      ctx.body = drawn(scene);
    },
    'GET /sandbox/events': stream.join,
    'GET /sandbox/media': (ctx) => media(ctx, scene),
    'POST /sandbox/say': (ctx) => say(ctx, scene),
    'POST /sandbox/again': (ctx) => again(ctx, scene),
    'POST /sandbox/clock': async (ctx) => {
      const before = pushes(scene);
      if (!(await move(ctx, scene))) return;
      stream.tell('time', timeOf(scene));
      await scene.look();
      ctx.body = { pushes: pushes(scene) - before };
    },
    'POST /sandbox/fault': async (ctx) => {
      if (await setFault(ctx, scene)) stream.tell('faults', faultsOf(scene));
    },
  };
  return {
    close: stream.close,
    routes: async (ctx, next) => {
      const act = acts[`${ctx.method} ${ctx.path.replace(/\/$/, '')}`];
      await (act ? localOnly(ctx, async () => void (await act(ctx))) : next());
    },
  };
}

/** How many messages the bot has sent unasked, as people see them. */
const pushes = ({ doubles }: Scene): number =>
  Object.values(doubles).reduce((sum, { sent }) => sum + sent.filter(({ shown }) => shown).length, 0);

const files = [
  ...['base.css', 'frame.css', 'chat.css', 'lines.css', 'dialogs.css', 'seal.svg'],
  ...['page.js', 'chats.js', 'clock.js', 'composer.js', 'faults.js', 'lines.js', 'server.js', 'words.js'],
];

/** Read anew for each call, and from the sources also when the house runs compiled. */
function serve(name: string): Act {
  const file = shipped(`src/web/sandbox/page/${name}`);
  return async (ctx) => {
    ctx.type = name.slice(name.lastIndexOf('.'));
    ctx.body = await readFile(file);
  };
}
