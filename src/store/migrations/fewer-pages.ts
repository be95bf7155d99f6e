import type { Migration } from './run.ts';

/**
 * The tables that every message is written to, with fewer pages to write for each row; what a row holds
 * and means stays. A number is one more than the greatest there is, so whoever deletes keeps the row with
 * the greatest, and none is given twice. A lane is found by its own key, and an entry of the record by its
 * number alone; one of another chain's name is nobody's, and keeps its place before the first number.
 */
export const fewerPages: Migration = {
  version: 17,
  statements: [
    ...rebuilt('lane', {
      columns: `queue TEXT NOT NULL, lane TEXT NOT NULL, depth INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL DEFAULT 0, lease INTEGER NOT NULL DEFAULT 0,
        fence INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(queue, lane)`,
      kind: 'STRICT, WITHOUT ROWID',
      rows: 'SELECT queue, lane, depth, due, lease, fence FROM lane ORDER BY queue, lane',
    }),
    `CREATE INDEX lane_ready ON lane(queue, due) WHERE depth > 0`,
    ...rebuilt('spool', {
      columns: `seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        channel TEXT NOT NULL, account TEXT NOT NULL, external_id TEXT NOT NULL,
        lane TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, result TEXT, at INTEGER NOT NULL, error TEXT, UNIQUE(channel, account, external_id)`,
      rows: `SELECT seq, id, channel, account, external_id, lane, body, state, attempts, result, at, error
        FROM spool ORDER BY seq`,
    }),
    `CREATE INDEX spool_open ON spool(lane, seq) WHERE state = 'waiting'`,
    `CREATE INDEX spool_dead ON spool(seq) WHERE state = 'dead'`,
    ...rebuilt('outbox', {
      columns: `seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lane TEXT NOT NULL,
        body TEXT NOT NULL, approval TEXT, edits_row TEXT, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, external_id TEXT, error TEXT, at INTEGER NOT NULL`,
      rows: `SELECT seq, id, lane, body, approval, edits_row, state, attempts, external_id, error, at
        FROM outbox ORDER BY seq`,
    }),
    `CREATE INDEX outbox_open ON outbox(lane, seq) WHERE state IN ('queued', 'sending', 'uncertain')`,
    `CREATE INDEX outbox_failed ON outbox(seq) WHERE state = 'failed'`,
    `CREATE INDEX outbox_approval ON outbox(approval) WHERE approval IS NOT NULL`,
    `CREATE INDEX outbox_external ON outbox(external_id) WHERE external_id IS NOT NULL`,
    ...rebuilt('transcript', {
      columns: `seq INTEGER PRIMARY KEY, session TEXT NOT NULL REFERENCES session(id),
        event TEXT NOT NULL, labels TEXT NOT NULL, item TEXT NOT NULL, at INTEGER NOT NULL, source TEXT`,
      rows: 'SELECT seq, session, event, labels, item, at, source FROM transcript ORDER BY seq',
    }),
    `CREATE INDEX transcript_session ON transcript(session, seq)`,
    ...rebuilt('audit', {
      columns: `chain TEXT NOT NULL, seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,
        body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL`,
      rows: `SELECT chain, seq, at, kind, body, prev, hash FROM audit WHERE chain = 'main'
        UNION ALL
        SELECT chain, (SELECT min(0, min(seq)) FROM audit) - row_number() OVER (ORDER BY chain, seq),
          at, kind, body, prev, hash FROM audit WHERE chain <> 'main'`,
    }),
    `CREATE INDEX audit_lasting ON audit(kind, seq) WHERE kind IN ('jails.changed', 'rules.changed')`,
    // What counts for an agent is asked for after each turn: its thoughts and answers, most of its runs, do not.
    'DROP INDEX run_agent',
    `CREATE INDEX run_agent ON run(agent, begun_at)
     WHERE agent IS NOT NULL AND action NOT IN ('llm.complete', 'message.reply')`,
  ],
};

interface Shape {
  readonly columns: string;
  readonly kind?: string;
  /** The rows as they are now, column by column. */
  readonly rows: string;
}

/** A table made anew in another shape, with its rows; its indices are gone. */
function rebuilt(table: string, { columns, kind = 'STRICT', rows }: Shape): readonly string[] {
  return [
    `CREATE TABLE ${table}_anew(${columns}) ${kind}`,
    `INSERT INTO ${table}_anew ${rows}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${table}_anew RENAME TO ${table}`,
  ];
}
