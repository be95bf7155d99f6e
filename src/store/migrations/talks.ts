import type { Migration } from './run.ts';

/**
 * A session's conversations, one from each fresh start to the next: an earlier one can be gone on with. What
 * came up to `since` is not told any more, because it is of an earlier one or was summed up. Long results are
 * kept whole beside what is told of them, and found by `ref`.
 */
export const talks: Migration = {
  version: 31,
  statements: [
    `CREATE TABLE talk(
      session TEXT NOT NULL REFERENCES session(id), number INTEGER NOT NULL,
      agent TEXT NOT NULL REFERENCES agent(id), begun_at INTEGER NOT NULL,
      since INTEGER NOT NULL DEFAULT 0, model TEXT, PRIMARY KEY(session, number)
    ) STRICT, WITHOUT ROWID`,
    `INSERT INTO talk(session, number, agent, begun_at) SELECT id, 1, agent, started_at FROM session`,
    `INSERT INTO talk(session, number, agent, begun_at, since)
     SELECT id, 2, agent, coalesce(
       (SELECT min(at) FROM transcript WHERE transcript.session = session.id AND seq > since),
       started_at
     ), since FROM session WHERE since > 0`,
    'ALTER TABLE session ADD COLUMN talk INTEGER NOT NULL DEFAULT 1',
    'UPDATE session SET talk = 2 WHERE since > 0',
    'ALTER TABLE transcript ADD COLUMN talk INTEGER NOT NULL DEFAULT 1',
    `UPDATE transcript SET talk = 2 WHERE seq > (
      SELECT since FROM session WHERE session.id = transcript.session AND since > 0
    )`,
    'ALTER TABLE transcript ADD COLUMN ref TEXT',
    'ALTER TABLE transcript ADD COLUMN whole TEXT',
    'CREATE INDEX transcript_ref ON transcript(session, ref) WHERE ref IS NOT NULL',
    'ALTER TABLE session DROP COLUMN since',
  ],
};
