import { setFlagsFromString } from 'node:v8';
import { type Config, readConfig, secretsOf, storeOf, takeSettings } from './config.ts';
import { openHouse } from './house.ts';
import { isNew, openStore, type Store } from './ledger/db.ts';
import { createLog, faultLine, faultText, strikeOf } from './log.ts';
import { plainly } from './plainly.ts';
import { remarksOn } from './remarks.ts';
import { createClock } from './time.ts';

/** V8 would let garbage grow to several times of what is in use. Collecting it sooner costs a seventh of a rush's time. */
setFlagsFromString('--heap-growing-percent=30');

let strike = strikeOf([]);

/** Starts the server; stops it on SIGTERM with nothing lost. */
async function main(): Promise<void> {
  takeSettings(process.argv.slice(2), process.env);
  const config = readConfig(process.env);
  strike = strikeOf(secretsOf(config));
  for (const remark of remarksOn(process.env, config)) process.stderr.write(`${remark}\n`);
  const log = createLog(config.LOG_LEVEL, strike);
  const clock = createClock(config.CLOCK_OFFSET_MS);
  process.on('uncaughtException', fail);
  if (config.DATABASE_URL === undefined && isNew(config.DATA_DIR))
    process.stdout.write('正在建立台账,慢的机器上要一分钟。\n');
  const store: Store = await openStore({
    ...storeOf(config),
    serve: async (...call) => {
      const { runCommand } = await import('./cli/shell.ts');
      return runCommand({ store, clock, config }, ...call).catch((error: unknown) => {
        throw new Error(plainly(error) ?? strike(faultLine(error)));
      });
    },
  });
  const house = await openHouse({ config, store, clock, log });
  house.beat.start();
  house.connections.start();
  log.info({ address: house.address, database: store.kind, sandbox: config.sandbox }, 'duban is up');
  greet(config, house.address);

  const stop = async () => {
    await house.close();
    await store.close();
    log.info('duban has stopped');
    process.exit(0);
  };
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!stopping) stop().catch(fail);
      stopping = true;
    });
  }
}

function greet(config: Config, address: string): void {
  if (config.sandbox) process.stdout.write(`\n沙盘已打开,请用浏览器访问:${address}/sandbox\n\n`);
}

/** What an operator can mend is told in one line, anything else with its stack. */
function fail(error: unknown): never {
  process.stderr.write(`${plainly(error) ?? strike(faultText(error))}\n`);
  process.exit(1);
}

main().catch(fail);
