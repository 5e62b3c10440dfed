import { statfsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';

/** No room is left beside the database. Carries PostgreSQL's code for a full disk. */
export class DiskFull extends Error {
  override name = 'DiskFull';
  code = '53100';
}

/**
 * What must be free before anything is asked. PostgreSQL panics where its log can't have its next file of 16 MB, and
 * PGlite then never comes back: it turns in a circle, and the process with it. No message writes nearly as much.
 */
const RESERVE = 64 * 1024 * 1024;
/** What a new database takes. */
export const NEW = 64 * 1024 * 1024;

/** Throws `DiskFull` where less than the reserve, and what is needed besides, is free. */
export function needRoom(folder: string, besides = 0): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= RESERVE + besides) return;
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  throw new DiskFull(
    `数据目录 ${folder} 所在磁盘已满(剩 ${megabytes(free)} MB,至少留出 ${megabytes(RESERVE + besides)} MB),请腾出空间后再试`,
  );
}

/** A client that asks nothing while the disk is full. */
export function withRoom(client: PGlite, folder: string): PGlite {
  const query: PGlite['query'] = client.query.bind(client);
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  client.query = async (text, params, options) => {
    needRoom(folder);
    return query(text, params, options);
  };
  client.transaction = async (work) => {
    needRoom(folder);
    return transaction(work);
  };
  return client;
}
