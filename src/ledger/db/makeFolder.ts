import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A folder for its owner alone, and those above it that lack. Node's own recursive `mkdir` asks for ever where the file
 * system has a folder and makes none in it, as `/proc` does.
 */
export function makeFolder(path: string): void {
  if (isThere(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (!isThere(path)) throw error;
  }
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
