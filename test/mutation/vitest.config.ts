import suite from '../vitest.config.ts';

/** The suite's own settings, with the tests of one part. */
// biome-ignore lint/style/noDefaultExport: Vitest takes its configuration so.
export default {
  ...suite,
  test: { ...suite.test, include: JSON.parse(process.env.DUBAN_TESTS ?? '[]') as string[] },
};
