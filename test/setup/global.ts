import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrationsFolder } from '../../src/ledger/db/migrationsFolder.ts';
import { storeOn } from '../../src/ledger/db/pglite.ts';
import { openStore } from '../../src/ledger/db.ts';
import { createServerForTests } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the PostgreSQL that all tests share, without the name of a database. */
    postgres: string;
    /** A database there to make others from. */
    template: string;
    /** A file with a migrated PGlite. */
    pglite: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated template, and a migrated PGlite to load. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await createServerForTests();
  try {
    const admin = postgres(server.url('postgres'), { max: 1 });
    await admin`create database template_duban`;
    await admin.end();
    const store = await openStore({ databaseUrl: server.url('template_duban'), dataDir: '' });
    await store.close();
    project.provide('postgres', server.url(''));
    project.provide('template', 'template_duban');
    project.provide('pglite', await preparePglite());
    return () => server.remove();
  } catch (error) {
    await server.remove();
    throw error;
  }
}

/** Kept from run to run: making one takes seconds, loading it half of one. */
async function preparePglite(): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/duban');
  const path = join(folder, `pglite-${fingerprint()}.tar`);
  if (existsSync(path)) return path;
  const client = await PGlite.create();
  await storeOn(client);
  const dump = Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer());
  await client.close();
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.${process.pid}`, dump);
  await rename(`${path}.${process.pid}`, path);
  return path;
}

/** Changes with PGlite's version and with every migration. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  hash.update(readFileSync(join(library, '../../package.json')));
  for (const name of readdirSync(migrationsFolder).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(migrationsFolder, name)));
  }
  hash.update(readFileSync(join(migrationsFolder, 'meta/_journal.json')));
  return hash.digest('hex').slice(0, 16);
}
