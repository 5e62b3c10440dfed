import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longer paths of sockets are cut off by the system without a word. */
const LONGEST_PATH = 100;

/**
 * Where a folder's holder is known by: a name outside of any file system where there is one, because the system
 * itself takes it back when the process dies; else a socket file, which outlives a process that was killed.
 */
export async function lockAddress(folder: string): Promise<string> {
  const id = await idOf(folder);
  if (process.platform === 'linux') return `\0duban-${id}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\duban-${id}`;
  return join(await ownFolder(id), 'lock.sock');
}

/** Where a folder's holder takes commands. */
export async function commandAddress(folder: string): Promise<string> {
  const id = await idOf(folder);
  if (process.platform === 'win32') return `\\\\.\\pipe\\duban-commands-${id}`;
  const path = join(await realpath(folder), 'holder.sock');
  return Buffer.byteLength(path) <= LONGEST_PATH ? path : join(await ownFolder(id), 'holder.sock');
}

/** Rejects with `EADDRINUSE` when the address is taken, by a process or by a file that one left behind. */
export function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** By what the folder is and not by its name, which may differ between containers that share it. */
async function idOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24);
}

/** Everybody may write in the system's temporary folder, so a folder found there must prove to be ours. */
async function ownFolder(id: string): Promise<string> {
  const path = join(tmpdir(), `duban-${id}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode, uid } = await lstat(path);
  if (uid !== process.getuid?.() || (mode & 0o170_077) !== 0o040_000) {
    throw new Error(`${path} is not this user's own folder`);
  }
  return path;
}
