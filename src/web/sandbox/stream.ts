import type { ServerResponse } from 'node:http';
import type Koa from 'koa';

/** Server-sent events to every page that is open. */
export function createStream() {
  const open = new Set<ServerResponse>();
  return {
    /** Answered by hand: Koa would take a page that is closed for a fault. */
    join(ctx: Koa.Context): void {
      ctx.respond = false;
      open.add(ctx.res);
      ctx.res.on('close', () => open.delete(ctx.res));
      ctx.res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      // The first bytes tell the page that it is connected, and how soon to come back, in milliseconds.
      ctx.res.write('retry: 500\n\n');
    },
    tell(event: string, data: unknown): void {
      for (const response of open) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close(): void {
      for (const response of open) response.end();
    },
  };
}
