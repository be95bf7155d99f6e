import type { Migration } from './run.ts';

/** Who asked, for what, and with which other question: for limits, repeats and batches. */
export const questions: Migration = {
  version: 8,
  statements: [
    `ALTER TABLE approval ADD COLUMN asker TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE approval ADD COLUMN likeness TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE approval ADD COLUMN task TEXT`,
    `ALTER TABLE approval ADD COLUMN intent TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE approval ADD COLUMN head TEXT REFERENCES approval(id)`,
    `CREATE INDEX approval_task ON approval(task, likeness) WHERE state = 'denied'`,
    `CREATE INDEX approval_intent ON approval(intent)`,
    `CREATE INDEX approval_head ON approval(head) WHERE head IS NOT NULL`,
  ],
};
