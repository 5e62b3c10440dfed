import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const DEBIAN = '/usr/bin/chromium';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/**
 * Headless Chromium: the one that CHROMIUM names, else Debian's, else the one inside `@sparticuz/chromium`, which
 * needs nothing installed: it brings its shared libraries and a font.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.CHROMIUM || (existsSync(DEBIAN) ? DEBIAN : undefined);
  if (installed) return chromium.launch({ executablePath: installed, args: ARGS });
  const folder = await unpacked();
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: ARGS, env: environment(folder) });
}

/** Unpacked beside and moved into place in one step, because test files run at the same time. */
async function unpacked(): Promise<string> {
  const folder = join(CACHE, 'chromium');
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'chromium-'));
  await writeFile(join(draft, 'chromium'), await inflate('chromium.br'), { mode: 0o755 });
  for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
    await writeFile(join(draft, 'archive.tar'), await inflate(archive));
    await promisify(execFile)('tar', ['-xf', 'archive.tar', '--no-same-owner'], { cwd: draft });
  }
  await writeFile(join(draft, 'fonts.conf'), `<fontconfig><dir>${folder}/fonts</dir></fontconfig>`);
  await rm(join(draft, 'archive.tar'));
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function inflate(name: string): Promise<Buffer> {
  const build = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  return promisify(brotliDecompress)(await readFile(join(build, '../../bin', name)));
}

/** The packed libraries come first, and the packed font only where the machine has no fonts of its own. */
function environment(folder: string): Record<string, string> {
  const own = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { ...Object.fromEntries(own), ...fonts, LD_LIBRARY_PATH: libraries };
}
