import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

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
    await symlink(join(root, 'drizzle'), join(home, 'drizzle'));
    await symlink(join(root, 'src'), join(home, 'src'));
    await writeFile(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
