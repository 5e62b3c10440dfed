import { existsSync } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Serve } from '../ledger/db.ts';
import { LARGEST_FILE, Unreadable } from '../workbook/archive.ts';
import { draftOf, reportOf } from '../workbook/compile/report.ts';
import { textOf } from '../workbook/compile/text.ts';
import { compilePlan } from '../workbook/compile.ts';
import { free } from './free.ts';
import type { Write } from './shell.ts';

const importUsage =
  '用法:npm run import -- 工作簿.xlsx [--by 导入人姓名] [--dry 只看差异] [--yes 不再询问]\n      npm run import -- 方案.txt(或 .docx) [输出.xlsx]\n';

/** `npm run export -- workbook.xlsx`: the plan as a workbook; a file of that name is set aside, not overwritten. */
export async function exportFile([name = 'workbook.xlsx', ...more]: string[], at: Serve, write: Write) {
  if (more.length > 0 || !name.endsWith('.xlsx'))
    return refuse(write, '用法:npm run export -- 工作簿.xlsx\n');
  let answer = '';
  const code = await at('export', [], '', (text) => {
    answer += text;
  });
  if (code !== 0) return refuse(write, answer, code);
  await save(name, Buffer.from(answer, 'base64'), write);
  return 0;
}

/** `npm run import -- plan.txt`: a draft of the workbook for the office to correct; nothing goes into the ledger. */
export async function compileFile(args: string[], today: string, write: Write): Promise<number> {
  const [path = '', out = path.replace(/\.[^.]*$/, '-待核.xlsx'), ...more] = args;
  if (more.length > 0 || !out.endsWith('.xlsx')) return refuse(write, importUsage);
  const bytes = await read(path);
  if (typeof bytes === 'string') return refuse(write, bytes);
  try {
    const compiled = compilePlan(await textOf(bytes), today);
    write(`${reportOf(compiled)}\n`);
    if (compiled.outline.categories.length === 0) return 1;
    await save(out, await draftOf(compiled), write);
    write('请先补全和更正,再用 npm run import 导入这个工作簿。台账未作任何改动。\n');
    return 0;
  } catch (error) {
    if (error instanceof Unreadable) return refuse(write, `${error.message}。\n`, 1);
    throw error;
  }
}

/** Whether a file is a plan's text rather than a workbook. */
export const isText = (path: string | undefined): boolean => /\.(?:txt|md|docx)$/i.test(path ?? '');

/** `npm run import -- workbook.xlsx`. On a terminal it shows the differences and asks before it writes them. */
export async function importFile(args: string[], at: Serve, write: Write): Promise<number> {
  const wanted = wantedBy(args);
  if (!wanted) return refuse(write, importUsage);
  const { path, by, dry, yes } = wanted;
  const named = by === undefined ? [] : [`--by=${by}`];
  const bytes = await read(path);
  if (typeof bytes === 'string') return refuse(write, bytes);
  const input = bytes.toString('base64');
  if (dry) return at('import', ['--dry', ...named], input, write);
  if (process.stdin.isTTY && !yes) {
    let open = false;
    const code = await at('import', ['--dry', ...named], input, (text) => {
      open ||= text.includes('尚未写入');
      write(text);
    });
    if (code !== 0 || !open) return code;
    if (!(await agreed())) return refuse(write, '未写入。\n', 0);
  }
  return at('import', named, input, write);
}

function wantedBy(args: string[]) {
  try {
    const options = {
      by: { type: 'string' },
      dry: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [path, ...more] = positionals;
    return path === undefined || more.length > 0 ? null : { path, ...values };
  } catch {
    return null;
  }
}

async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('写入台账?(y/N)');
  terminal.close();
  return /^(y|yes|是)$/i.test(answer.trim());
}

/** The file's bytes, or why they can't be had. */
async function read(path: string): Promise<Buffer | string> {
  try {
    const { size } = await stat(path);
    return size > LARGEST_FILE ? `${basename(path)}:文件超过5MB\n` : await readFile(path);
  } catch {
    return `读不到文件 ${path}\n`;
  }
}

async function save(name: string, bytes: Buffer, write: Write): Promise<void> {
  if (existsSync(name)) {
    const old = free((nth) => name.replace(/\.xlsx$/, `-旧${nth}.xlsx`));
    await rename(name, old);
    write(`原有的 ${basename(name)} 已改名为 ${basename(old)}\n`);
  }
  await writeFile(name, bytes, { mode: 0o600 });
  write(`已写出 ${name}\n`);
}

function refuse(write: Write, why: string, code = 2): number {
  write(why);
  return code;
}
