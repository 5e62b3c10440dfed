import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openStore, Unfit } from '../../src/ledger/db.ts';

const rooms: string[] = [];
let folder: string;

beforeEach(async () => {
  const room = await mkdtemp(join(tmpdir(), 'duban-test-'));
  rooms.push(room);
  chmodSync(room, 0o755);
  folder = join(room, 'data');
  await mkdir(folder);
  const loadDataDir = new Blob([await readFile(inject('pglite'))]);
  await (await PGlite.create(join(folder, 'pglite'), { loadDataDir })).close();
});
afterAll(() => Promise.all(rooms.map((room) => rm(room, { recursive: true, force: true }))));

const refusal = async (): Promise<string> => {
  const error: unknown = await openStore({ dataDir: folder })
    .then((store) => store.close())
    .catch((why) => why);
  expect(error).toBeInstanceOf(Unfit);
  const { message } = error as Unfit;
  expect(message).not.toContain('备份');
  return message;
};

// Only root can give a file to somebody else, and only with root it happens.
describe.runIf(process.getuid?.() === 0)('a folder with the ledger of the user nobody', () => {
  const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));

  const asNobody = () => {
    process.seteuid?.(nobody);
    onTestFinished(() => void process.seteuid?.(0));
  };

  beforeEach(() => void execFileSync('chown', ['-R', 'nobody', folder]));

  test('is opened by nobody and by no other, who leaves nothing of his own there', async () => {
    expect(await refusal()).toMatch(/归用户 nobody 所有,现在的用户是 root.*sudo -u nobody npm run/);
    expect(await readdir(folder)).toEqual(['pglite']);
    asNobody();
    const store = await openStore({ dataDir: folder });
    expect(await store.alive()).toBe(true);
    await store.close();
  });

  test('in which root has left a file is called whole, and told how to open it', async () => {
    chownSync(join(folder, 'pglite', 'global', 'pg_control'), 0, 0);
    asNobody();
    expect(await refusal()).toContain(`请以 root 执行 chown -R nobody ${folder}`);
  });

  test('that root has put back is told how to open it', async () => {
    execFileSync('chown', ['-R', 'root', join(folder, 'pglite')]);
    asNobody();
    expect(await refusal()).toContain(`先以 root 执行 chown -R nobody ${folder}`);
  });
});
