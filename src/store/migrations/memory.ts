import type { Migration } from './run.ts';

/**
 * Where the words of notes stand. The notes are files, and this follows them: it holds no text that could be
 * read back, and can be thrown away at any time.
 */
export const memory: Migration = {
  version: 32,
  statements: [
    `CREATE TABLE note(
      number INTEGER PRIMARY KEY, agent TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
      size INTEGER NOT NULL, changed_at REAL NOT NULL, UNIQUE(agent, person, name)
    ) STRICT`,
    `CREATE VIRTUAL TABLE note_words USING fts5(
      name, words, content = '', contentless_delete = 1,
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
    )`,
  ],
};
