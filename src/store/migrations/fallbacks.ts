import type { Migration } from './run.ts';

/** The models that are asked where an agent's own cannot answer: a JSON list, NULL where none was chosen. */
export const fallbacks: Migration = {
  version: 30,
  statements: ['ALTER TABLE agent ADD COLUMN fallbacks TEXT'],
};
