import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Vitest takes its configuration as the default export.
// biome-ignore lint/style/noDefaultExport: see above.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    // Each worker that opens PGlite takes 200 MB.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { include: ['src/**'], reportsDirectory: 'node_modules/.cache/coverage' },
  },
});
