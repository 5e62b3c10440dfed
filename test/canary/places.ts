import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { readConfig } from '../../src/config.ts';
import { plainly } from '../../src/plainly.ts';
import type { Secrets } from './secrets.ts';
import type { Found } from './traces.ts';

/** Everything that the database holds, as text. */
export async function rowsIn(database: string): Promise<Found[]> {
  const sql = postgres(database, { max: 1, onnotice: () => {} });
  const tables = await sql<{ schema: string; name: string }[]>`select table_schema as schema,
    table_name as name from information_schema.tables where table_type = 'BASE TABLE'
    and table_schema not in ('pg_catalog', 'information_schema')`;
  const all: Found[] = [];
  for (const { schema, name } of tables) {
    const lines = await sql<{ row: string }[]>`select t::text as row from ${sql(schema)}.${sql(name)} t`;
    all.push({ where: `table ${name}`, text: lines.map(({ row }) => row).join('\n') });
  }
  await sql.end();
  return all;
}

export async function filesIn(folder: string): Promise<Found[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({
        where: `file ${name}`,
        text: await readFile(join(parentPath, name)),
      })),
  );
}

/** What is told of settings that can't be used, one wrong in turn. */
export function misconfigured(settings: Record<string, string>, wrong: Secrets['wrong']): Found[] {
  const values: Record<string, string> = {
    SECRET_KEY: wrong['SECRET_KEY too short'],
    WECOM_TOKEN: `${wrong['token with a sign']}-`,
    WECOM_AES_KEY: wrong['another key'],
    DATABASE_URL: `mysql://duban:${wrong['another database']}@db/duban`,
    ...Object.fromEntries(
      ['WECOM_API_BASE', 'WECOM_WS_URL', 'DINGTALK_API_BASE', 'DINGTALK_OAPI_BASE', 'PUBLIC_URL'].map(
        (name) => [name, `ftp://x:${wrong['base with a password']}@host/`],
      ),
    ),
    ...Object.fromEntries(
      ['PORT', 'LOG_LEVEL', 'SANDBOX', 'CLOCK_OFFSET_MS', 'WECOM_AGENT_ID', 'SHUTDOWN_GRACE_MS'].map(
        (name) => [name, wrong['another key']],
      ),
    ),
  };
  return Object.entries(values).map(([name, value]) => {
    try {
      readConfig({ ...settings, [name]: value });
    } catch (error) {
      return { where: `a wrong ${name}`, text: `${plainly(error)}${String(error)}` };
    }
    throw new Error(`${name} was taken`);
  });
}
