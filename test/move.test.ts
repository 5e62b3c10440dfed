import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { carry, moveToPostgres } from '../src/cli/move.ts';
import { readConfig } from '../src/config.ts';
import { copyAll } from '../src/ledger/db/copy.ts';
import type { Db, Store } from '../src/ledger/db.ts';
import { verify } from '../src/ledger/entries/audit.ts';
import { entries } from '../src/ledger/schema.ts';
import { openSeal } from '../src/secret.ts';
import { type LivingHouse, openLivingHouse } from './setup/house.ts';
import { createDatabase, stores } from './setup/stores.ts';

const [postgres, pglite] = stores;
const open = (kind: (typeof stores)[number] | undefined): Promise<Store> => {
  if (!kind) throw new Error('there is no such store');
  return kind.open();
};

describe('the embedded database moves to PostgreSQL', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const lived = async (living: Promise<LivingHouse>) => {
    const house = await living;
    closing.push(house.close);
    return house;
  };

  test('with every entry and letter: nothing is recorded or said a second time, and the next number follows', async () => {
    const before = await lived(openLivingHouse(await open(pglite), '2026-04-01', '08:00'));
    const told = await before.say('dingtalk', 'dt-anquan', '4.3.2 演练+1', { id: 'first' });
    await before.at('2026-04-01', '08:42');
    expect(before.pushes().length).toBeGreaterThan(1);

    const target = await open(postgres);
    const carried = await carry(before.store.db, target.db);
    const after = await lived(openLivingHouse(target, '2026-04-01', '08:42'));
    expect(carried).toBe((await after.store.db.select().from(entries)).length);
    await after.at('2026-04-01', '08:50');
    expect(after.pushes()).toEqual([]);
    expect(await after.say('dingtalk', 'dt-anquan', '4.3.2 演练+1', { id: 'first' })).toBe(told);
    expect(await after.say('dingtalk', 'dt-anquan', '4.3.2 演练+1')).toContain('2次');
    expect(await verify(after.store.db)).toMatchObject({ sound: true });
  });

  test('or not at all: into a database with a ledger, or from one whose history was changed', async () => {
    const before = await lived(openLivingHouse(await open(pglite), '2026-04-01', '08:00'));
    const full = await lived(openLivingHouse(await open(postgres), '2026-04-01', '08:00'));
    await expect(carry(before.store.db, full.store.db)).rejects.toThrow('已有台账');
    await before.say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
    await before.store.db.execute(sql`alter table entries disable trigger all`);
    await before.store.db.execute(sql`update entries set detail = '{}' where chain = '4.3.2'`);
    const target = await open(postgres);
    closing.push(target.close);
    await expect(carry(before.store.db, target.db)).rejects.toThrow('【4.3.2】第1条');
    expect(await target.db.select().from(entries)).toEqual([]);
  });

  test('a second time beside what the first one put aside', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'duban-move-'));
    const loadDataDir = new Blob([await readFile(inject('pglite'))]);
    const { url, drop } = await createDatabase();
    closing.push(
      async () => void (await drop()),
      () => rm(folder, { recursive: true }),
    );
    for (const aside of ['pglite-moved', 'pglite-moved-2']) {
      await (await PGlite.create(join(folder, 'pglite'), { loadDataDir })).close();
      const config = readConfig({ DATA_DIR: folder, DATABASE_URL: url });
      const told: string[] = [];
      expect(await moveToPostgres(config, (text) => told.push(text))).toBe(0);
      expect(told.join('')).toContain(`已改名为 ${join(folder, aside)},`);
      await expect(moveToPostgres(config, () => {})).rejects.toThrow('已迁入 PostgreSQL');
    }
    expect(await readdir(folder)).toEqual(['pglite-moved', 'pglite-moved-2']);
  });

  test('with all of its tables', async () => {
    const source = await open(pglite);
    const target = await open(postgres);
    closing.push(source.close, target.close);
    const copied = await copyAll(source.db, target.db);
    expect(new Set(copied.keys())).toEqual(new Set(await tablesIn(target.db)));
  });
});

async function tablesIn(db: Db): Promise<string[]> {
  const found = await db.execute(sql`select tablename from pg_tables where schemaname = 'public'`);
  return (found as unknown as { tablename: string }[]).map(({ tablename }) => tablename);
}

test('a ledger that was put back without its key is not opened, and gets no other one', async () => {
  const { db, close } = await open(postgres);
  const folder = await mkdtemp(join(tmpdir(), 'duban-key-'));
  const config = readConfig({ DATA_DIR: folder });
  await openSeal(config, db);
  await rm(join(folder, 'secret.key'));
  await expect(openSeal(config, db)).rejects.toThrow(`DATA_DIR:${folder} 里没有 secret.key`);
  expect(await readdir(folder)).toEqual([]);
  const other = readConfig({ DATA_DIR: folder, SECRET_KEY: 'another key, long enough' });
  await expect(openSeal(other, db)).rejects.toThrow('请换回原来的密钥');
  await close();
});
