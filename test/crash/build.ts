import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * Compiles the product as it stands into a folder of its own, where nobody writes over it while it runs for
 * minutes. The folder stands where the product's own would, as seen from its migrations and its packages.
 */
export async function compile(): Promise<{ folder: string; remove(): Promise<void> }> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const home = await mkdtemp(join(cache, 'crash-'));
  const folder = join(home, '.build');
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const compiler = join(root, 'node_modules/.bin/tsc');
    await promisify(execFile)(compiler, ['-p', join(root, 'src'), '--outDir', folder, '--noCheck']);
    for (const each of ['drizzle', 'src']) await cp(join(root, each), join(home, each), { recursive: true });
    await writeFile(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/**
 * The compiled product and its packages in one file, for trials that start it a thousand times: a start takes a third
 * of the processor's time. Gives the program's path; the first run that ends by itself keeps what V8 compiled.
 */
export async function pack(folder: string): Promise<string> {
  const whole = join(folder, 'whole.cjs');
  await build({
    entryPoints: [join(folder, 'main.js')],
    outfile: whole,
    bundle: true,
    platform: 'node',
    define: { 'import.meta.url': 'place' },
    banner: { js: "const place = require('node:url').pathToFileURL(__filename).href;" },
    external: ['@electric-sql/pglite', '@resvg/resvg-js', 'satori'],
    plugins: [ownPlace(folder)],
    logLevel: 'error',
  });
  const program = join(folder, 'packed.cjs');
  await writeFile(program, starter);
  return program;
}

/** Each of the product's files still takes itself to lie where it was compiled. */
const ownPlace = (folder: string): Plugin => ({
  name: 'own place',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(folder)) return undefined;
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', place) };
    }),
});

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
