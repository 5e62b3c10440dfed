import { compileFile, exportFile, importFile, isText } from './cli/files.ts';
import { moveToPostgres } from './cli/move.ts';
import { tellYear } from './cli/rehearse.ts';
import { runCommand } from './cli/shell.ts';
import { type Config, readConfig, secretsOf, storeOf, takeSettings } from './config.ts';
import { dayOf } from './ledger/days.ts';
import { askHolder, openStore, type Serve } from './ledger/db.ts';
import { faultLine, strikeOf } from './log.ts';
import { plainly } from './plainly.ts';
import { remarksOn } from './remarks.ts';
import { createClock } from './time.ts';

let strike = strikeOf([]);

/** `node .build/cli.js verify`: by the server that holds the data folder, or else on the database itself. */
async function main(line: string[]): Promise<number> {
  const [command = '', ...args] = takeSettings(line, process.env);
  const config = readConfig(process.env);
  strike = strikeOf(secretsOf(config));
  for (const remark of remarksOn(process.env, config)) process.stderr.write(`${remark}\n`);
  const write = (text: string) => void process.stdout.write(text);
  const at: Serve = (...call) => atLedger(config, ...call);
  if (command === 'rehearse') return tellYear(config, args, write);
  if (command === 'move-to-postgres') return moveToPostgres(config, write);
  if (command === 'export') return exportFile(args, at, write);
  if (command === 'import' && isText(args[0])) {
    const today = dayOf(createClock(config.CLOCK_OFFSET_MS).now(), 'Asia/Shanghai');
    return compileFile(args, today, write);
  }
  if (command === 'import') return importFile(args, at, write);
  return at(command, args, '', write);
}

/** In the server that holds the data folder, or else here. */
async function atLedger(
  config: Config,
  ...[command, args, input, write]: Parameters<Serve>
): Promise<number> {
  // Whoever has put a backup back has stopped the server; one that still runs has another database in its hands.
  if (config.DATABASE_URL === undefined && command !== 'restored') {
    const code = await askHolder(config.DATA_DIR, command, args, input, write);
    if (code !== null) return code;
  }
  const store = await openStore({ ...storeOf(config), existing: command !== 'import' });
  const parts = { store, clock: createClock(config.CLOCK_OFFSET_MS), config };
  try {
    return await runCommand(parts, command, args, input, write);
  } finally {
    await store.close();
  }
}

// Whoever reads the output may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${plainly(error) ?? strike(faultLine(error))}\n`);
  process.exitCode = 1;
}
