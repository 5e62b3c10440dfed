import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open } from './workbook/desk.ts';

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

const run = (...args: string[]) => runWith('', ...args);

const runWith = (input: string, ...args: string[]) => runIn(folder, input, ...args);

function runIn(
  dataDir: string,
  input: string,
  ...args: string[]
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0' },
  });
  child.stdin.end(input);
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
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the first start needs nothing, loads the sample and prints the address of the sandbox', async () => {
  expect(server.out).toContain('沙盘已打开');
  expect(server.out).toMatch(/^正在建立台账/);
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

test('the workbook goes out and comes in through the holder, and shows what a stranger changed in it', async () => {
  const file = join(folder, 'workbook.xlsx');
  expect((await run('src/cli.ts', 'export', file)).out).toContain(`已写出 ${file}`);
  expect(await run('src/cli.ts', 'import', file)).toEqual({
    code: 0,
    out: '共0行有变化\n台账未作任何改动。\n',
  });
  const book = await open(readFileSync(file));
  book.set('任务', '4.3.2', '完成时限', new Date('2026-10-31T00:00:00Z'));
  book.set('任务', '1.1.1', '责任领导', '分管安全规划副局长');
  writeFileSync(file, await book.save());
  const { code, out } = await run('src/cli.ts', 'import', file, '--dry');
  expect(out.split('\n').filter((line) => /^(?:修改|新增|未)/.test(line))).toEqual([
    '修改 任务 1.1.1 责任领导:党组书记 → 分管安全规划副局长',
    '修改 任务 4.3.2 完成时限:2026-12-31 → 2026-10-31',
  ]);
  expect(code).toBe(0);
  book.set('任务', '4.3.2', '完成时限', '年底');
  writeFileSync(file, await book.save());
  expect((await run('src/cli.ts', 'import', file)).code).toBe(1);
  expect((await run('src/cli.ts', 'export', file)).out).toContain(
    '原有的 workbook.xlsx 已改名为 workbook-旧.xlsx',
  );
  // What somebody edited and set aside isn't lost to the next one.
  expect((await run('src/cli.ts', 'export', file)).out).toContain(
    '原有的 workbook.xlsx 已改名为 workbook-旧-2.xlsx',
  );
});

test('a second server on the folder refuses, names the holder, and changes nothing', async () => {
  const { code, out } = await run('src/main.ts');
  expect(code).toBe(1);
  expect(out).toMatch(/数据目录.*进程 ?\d+/);
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
});

test('a line that can’t be understood is told with its number, and the others are understood', async () => {
  const line = (id: string, by: string) =>
    JSON.stringify({ id, by, text: '4.3.2 演练+1', at: '2026-04-13T09:20:00+08:00' });
  const { code, out } = await runWith(
    [line('a', '没有这个人'), '不是JSON', line('b', '安全管理科')].join('\n'),
    'src/understand.ts',
  );
  expect(out).toContain('第1行:by:示例方案里没有「没有这个人」这个人或科室');
  expect(out).toContain('第2行:不是一行 JSON');
  expect(out).toContain('{"id":"b","intents":[{"act":"progress"');
  expect(code).toBe(1);
});

test('stops on SIGTERM in good order, and a command line then opens the database itself', async () => {
  expect(await server.stop()).toBe(0);
  expect((await run('src/cli.ts', 'verify')).out).toBe('{"entries":1}\n');
});

test('a command line in the wrong folder finds no ledger, and makes none that would pass for a sound one', async () => {
  const wrong = join(folder, 'mistyped');
  const { code, out } = await runIn(wrong, '', 'src/cli.ts', 'verify');
  expect(out).toContain(`DATA_DIR:${wrong} 里没有台账,未作任何改动`);
  expect(code).toBe(1);
  expect(existsSync(wrong)).toBe(false);
});
