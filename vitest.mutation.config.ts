import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutation` runs against altered copies of `src/ledger` and `src/protocol`: those of these two rooms and of the verifier. */
export default defineConfig({
  test: {
    include: ['test/ledger/**/*.test.ts', 'test/protocol/**/*.test.ts', 'test/audit/*.test.ts'],
    exclude: ['test/ledger/interop.test.ts', 'test/protocol/docs.test.ts'],
    testTimeout: 30_000,
  },
});
