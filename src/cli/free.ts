import { existsSync } from 'node:fs';

/** The first of these names that nothing has yet, without a number or from `-2` on: what was set aside before keeps its own. */
export function free(name: (nth: string) => string, nth = 1): string {
  const tried = name(nth === 1 ? '' : `-${nth}`);
  return existsSync(tried) ? free(name, nth + 1) : tried;
}
