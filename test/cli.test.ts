import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'duban-cli-'));
let server: Started;

interface Started {
  out: string;
  address: string;
  stop(): Promise<number | null>;
}

/** The server as an operator starts it, on an embedded database of its own. */
function start(): Promise<Started> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' },
  });
  const started: Started = {
    out: '',
    address: '',
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${started.out}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        started.out += text;
        started.address = /访问:(\S+)\/sandbox/.exec(started.out)?.[1] ?? '';
        if (started.address !== '') resolve(started);
      });
    }
  });
}

function run(...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
  }
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out }));
  });
}

beforeAll(async () => {
  server = await start();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the first start needs nothing, loads the sample and prints the address of the sandbox', async () => {
  expect(server.out).toContain('沙盘已打开');
  const state: { groups: unknown[] } = JSON.parse(
    await (await fetch(`${server.address}/sandbox/state`)).text(),
  );
  expect(state.groups).toHaveLength(5);
});

test('a command line that finds the folder held is run by the holder', async () => {
  const { code, out } = await run('src/cli.ts', 'verify');
  expect(out).toBe('{"entries":0}\n');
  expect(code).toBe(0);
});

test('an invitation is printed with what to type', async () => {
  const { code, out } = await run('src/cli.ts', 'invite', '财务科科长');
  expect(out).toMatch(/^[2-9A-Z]{8}\n请财务科科长/);
  expect(code).toBe(0);
  expect((await run('src/cli.ts', 'invite', '没有这个人')).code).toBe(2);
});

test('a second server on the folder refuses, names the holder, and changes nothing', async () => {
  const { code, out } = await run('src/main.ts');
  expect(code).toBe(1);
  expect(out).toMatch(/数据目录.*进程 ?\d+/);
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
});

test('stops on SIGTERM in good order, and a command line then opens the database itself', async () => {
  expect(await server.stop()).toBe(0);
  expect((await run('src/cli.ts', 'verify')).out).toBe('{"entries":0}\n');
});
