import type { Migration } from './run.ts';

/**
 * Several agents: what each may use, how it behaves, how it rose and fell, and what a student was
 * refused. `jails` and `skills` are JSON lists, NULL for all; `model` and `workspace` NULL for the
 * profile's. Runs and questions from before carry no agent and count for none.
 */
export const agents: Migration = {
  version: 4,
  statements: [
    'ALTER TABLE agent ADD COLUMN model TEXT',
    'ALTER TABLE agent ADD COLUMN workspace TEXT',
    'ALTER TABLE agent ADD COLUMN jails TEXT',
    'ALTER TABLE agent ADD COLUMN skills TEXT',
    'ALTER TABLE agent ADD COLUMN paused INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE agent ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0',
    // The maturity that was suggested last, so that one record suggests once.
    'ALTER TABLE agent ADD COLUMN suggested TEXT',
    'UPDATE agent SET created_at = coalesce((SELECT min(at) FROM audit), 0)',
    'ALTER TABLE run ADD COLUMN agent TEXT',
    'ALTER TABLE run ADD COLUMN capability TEXT',
    'ALTER TABLE run ADD COLUMN complexity INTEGER',
    'ALTER TABLE run ADD COLUMN undone INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE run ADD COLUMN harmful INTEGER NOT NULL DEFAULT 0',
    'CREATE INDEX run_agent ON run(agent, begun_at) WHERE agent IS NOT NULL',
    'ALTER TABLE approval ADD COLUMN agent TEXT',
    'ALTER TABLE approval ADD COLUMN capability TEXT',
    'CREATE INDEX approval_agent ON approval(agent, asked_at) WHERE agent IS NOT NULL',
    `CREATE TABLE maturity_change(
      seq INTEGER PRIMARY KEY AUTOINCREMENT, agent TEXT NOT NULL REFERENCES agent(id),
      from_maturity TEXT NOT NULL, to_maturity TEXT NOT NULL, why TEXT NOT NULL, by_whom TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE stray(
      id TEXT PRIMARY KEY, agent TEXT NOT NULL REFERENCES agent(id), how TEXT NOT NULL,
      task TEXT NOT NULL, wish TEXT NOT NULL, capability TEXT NOT NULL, why TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX stray_agent ON stray(agent, at)',
    `CREATE TABLE training(
      id TEXT PRIMARY KEY, agent TEXT NOT NULL REFERENCES agent(id), action TEXT NOT NULL,
      resource TEXT NOT NULL, capability TEXT NOT NULL, words TEXT NOT NULL, why TEXT NOT NULL,
      labels TEXT NOT NULL, session TEXT, event TEXT, at INTEGER NOT NULL,
      state TEXT NOT NULL, outcome TEXT, ended_at INTEGER
    ) STRICT`,
    'CREATE INDEX training_agent ON training(agent, state, at)',
  ],
};
