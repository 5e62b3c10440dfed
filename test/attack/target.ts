import { join } from 'node:path';
import postgres from 'postgres';
import { compile } from '../crash/build.ts';
import { settings } from '../crash/hooks.ts';
import { createServer, type Server } from '../crash/server.ts';
import { freePort } from '../setup/ports.ts';
import type { Target } from './probes/probe.ts';

export interface Rows {
  entries: number;
  inbox: number;
  aside: number;
}

/** The product as it is run, on a database that the test can look into. */
export interface Attacked {
  server: Server;
  target: Target;
  sql: postgres.Sql;
  rows(): Promise<Rows>;
  close(): Promise<void>;
}

/** Compiles and starts it. `trap` is the port of a server that it must never call but as WeCom's API. */
export async function startTarget(databaseUrl: string, trap: number): Promise<Attacked> {
  const build = await compile();
  const port = await freePort();
  const server = createServer(join(build.folder, 'main.js'), {
    ...settings,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    WECOM_API_BASE: `http://127.0.0.1:${trap}`,
  });
  await server.start();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  return {
    server,
    sql,
    target: {
      address: `http://127.0.0.1:${port}`,
      wecom: { token: settings.WECOM_TOKEN, aesKey: settings.WECOM_AES_KEY },
      dingtalk: { secret: settings.DINGTALK_APP_SECRET, robotCode: settings.DINGTALK_ROBOT_CODE },
      // Under a name that no setting gives: what is allowed is the base's own host.
      trap: `http://localhost:${trap}`,
    },
    rows: async () => {
      const [found] = await sql<Rows[]>`select (select count(*)::int from entries) as entries,
        (select count(*)::int from inbox) as inbox, (select count(*)::int from quarantine) as aside`;
      if (!found) throw new Error('the database is gone');
      return found;
    },
    close: async () => {
      await server.stop();
      await sql.end();
      await build.remove();
    },
  };
}
