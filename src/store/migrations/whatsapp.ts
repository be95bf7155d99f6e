import type { Migration } from './run.ts';

/** What a linked device of WhatsApp keeps (sealed), what it saw of each chat, and what it sent each day. */
export const whatsapp: Migration = {
  version: 16,
  statements: [
    `CREATE TABLE wa_key(
      kind TEXT NOT NULL, id TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY(kind, id)
    ) STRICT`,
    'CREATE TABLE wa_seen(chat TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT',
    'CREATE TABLE wa_day(day TEXT PRIMARY KEY, sent INTEGER NOT NULL) STRICT',
    'CREATE INDEX outbox_external ON outbox(external_id) WHERE external_id IS NOT NULL',
  ],
};
