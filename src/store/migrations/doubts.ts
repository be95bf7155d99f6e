import type { Migration } from './run.ts';

/** What a run was asked to do, for as long as nobody knows how it ended. */
export const doubts: Migration = {
  version: 11,
  statements: ['ALTER TABLE run ADD COLUMN request TEXT'],
};
