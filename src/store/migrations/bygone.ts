import type { Migration } from './run.ts';

/** Which events there were whose rows are forgotten: by a part of their hash, and nothing else of them. */
export const bygone: Migration = {
  version: 18,
  statements: ['CREATE TABLE bygone(event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID'],
};
