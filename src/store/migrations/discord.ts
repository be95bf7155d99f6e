import type { Migration } from './run.ts';

/** Where the gateway of Discord stands for each bot, and the direct chats that it knows. */
export const discord: Migration = {
  version: 20,
  statements: [
    `CREATE TABLE discord_session(
      account TEXT PRIMARY KEY, session TEXT, resume_url TEXT, sequence INTEGER, intents INTEGER,
      proved_at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE discord_chat(
      account TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, PRIMARY KEY(account, person)
    ) STRICT`,
  ],
};
