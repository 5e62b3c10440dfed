import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Bundles `src` into a few files; packages stay outside. */
const outdir = '.build';
const list = join(outdir, 'built.json');

// A server opens some of its files only when they are first asked for: those of the last build stay for one that still
// runs from them, older ones go.
const last = await readFile(list, 'utf8').then(JSON.parse, () => null);
const left = last === null ? [] : (await readdir(outdir)).filter((name) => !last.includes(name));
for (const name of left) await rm(join(outdir, name));

const { metafile } = await build({
  entryPoints: ['src/main.ts', 'src/cli.ts', 'src/understand.ts'],
  outdir,
  ...{ bundle: true, splitting: true, packages: 'external', sourcemap: true, metafile: true },
  ...{ platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' },
});
await writeFile(
  list,
  JSON.stringify([basename(list), ...Object.keys(metafile.outputs).map((path) => basename(path))]),
);
