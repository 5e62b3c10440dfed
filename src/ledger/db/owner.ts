import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Unfit } from './unfit.ts';

/**
 * Throws `Unfit` where somebody else's database would be opened: what is written in it then its owner can't read any
 * more, which happens where a command is run as root; or where that has happened.
 */
export async function refuseStrange(dataDir: string, home: string): Promise<void> {
  const [own, { uid: owner }] = [await ownerOfNew(dataDir), await stat(home)];
  if (own !== owner) {
    const [mine, theirs] = [await nameOf(own), await nameOf(owner)];
    throw new Unfit(
      `DATA_DIR:${home} 归用户 ${theirs} 所有,现在的用户是 ${mine};用别的用户打开,会留下 ${theirs} 打不开的文件,未作任何改动。请以 ${theirs} 执行,如 sudo -u ${theirs} npm run verify;确应由 ${mine} 使用的,先以 root 执行 chown -R ${mine} ${dataDir}`,
    );
  }
  const strange = await strangeIn(home, own);
  if (strange !== undefined)
    throw new Unfit(
      `DATA_DIR:${strange} 不归现在的用户所有,多半是以别的用户(如 root)执行命令留下的;数据没有损坏,未作任何改动。请以 root 执行 chown -R ${await nameOf(own)} ${dataDir},再启动`,
    );
}

/** Whom a file belongs to that this process makes there; on some file systems that isn't who runs it. */
async function ownerOfNew(folder: string): Promise<number> {
  const made = await mkdtemp(join(folder, 'fresh-'));
  const { uid } = await stat(made);
  await rmdir(made);
  return uid;
}

async function nameOf(uid: number): Promise<string> {
  const called = await promisify(execFile)('id', ['-un', String(uid)]).catch(() => ({ stdout: '' }));
  return called.stdout.trim() || String(uid);
}

/** A file or folder in there that is somebody else's. */
async function strangeIn(folder: string, own: number): Promise<string | undefined> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if ((await stat(path)).uid !== own) return path;
    const within = entry.isDirectory() ? await strangeIn(path, own) : undefined;
    if (within !== undefined) return within;
  }
  return undefined;
}
