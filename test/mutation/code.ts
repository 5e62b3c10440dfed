import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { build, type Metafile, transform } from 'esbuild';
import { type Case, casesOf, modules } from './harness.ts';

type Module = { exports: unknown };
type Evaluate = (module: Module, exports: unknown, require: (name: string) => unknown) => void;
type Load = (file: string) => unknown;

/** A case by its name, whose file is loaded when it is first asked for. */
export type CaseOf = (test: string) => Case;

export interface Code {
  /** The names of all cases: their file and their number in it. */
  tests: string[];
  /** No mutant at all, but each that is come by is marked in `met`. */
  counted: () => Promise<CaseOf>;
  /** One mutant alone: only its file and what builds on it is evaluated anew. */
  broken: (file: string, mutant: string) => Promise<CaseOf>;
  /** All mutants of one file, of which the one is broken whose number `dubanOn` is. */
  switched: (file: string) => Promise<CaseOf>;
}

/**
 * The tests and what they stand on, compiled once file by file. Stryker's switches are cut out: each file is as it was
 * written, or with one mutant in it, or one file with all of its own. What knows of nothing broken is left to Node.
 */
export async function codeOf(
  patterns: readonly string[],
  switches: ReadonlyMap<string, string>,
): Promise<Code> {
  const files = patterns.flatMap(filesOf);
  const importers = await importersOf(files);
  const building = above(importers, [...switches.keys(), ...files.map((file) => resolve(file))]);
  const compiled = (file: string, cut: Cut) => compiledFrom(switches.get(file), file, cut);
  const outside = createRequire(resolve('package.json'));
  const clean = new Map<string, Evaluate>();
  for (const file of building) clean.set(file, await compiled(file, only()));

  const loading = (scripts: Map<string, Evaluate>, loaded: Map<string, Module>): Load =>
    function load(file) {
      const known = loaded.get(file);
      if (known) return known.exports;
      const evaluate = scripts.get(file);
      if (!evaluate) return outside(file);
      const module: Module = { exports: {} };
      loaded.set(file, module);
      evaluate(module, module.exports, (name) =>
        name.startsWith('.') ? load(resolve(dirname(file), name)) : (modules[name] ?? outside(name)),
      );
      return module.exports;
    };
  const sound = new Map<string, Module>();
  const inSound = casesIn(loading(clean, sound));
  const changed = async (file: string, cut: Cut): Promise<CaseOf> => {
    const fresh = above(importers, [file]);
    const scripts = new Map(clean).set(file, await compiled(file, cut));
    const kept = new Map([...sound].filter(([each]) => !fresh.has(each)));
    const anew = casesIn(loading(scripts, kept));
    return (test) => (fresh.has(resolve(fileOf(test))) ? anew : inSound).one(test);
  };
  return {
    tests: files.flatMap((file) => inSound.all(file)),
    counted: async () => {
      const counting = new Map<string, Evaluate>();
      for (const file of building) counting.set(file, await compiled(file, marking));
      return casesIn(loading(counting, new Map())).one;
    },
    broken: (file, mutant) => changed(file, only(mutant)),
    switched: (file) => changed(file, switching),
  };
}

function casesIn(load: Load) {
  const known = new Map<string, Case[]>();
  const of = (file: string) => {
    const found = known.get(file) ?? casesOf(() => load(resolve(file)));
    known.set(file, found);
    return found;
  };
  return {
    all: (file: string) => of(file).map((_, index) => `${file}#${index}`),
    one: (test: string) => {
      const [file = '', index] = test.split('#');
      const found = of(file)[Number(index)];
      if (!found) throw new Error(`no case ${test}`);
      return found;
    },
  };
}

const fileOf = (test: string): string => test.split('#')[0] ?? '';

/** Those that fit a pattern with `*` for a name's beginning, or before it with `**` for any folders. */
export function filesOf(pattern: string): string[] {
  const [folder = '', ending] = pattern.split(/\/(?:\*\*\/)?\*/);
  if (ending === undefined) return [pattern];
  return readdirSync(folder, { recursive: pattern.includes('/**/') })
    .map((name) => join(folder, `${name}`))
    .filter((name) => name.endsWith(ending));
}

/** By whom each file is imported. */
async function importersOf(files: string[]): Promise<Map<string, string[]>> {
  const { metafile } = await build({
    ...{ entryPoints: files, outdir: '.', write: false, metafile: true },
    ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm' },
  });
  const inputs: Metafile['inputs'] = metafile.inputs;
  const importers = new Map(Object.keys(inputs).map((file) => [resolve(file), [] as string[]]));
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const { path, external } of imports)
      if (!external) importers.get(resolve(path))?.push(resolve(file));
  }
  return importers;
}

/** These files and all that build on them. */
function above(importers: Map<string, string[]>, files: string[]): Set<string> {
  const found = new Set(files);
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

const SWITCH = /stryMutAct_\w+\("(\d+)"\)/g;
const COUNTER = /stryCov_\w+\(((?:"\d+"(?:, )?)+)\)/g;

type Cut = (source: string) => string;

/** Source without any of Stryker's switches, but one mutant's turned on. */
const only =
  (mutant?: string): Cut =>
  (source) =>
    source.replaceAll(SWITCH, (_, id) => `${id === mutant}`).replaceAll(COUNTER, '0');

const switching: Cut = (source) => source.replaceAll(SWITCH, 'dubanOn===$1').replaceAll(COUNTER, '0');

/** The mutants that the code came by since it was last cleared, by their numbers. */
export const met = new Uint8Array(100_000);
Object.assign(globalThis, { dubanMet: met });

/** Stryker's own counting takes ten times as long. */
const marking: Cut = (source) =>
  source
    .replaceAll(SWITCH, 'false')
    .replaceAll(COUNTER, (_, ids: string) =>
      ids.replaceAll(/"(\d+)"/g, 'dubanMet[$1]=1').replace(/^.*$/, '($&)'),
    );

async function compiledFrom(switches: string | undefined, file: string, cut: Cut): Promise<Evaluate> {
  const { code } = await transform(switches === undefined ? readFileSync(file, 'utf8') : cut(switches), {
    ...{ loader: 'ts', format: 'cjs', target: 'node20', minifySyntax: true },
    define: {
      'import.meta.dirname': JSON.stringify(dirname(file)),
      'import.meta.url': JSON.stringify(`${pathToFileURL(file)}`),
    },
  });
  const script = new Script(`(module, exports, require) => {${code}\n}`, { filename: relative('.', file) });
  return script.runInThisContext();
}
