import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { refuseStrange } from './owner.ts';
import { NEW, needRoom } from './room.ts';
import { noLedger, Unfit } from './unfit.ts';

const HOME = 'pglite';
/** What a home that was moved to PostgreSQL is called besides. */
export const MOVED = '-moved';
const FRESH = 'fresh-';

/** What every PostgreSQL has of its own, and is of no use without. */
const parts = ['PG_VERSION', join('global', 'pg_control')];

/** Whether opening this folder makes a database first, which takes a while. */
export const isNew = (dataDir: string): boolean => !existsSync(join(dataDir, HOME));

/** Throws `Unfit` where a data folder has no database. */
export function refuseMissing(dataDir: string): void {
  if (!isNew(dataDir)) return;
  const names = existsSync(dataDir) ? readdirSync(dataDir) : [];
  throw insteadOf(dataDir, names) ?? noLedger(`DATA_DIR:${dataDir} `);
}

/** What else a folder without a database tells of why it has none. */
function insteadOf(dataDir: string, names: readonly string[]): Unfit | undefined {
  if (names.includes('PG_VERSION'))
    return new Unfit(`DATA_DIR:${dataDir} 是数据库自己的文件夹,请写它的上一级`);
  if (names.some((name) => name.startsWith(`${HOME}${MOVED}`)))
    return new Unfit(`DATA_DIR:${dataDir} 里的台账已迁入 PostgreSQL,请设置 DATABASE_URL 后再启动`);
  return undefined;
}

/** A database of which something is missing, or that another version has written. */
export const broken = (home: string, cause?: unknown): Unfit =>
  new Unfit(
    `DATA_DIR:${home} 里的数据库打不开,可能没有拷全,或由别的版本的程序写成;未作任何改动。请停机后把备份的整个数据目录重新拷入`,
    { cause },
  );

/**
 * Where the database lies; made at the first start, in a process of its own, because that takes 750 MB which a
 * process never gives back, and under another name, so that one half made is never taken for a whole one.
 */
export async function homeIn(dataDir: string): Promise<string> {
  const home = join(dataDir, HOME);
  const names = await readdir(dataDir);
  const halves = names.filter((name) => name.startsWith(FRESH));
  // The process that was making one may outlive its parent for a moment and still be writing.
  for (const name of halves) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(home)) {
    await refuseStrange(dataDir, home);
    if (parts.some((part) => !existsSync(join(home, part)))) throw broken(home);
    return home;
  }
  const instead = insteadOf(dataDir, names);
  if (instead) throw instead;
  needRoom(dataDir, NEW);
  const fresh = await mkdtemp(join(dataDir, FRESH));
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const script =
    'const [library, home] = process.argv.slice(1);' +
    'require(library).PGlite.create(home).then((database) => database.close());';
  await promisify(execFile)(process.execPath, ['--eval', script, library, fresh]);
  await rename(fresh, home);
  return home;
}
