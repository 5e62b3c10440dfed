import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Db, Store } from '../ledger/db.ts';
import { type Verdict, verify } from '../ledger/entries/audit.ts';
import { isKept, keptBehind } from '../ledger/files/fetching.ts';

/** Whether the history is whole, and the evidence behind it: every file is there, with the bytes of its hash. */
export async function verifyWhole({ db }: Store, folder: string): Promise<Verdict> {
  const verdict = await db.transaction((tx) => verify(tx), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
  return verdict.sound ? ((await fileFault(db, folder)) ?? verdict) : verdict;
}

async function fileFault(db: Db, folder: string): Promise<Verdict | null> {
  for (const { hash, task, entry } of await keptBehind(db)) {
    if (hash === null) continue;
    const found = await hashIn(join(folder, hash));
    // Its bytes may have been sealed (封存) since the list was read.
    if (found === hash || !(await isKept(db, hash))) continue;
    const why = found === null ? '佐证文件不在 files 目录里' : '佐证文件与登记的校验值不符';
    return { sound: false, task, entry, why };
  }
  return null;
}

/** Null where there is no such file. */
async function hashIn(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}
