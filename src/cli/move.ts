import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, Misconfigured } from '../config.ts';
import { copyAll } from '../ledger/db/copy.ts';
import { type Db, MOVED, openStore } from '../ledger/db.ts';
import { verify } from '../ledger/entries/audit.ts';
import { plansInUse } from '../ledger/plan.ts';
import { free } from './free.ts';
import type { Write } from './shell.ts';

/**
 * Carries the embedded database over into an empty PostgreSQL, letters and messages taken included, so that nothing is
 * said or recorded a second time there; all of it or nothing. The folder is put aside under another name. Gives the
 * exit code.
 */
export async function moveToPostgres(config: Config, write: Write): Promise<number> {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = config;
  if (databaseUrl === undefined) throw new Misconfigured('DATABASE_URL:请写明要迁入的 PostgreSQL 地址');
  const home = join(dataDir, 'pglite');
  const from = await openStore({ dataDir, existing: true });
  try {
    const to = await openStore({ databaseUrl, dataDir });
    try {
      const entries = await carry(from.db, to.db);
      write(`已迁入 PostgreSQL,台账记录${entries}条,核验一致。\n`);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  const aside = free((nth) => `${home}${MOVED}${nth}`);
  await rename(home, aside);
  write(
    `原数据已改名为 ${aside},确认无误后可删除。请保留 ${dataDir} 中的 secret.key 和 files,今后启动须一直设着 DATABASE_URL。\n`,
  );
  return 0;
}

/** Throws, and leaves the other database empty, unless both tell the same history. */
export async function carry(from: Db, to: Db): Promise<number> {
  const before = await verify(from);
  if (!before.sound) {
    throw new Misconfigured(
      `台账核验未通过:【${before.task}】第${before.entry ?? 0}条,${before.why}。未迁移。`,
    );
  }
  return to.transaction(async (tx) => {
    if ((await plansInUse(tx)).length > 0)
      throw new Misconfigured('DATABASE_URL:目标数据库里已有台账,未迁移');
    await copyAll(from, tx);
    const after = await verify(tx);
    if (!after.sound || after.entries !== before.entries)
      throw new Error('what was copied tells another history');
    return after.entries;
  });
}
