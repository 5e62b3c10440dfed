import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from './config.ts';

/** The port, taken before there is an app: the sandbox has to know it first, and whoever calls in between waits. */
export interface OpenServer {
  /** `http://127.0.0.1:3000`, as the machine itself calls it. */
  address: string;
  serve(handler: RequestListener): void;
  /** Idle connections go at once, calls under way within so many milliseconds, the rest after it. */
  close(grace: number): Promise<void>;
}

export async function openServer(config: Config): Promise<OpenServer> {
  const server = createServer({ connectionsCheckingInterval: 2_000 });
  let serve = (_handler: RequestListener): void => {};
  const served = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  server.on('request', (request, response) => void served.then((handle) => handle(request, response)));
  await listen(server, config);
  return { address: urlOf(server, config.host), serve, close: (grace) => closed(server, grace) };
}

async function listen(server: Server, config: Config): Promise<void> {
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 20_000;
  server.maxConnections = 2_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.host, () => resolve());
  });
}

async function closed(server: Server, grace: number): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await gone;
  clearTimeout(timer);
}

function urlOf(server: Server, host: string): string {
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}
