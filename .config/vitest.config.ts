import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

// Real processes and real jails: two files at a time keeps a two-core machine honest.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx', 'skills/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Long only for what never comes.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
  },
});
