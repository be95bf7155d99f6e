import type { Migration } from './run.ts';

/** Tokens of models beside the money: what is free is counted as well. */
export const tokens: Migration = {
  version: 36,
  statements: ['ALTER TABLE usage ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0'],
};
