import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { storeOn } from '../../src/ledger/db/pglite.ts';
import { askHolder, codeOf, FolderHeld, openStore, Unfit } from '../../src/ledger/db.ts';
import { facts } from '../../src/ledger/schema.ts';
import { type Opener, spawnOpener } from '../setup/children.ts';
import { LATER } from '../setup/stores.ts';

/** Holds a ledger with one fact in it; tests work on copies, because making one takes seconds. */
let first: string;
let room: string;

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'duban-test-'));
  first = join(room, 'first');
  const loadDataDir = new Blob([await readFile(inject('pglite'))]);
  await mkdir(first);
  const store = await storeOn(await PGlite.create(join(first, 'pglite'), { loadDataDir }));
  await store.db.insert(facts).values({ name: 'a', value: 1 });
  await store.close();
});
afterAll(() => rm(room, { recursive: true, force: true }));

async function copy(name = 'data'): Promise<string> {
  const folder = join(await mkdtemp(join(room, 'copy-')), name);
  await cp(first, folder, { recursive: true });
  return folder;
}

async function factsIn(dataDir: string): Promise<string[]> {
  const store = await openStore({ dataDir });
  const rows = await store.db.select().from(facts);
  await store.close();
  return rows.map(({ name }) => name);
}

async function ask(folder: string, command: string, args: string[] = [], input = '') {
  const heard: string[] = [];
  const exit = await askHolder(folder, command, args, input, (text) => heard.push(text));
  return { exit, heard: heard.join('') };
}

test('what is asked again and again of PGlite fails where it must, and alone', async () => {
  const store = await openStore({ dataDir: await copy() });
  const put = (name: string) =>
    store.db.transaction(async (tx) => {
      await tx.insert(facts).values({ name, value: { said: '一次' } });
      return tx.select().from(facts).where(eq(facts.name, name));
    });
  const failed: string[] = [];
  for (let nth = 0; nth < 1_020; nth++) {
    const name = nth % 100 === 99 ? 'a' : `fact ${nth}`;
    const got = await put(name).catch((error) => String(codeOf(error)));
    if (typeof got === 'string') failed.push(got);
    else expect(got).toEqual([{ name, value: { said: '一次' } }]);
  }
  expect(failed).toEqual(Array.from({ length: 10 }, () => '23505'));
  await store.close();
});

describe('a folder with a PGlite ledger', () => {
  test('is made at the first start, for its owner alone', async () => {
    const folder = join(room, 'not', 'there', 'yet');
    const store = await openStore({ dataDir: folder });
    expect(await store.db.select().from(facts)).toEqual([]);
    await store.close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['pglite']);
  });

  test('is made by nobody who only wants to look into it', async () => {
    const folder = join(room, 'mistyped');
    await expect(openStore({ dataDir: folder, existing: true })).rejects.toThrow(/里没有台账,未作任何改动/);
    await expect(stat(folder)).rejects.toThrow('ENOENT');
    const first = await copy();
    const [inner, moved] = [join(first, 'pglite'), join(first, 'pglite-moved')];
    for (const existing of [true, false]) {
      await expect(openStore({ dataDir: inner, existing })).rejects.toThrow('请写它的上一级');
    }
    expect(await readdir(inner)).not.toContain('pglite');
    await cp(inner, moved, { recursive: true });
    await rm(inner, { recursive: true });
    for (const existing of [true, false]) {
      await expect(openStore({ dataDir: first, existing })).rejects.toThrow(
        '已迁入 PostgreSQL,请设置 DATABASE_URL',
      );
    }
    expect(await readdir(first)).toEqual(['pglite-moved']);
  });

  test('of which half was copied, or which another version wrote, is told so and left as it is', async () => {
    for (const spoil of [
      (home: string) => rm(join(home, 'global', 'pg_control')),
      (home: string) => writeFile(join(home, 'PG_VERSION'), '14\n'),
    ]) {
      const folder = await copy();
      await spoil(join(folder, 'pglite'));
      const refused = openStore({ dataDir: folder });
      await expect(refused).rejects.toThrow(Unfit);
      await expect(refused).rejects.toThrow(/打不开,可能没有拷全/);
    }
  });

  test('that a later build has written is refused by this one', async () => {
    const folder = await copy();
    const store = await openStore({ dataDir: folder });
    await store.db.execute(sql.raw(LATER));
    await store.close();
    await expect(openStore({ dataDir: folder })).rejects.toThrow('由更新版本的程序写过');
  });

  test('is rid of what a first start left that was killed half way', async () => {
    const folder = await copy();
    await mkdir(join(folder, 'fresh-abcdef', 'base'), { recursive: true });
    expect(await factsIn(folder)).toEqual(['a']);
    expect(await readdir(folder)).toEqual(['pglite']);
  });

  test('that was copied while it was in use is told so, and opened once somebody answers for it', async () => {
    const [folder, target] = [await copy(), join(room, 'hot copy')];
    const store = await openStore({ dataDir: folder });
    const inUse = (path: string) => !/sock/.test(path);
    await cp(folder, target, { recursive: true, preserveTimestamps: true, filter: inUse });
    await store.close();
    for (const existing of [true, false]) {
      const refused = openStore({ dataDir: target, existing });
      await expect(refused).rejects.toThrow(Unfit);
      await expect(refused).rejects.toThrow(/运行时拷贝的.*删去其中的 holder\.json/);
    }
    await rm(join(target, 'holder.json'));
    expect(await factsIn(target)).toEqual(['a']);
    expect(await factsIn(folder)).toEqual(['a']);
  });

  test.each([
    ['another host', { host: 'another' }],
    ['another network of a host of this name', { host: hostname(), network: 'net:[1]' }],
  ])('is refused while %s says that it has it, and free when that has long been silent', async (_, where) => {
    const folder = await copy();
    const hint = join(folder, 'holder.json');
    await writeFile(hint, JSON.stringify({ pid: 1, ...where, since: '2026-01-05T01:00:00.000Z' }));
    await expect(openStore({ dataDir: folder })).rejects.toThrow(`进程 1(主机 ${where.host},2026-01-05`);
    const { mtimeMs } = await stat(hint);
    await utimes(hint, (mtimeMs - 31_000) / 1000, (mtimeMs - 31_000) / 1000);
    expect(await factsIn(folder)).toEqual(['a']);
  });
});

describe('a folder that another process holds', () => {
  let folder: string;
  let holder: Opener;

  beforeAll(async () => {
    folder = await copy();
    holder = spawnOpener({ dataDir: folder });
    expect(await holder.said).toBe('open');
  });

  test('is refused to a second opener, who changes nothing and learns who has it', async () => {
    const look = async () => [await readdir(folder), await readFile(join(folder, 'holder.json'), 'utf8')];
    const before = await look();
    for (const name of [folder, join(folder, '..', 'data', '.')]) {
      const refused = openStore({ dataDir: name });
      await expect(refused).rejects.toThrow(FolderHeld);
      await expect(refused).rejects.toThrow(`进程 ${holder.process.pid}(主机 ${hostname()},20`);
    }
    expect(await look()).toEqual(before);
  });

  test('has its holder do what a command line asks for', async () => {
    const input = '台账'.repeat(2_000_000);
    expect(await ask(folder, 'import', ['表 一.xlsx', '--dry'], input)).toEqual({
      exit: 7,
      heard: `import 表 一.xlsx --dry ${input.length}`,
    });
    await expect(ask(folder, 'throw')).rejects.toThrow('没有这个命令');
  });

  test('takes commands from the same user only', async () => {
    expect((await stat(join(folder, 'holder.sock'))).mode & 0o777).toBe(0o600);
  });

  test.each(['not json', '{"command":"import"}', '{"command":"import","args":[],"input":"","more":1}'])(
    'is not upset by %s',
    async (line) => {
      const socket = createConnection(join(folder, 'holder.sock'));
      socket.write(`${line}\n`);
      const [heard] = await once(socket, 'data');
      socket.destroy();
      expect(JSON.parse(String(heard))).toEqual({ fault: expect.any(String) });
      expect(await ask(folder, 'verify')).toMatchObject({ exit: 7 });
    },
  );

  test('is free as soon as its holder was killed', async () => {
    holder.process.kill('SIGKILL');
    expect(await holder.ended).toBe('SIGKILL');
    expect(await ask(folder, 'verify')).toEqual({ exit: null, heard: '' });
    const store = await openStore({ dataDir: folder, serve: async () => 5 });
    expect(await store.db.select().from(facts)).toMatchObject([{ name: 'a' }]);
    expect(await ask(folder, 'verify')).toEqual({ exit: 5, heard: '' });
    await store.close();
  });
});

describe('a holder', () => {
  test('of a folder with too long a name for a socket is reached all the same, and ends by itself', async () => {
    vi.stubEnv('TMPDIR', room);
    onTestFinished(() => void vi.unstubAllEnvs());
    const folder = await copy('目录'.repeat(20));
    const holder = spawnOpener({ dataDir: folder });
    expect(await holder.said).toBe('open');
    expect(await readdir(folder)).not.toContain('holder.sock');
    expect(await ask(folder, 'export')).toMatchObject({ exit: 7 });
    holder.close();
    expect(await holder.ended).toBe(0);
  });

  test('that dies over a command leaves no doubt that there is doubt', async () => {
    const folder = await copy();
    const store = await openStore({ dataDir: folder, serve: () => store.close().then(() => 0) });
    await expect(ask(folder, 'verify')).rejects.toThrow('不能确认');
  });

  test('that is nobody has the command line do its work itself', async () => {
    expect(await ask(first, 'verify')).toEqual({ exit: null, heard: '' });
    expect(await ask(join(room, 'nowhere'), 'verify')).toEqual({ exit: null, heard: '' });
  });
});
