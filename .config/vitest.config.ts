import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

const tests = (where: string): readonly string[] => [
  `${where}/**/*.test.ts`,
  `${where}/**/*.test.tsx`,
];

/**
 * Their tests leave the process as they found it, so that the next file can go on in it. Not `llm`: there,
 * every timer of the process is taken for a wait.
 */
const SHARED = [
  ...['agent', 'assembly', 'base', 'bridge', 'channels', 'config', 'domain', 'feed', 'files'],
  ...['gateway', 'governance', 'ingress', 'metrics', 'outbox', 'protocol', 'secrets'],
  ...['sessions', 'store', 'trust', 'ui', 'undo'],
].flatMap((folder) => tests(`test/${folder}`));

// Real processes and real jails: two files at a time keeps a two-core machine honest.
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Long only for what never comes.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared process',
          include: SHARED,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'own process',
          include: tests('test'),
          exclude: SHARED,
        },
      },
    ],
  },
});
