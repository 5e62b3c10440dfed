import { exec } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { spoil } from './broken.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Builds the product as it stands, as `npm ci` does, in a folder of its own, where nobody writes over it while it runs
 * for minutes; `broken` in the way of that name.
 */
export async function compile(broken?: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const home = await mkdtemp(join(cache, 'crash-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    for (const each of ['drizzle', 'src', 'package.json', 'tsconfig.json', '.bundle.mjs'])
      await cp(join(root, each), join(home, each), { recursive: true });
    if (broken !== undefined) await spoil(join(home, 'src'), broken);
    const { scripts } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    await promisify(exec)(scripts.prepare, { cwd: home, env: { ...process.env, PATH } });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: join(home, '.build'), remove };
}

/**
 * The product and its packages in one file, for trials that start it a thousand times: a start takes a third of the
 * processor's time. Gives the program's path; the first run that ends by itself keeps what V8 compiled.
 */
export async function pack(folder: string): Promise<string> {
  await build({
    entryPoints: [join(folder, '../src/main.ts')],
    outfile: join(folder, 'whole.cjs'),
    bundle: true,
    platform: 'node',
    define: { 'import.meta.url': 'place' },
    banner: { js: "const place = require('node:url').pathToFileURL(__filename).href;" },
    external: ['@electric-sql/pglite', '@resvg/resvg-js', 'satori'],
    logLevel: 'error',
  });
  const program = join(folder, 'packed.cjs');
  await writeFile(program, starter);
  return program;
}

const starter = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { Script, constants } = require('node:vm');
const file = require('node:path').join(__dirname, 'whole.cjs');
const kept = file + '.kept';
const script = new Script(wrap(readFileSync(file, 'utf8')), {
  filename: file,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  ...(existsSync(kept) ? { cachedData: readFileSync(kept) } : {}),
});
process.on('exit', () => {
  if (!existsSync(kept)) writeFileSync(kept, script.createCachedData());
});
script.runInThisContext()(exports, require, module, file, __dirname);
`;
