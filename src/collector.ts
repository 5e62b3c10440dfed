import { createHash, randomUUID } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { PlatformName } from './chat/message.ts';
import { mayStore } from './chat/storable.ts';
import { folded } from './chat/words.ts';
import { inTurn } from './inTurn.ts';
import { type Db, makeFolder, type Store } from './ledger/db.ts';
import { claim, holdBytes, isKept, missed, removed, stored, toRemove } from './ledger/files/fetching.ts';
import type { FileRow } from './ledger/files.ts';
import type { Seal } from './ledger/seal.ts';
import { platformNames } from './ledger/terms.ts';
import type { Fetched } from './platforms/download.ts';
import type { Platform } from './platforms/platform.ts';
import type { Clock } from './time.ts';

export interface Collector {
  /** Fetches what is wanted now. */
  look(): Promise<void>;
  /** Begins nothing new, and waits so long for the files under way. */
  close(milliseconds: number): Promise<void>;
}

export interface CollectorParts {
  store: Store;
  platforms: Record<PlatformName, Platform>;
  seal: Seal;
  /** Where files lie, each under its hash. */
  folder: string;
  clock: Clock;
  log: Logger;
}

/** Of one platform's files: one whose host answers nothing takes a minute. */
const AT_ONCE = 2;

/** Fetches the files that messages brought, after those are committed: a slow platform never keeps an answer waiting. */
export function createCollector({ store, platforms, seal, folder, clock, log }: CollectorParts): Collector {
  let isClosing = false;

  const rounds = [removeSealed, ...platformNames.flatMap((name) => Array(AT_ONCE).fill(() => drain(name)))];
  // Each goes on when it has ended by itself: what one of them waits for keeps none of the others.
  const turns = rounds.map((round) => inTurn(() => attempt(round)));
  const look = async (): Promise<void> => {
    await Promise.all(turns.map((turn) => turn()));
  };

  async function attempt(round: () => Promise<void>): Promise<void> {
    try {
      if (!isClosing) await round();
    } catch (error) {
      log.error({ err: error }, 'a round of fetching files ended in a fault');
    }
  }

  async function drain(platform: PlatformName): Promise<void> {
    while (!isClosing) {
      const file = await claim(store.db, platform, clock.now());
      if (!file) return;
      await fetchOne(file);
    }
  }

  async function fetchOne(file: FileRow): Promise<void> {
    const fetched = await taken(file);
    if (fetched.is !== 'file') {
      log.warn({ file: file.id, platform: file.platform, why: fetched.why }, 'a file was not fetched');
      return missed(store.db, file, fetched.why, fetched.is === 'over', clock.now());
    }
    const kept = told(file, fetched);
    await store.db.transaction(async (tx) => {
      await holdBytes(tx, kept.hash);
      // Before the ledger knows of them, so that no row ever names bytes that aren't there.
      await put(kept.hash, fetched.bytes);
      if (!(await stored(tx, file, kept, clock.now()))) await drop(tx, kept.hash);
    });
  }

  /** Bytes of files that were sealed (封存). */
  async function removeSealed(): Promise<void> {
    for (const hash of await toRemove(store.db)) {
      await store.db.transaction(async (tx) => {
        await holdBytes(tx, hash);
        await drop(tx, hash);
        await removed(tx, hash);
      });
    }
  }

  /** Bytes that nobody's file has any more. */
  async function drop(tx: Db, hash: string): Promise<void> {
    if (!(await isKept(tx, hash))) await rm(join(folder, hash), { force: true });
  }

  async function taken({ platform, sealedSource }: FileRow): Promise<Fetched> {
    if (sealedSource === null) return { is: 'over', why: 'no source' };
    const source = seal.open(sealedSource);
    return platforms[platform].take(source, clock.now());
  }

  async function put(hash: string, bytes: Buffer): Promise<void> {
    const path = join(folder, hash);
    makeFolder(folder);
    if (await isThere(path)) return;
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, path);
  }

  return {
    look,
    close: async (milliseconds) => {
      isClosing = true;
      const timer = new AbortController();
      await Promise.race([look(), waited(milliseconds, timer.signal)]);
      timer.abort();
    },
  };
}

/** What the ledger keeps of a file besides its bytes. */
function told(file: FileRow, { bytes, name: given }: Extract<Fetched, { is: 'file' }>) {
  const { type, ending } = kindOf(bytes);
  const name = folded(file.name || given || '', 80);
  const plain = file.kind === 'picture' ? '图片' : '文件';
  return {
    ...{ hash: createHash('sha256').update(bytes).digest('hex'), type, size: bytes.length },
    name: name !== '' && mayStore(name) ? name : plain + ending,
  };
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const kinds: [start: RegExp, type: string, ending: string][] = [
  [/^\xff\xd8\xff/, 'image/jpeg', '.jpg'],
  [/^.PNG\r\n/s, 'image/png', '.png'],
  [/^GIF8[79]a/, 'image/gif', '.gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp', '.webp'],
  [/^%PDF-/, 'application/pdf', '.pdf'],
  [/^[\s\S]{4}ftyp/, 'video/mp4', '.mp4'],
  [/^PK[^ -~]{2}/, 'application/zip', '.zip'],
];

/** What a file is by its first bytes: platforms say nothing of it, and a sender could say anything. */
function kindOf(bytes: Buffer): { type: string; ending: string } {
  const start = bytes.subarray(0, 16).toString('latin1');
  const [, type, ending] = kinds.find(([each]) => each.test(start)) ?? ['', 'application/octet-stream', ''];
  return { type, ending };
}
