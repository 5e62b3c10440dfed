import { Misconfigured, readConfig } from './config.ts';
import { askHolder, openStore } from './ledger/db.ts';
import { moveToPostgres } from './move.ts';
import { tellYear } from './rehearse.ts';
import { runCommand } from './shell.ts';
import { createClock } from './time.ts';

/** `node .build/cli.js verify`: by the server that holds the data folder, or else on the database itself. */
async function main([command = '', ...args]: string[]): Promise<number> {
  const config = readConfig(process.env);
  const write = (text: string) => void process.stdout.write(text);
  if (command === 'rehearse') return tellYear(config, args, write);
  if (command === 'move-to-postgres') return moveToPostgres(config, write);
  if (config.DATABASE_URL === undefined) {
    const code = await askHolder(config.DATA_DIR, command, args, '', write);
    if (code !== null) return code;
  }
  const store = await openStore({
    dataDir: config.DATA_DIR,
    ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
  });
  try {
    return await runCommand({ store, clock: createClock(config.CLOCK_OFFSET_MS) }, command, args, write);
  } finally {
    await store.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Misconfigured ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
