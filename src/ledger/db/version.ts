import { desc } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { bigint, pgSchema } from 'drizzle-orm/pg-core';
import { migrationsFolder } from './migrationsFolder.ts';
import type { Db } from './store.ts';
import { Unfit } from './unfit.ts';

/** Where drizzle notes what it has brought in. */
const brought = pgSchema('drizzle').table('__drizzle_migrations', {
  at: bigint('created_at', { mode: 'number' }),
});

/** Throws `Unfit` where a later build has changed the tables: this one would write into what it doesn't know. */
export async function refuseNewer(db: Pick<Db, 'select'>): Promise<void> {
  const [last] = await db.select().from(brought).orderBy(desc(brought.at)).limit(1);
  const known = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
  if ((last?.at ?? 0) > known) {
    throw new Unfit('台账由更新版本的程序写过,这个版本不能打开;请换回那个版本的程序,或恢复升级前的备份');
  }
}
