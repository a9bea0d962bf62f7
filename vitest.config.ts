import { defineConfig } from 'vitest/config';
import { loadLaw } from './tools/law.mjs';
import { loadPins } from './tools/pins.mjs';

const seconds = (n: number): number => n * 1000;
const define = {
  __TINKIN_PINS__: JSON.stringify(loadPins()),
  __TINKIN_LAW__: JSON.stringify(loadLaw()),
};

const project = (name: string, test: Record<string, unknown>) => ({
  extends: true as const,
  define,
  test: { name, ...test },
});

/**
 * unit: everything that needs no browser and no built program. e2e: the built program, real HTTP, real Chromium. faults: the program
 * killed under load (small here; full size with TINKIN_FULL=1 through `npm run test:faults`).
 */
export default defineConfig({
  define,
  test: {
    pool: 'forks',
    // Argon2id and Chromium take a core each: more workers than two only make time-outs.
    maxWorkers: 2,
    // What is waited for may take long on a busy machine; a second, the default, tells nothing of the program.
    expect: { poll: { timeout: seconds(20) } },
    reporters: ['default'],
    projects: [
      project('unit', {
        include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
        exclude: ['test/e2e/**', 'test/faults/**', 'test/bench/**'],
        testTimeout: seconds(30),
        hookTimeout: seconds(60),
      }),
      project('e2e', {
        include: ['test/e2e/**/*.test.ts', 'test/e2e/**/*.test.tsx'],
        globalSetup: ['test/e2e/global-setup.ts'],
        // Each file brings its own server and browser, so that two may run beside each other.
        testTimeout: seconds(180),
        hookTimeout: seconds(180),
      }),
      project('faults', {
        include: ['test/faults/**/*.test.ts'],
        globalSetup: ['test/faults/global-setup.ts'],
        fileParallelism: false,
        testTimeout: seconds(1200),
        hookTimeout: seconds(180),
      }),
    ],
  },
});
