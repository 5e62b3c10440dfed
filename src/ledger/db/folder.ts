import { readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from './faults.ts';
import { listen, lockAddress } from './sockets.ts';
import { Unfit } from './unfit.ts';

/** Another process has this folder's database open; two at once would destroy it. The message names the process. */
export class FolderHeld extends Error {
  override name = 'FolderHeld';
}

const holder = z.object({
  pid: z.number(),
  host: z.string(),
  network: z.string().optional(),
  since: z.string(),
  /** The number of the file that says so in its file system, and when it was made there: of a copy both are others. */
  file: z.object({ number: z.string(), born: z.string() }).optional(),
});
type Holder = z.infer<typeof holder>;
type File = NonNullable<Holder['file']>;

/** The holder renews its hint this often, and it is believed for three times as long. */
const RENEWED = 10_000;
const BELIEVED = 30_000;

/**
 * Makes this process the folder's only opener until the function it gives is called. The lock is a socket, which
 * goes with the process however that ends. Containers that share a volume don't see each other's sockets, though they
 * may bear one host's name; but they do see the hint.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'holder.json');
  const lock = await takeLock(await lockAddress(folder));
  if (!lock) throw held(folder, (await readHint(path))?.by);
  const hint = await readHint(path);
  const network = await ownNetwork();
  if (hint && !wouldMeet(hint.by, network) && hint.age < BELIEVED) {
    lock.close();
    throw held(folder, hint.by);
  }
  if (hint?.by.file !== undefined && !isSame(hint.by.file, await fileAt(path))) {
    lock.close();
    throw copied(folder, hint.by);
  }
  await writeFile(path, '', { mode: 0o600 });
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    network,
    since: new Date(performance.timeOrigin).toISOString(),
    file: await fileAt(path),
  };
  const text = JSON.stringify(own);
  // Written over and not anew, so that nobody ever reads half of it. Where that fails the lock still holds.
  const renew = () => writeFile(path, text, { flag: 'r+' }).catch(() => {});
  await renew();
  const timer = setInterval(renew, RENEWED).unref();
  return async () => {
    clearInterval(timer);
    await rm(path, { force: true });
    await new Promise((resolve) => lock.close(resolve));
  };
}

async function takeLock(address: string): Promise<Server | undefined> {
  const lock = createServer((visitor) => visitor.destroy()).unref();
  try {
    await listen(lock, address);
    return lock;
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    if (!address.startsWith('/') || (await answers(address))) return undefined;
    await rm(address);
    return takeLock(address);
  }
}

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const visit = createConnection(address, () => resolve(true));
    visit.on('error', () => resolve(false)).unref();
  });

/** Where a socket can be met: the system's name for the network that this process is in, where it has one. */
const ownNetwork = (): Promise<string | undefined> => readlink('/proc/self/ns/net').catch(() => undefined);

/** Whether the lock's socket would have told of this holder, so that without it the holder is gone. */
const wouldMeet = (by: Holder, network: string | undefined): boolean =>
  by.host === hostname() && (by.network === undefined || by.network === network);

/** A hint that can't be read, because there is none or a crash left half of one, is none. */
async function readHint(path: string): Promise<{ by: Holder; age: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const age = performance.timeOrigin + performance.now() - mtimeMs;
    return { by: holder.parse(JSON.parse(text)), age };
  } catch {
    return undefined;
  }
}

async function fileAt(path: string): Promise<File> {
  const { ino, birthtimeNs } = await stat(path, { bigint: true });
  return { number: ino.toString(), born: birthtimeNs.toString() };
}

/** Some file systems number their files anew with each mount, and some don't know when a file was made. */
const isSame = (one: File, other: File): boolean =>
  one.number === other.number || (one.born !== '0' && one.born === other.born);

/** Whoever stops in order takes the hint away, so that a copy has one only of a folder that was in use. */
function copied(folder: string, { pid, host }: Holder): Unfit {
  return new Unfit(
    `DATA_DIR:${folder} 是在服务(进程 ${pid},主机 ${host})运行时拷贝的,其中的数据可能前后不一;未作任何改动。请停机后把整个数据目录重新拷贝。如拷贝时服务确已不在运行(例如断电之后),请删去其中的 holder.json 再打开,并用 npm run verify 核验`,
  );
}

function held(folder: string, by: Holder | undefined): FolderHeld {
  const who = by ? `进程 ${by.pid}(主机 ${by.host},${by.since} 启动)` : '另一进程';
  return new FolderHeld(`数据目录 ${folder} 正由${who}使用,同一目录不能同时打开两次`);
}
