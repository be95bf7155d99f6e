import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';
import { SecondTries } from './second-tries.ts';

const tests = (where: string): readonly string[] => [
  `${where}/**/*.test.ts`,
  `${where}/**/*.test.tsx`,
];

/**
 * Their tests leave the process as they found it, so that the next file can go on in it. Not `llm`: there,
 * every timer of the process is taken for a wait.
 */
const SHARED = [
  ...['agent', 'assembly', 'base', 'bridge', 'channels', 'cli', 'config', 'domain'],
  ...['faults', 'feed', 'files', 'flows', 'gateway', 'governance', 'ingress', 'jobs'],
  ...['memory', 'metrics', 'net', 'outbox', 'protocol', 'secrets', 'security', 'sessions'],
  ...['skills', 'store', 'trust', 'ui', 'undo'],
].flatMap((folder) => tests(`test/${folder}`));

/** Of the jail as well: those that change no environment, count nothing that is open and end no process. */
const SHARED_JAIL = [
  ...['bwrap-args', 'clean-env', 'compose', 'folder', 'git-settings', 'guards', 'install'],
  ...['kept-output', 'known-jails', 'missing-program', 'output', 'pipes', 'printed-lines'],
  ...['private', 'replaces', 'seatbelt', 'seccomp', 'shared-files', 'shell-line', 'shown'],
  ...['told-text', 'toolchains', 'turns', 'net/carried-headers', 'net/ledger', 'net/target'],
  ...['net/seatbelt-network', 'quarantine/all-gone', 'quarantine/keeping'],
  ...['quarantine/left-behind', 'quarantine/restore-action', 'quarantine/undone'],
].map((name) => `test/jail/${name}.test.ts`);
const IN_SHARED = [...SHARED, ...SHARED_JAIL];

// Real processes and real jails, which often wait: four files at a time keep two cores busy.
export default defineConfig({
  test: {
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new SecondTries()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Where it decides whether work lands, one late process on a busy machine is not a fault: what fails twice
    // is. What was tried again is named at the end. At a desk nothing is, so that what wavers is seen.
    retry: process.env.CI ? 1 : 0,
    // Long only for what never comes.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared process',
          include: IN_SHARED,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'own process',
          include: tests('test'),
          exclude: IN_SHARED,
        },
      },
    ],
  },
});
