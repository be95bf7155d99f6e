import type { Migration } from './run.ts';

/** What the owner approved of MCP servers, which said something else since, and how much their tools do. */
export const mcp: Migration = {
  version: 33,
  statements: [
    `CREATE TABLE mcp_approval(
      server TEXT PRIMARY KEY, digest TEXT NOT NULL, spec TEXT NOT NULL, tools TEXT NOT NULL,
      at INTEGER NOT NULL, by TEXT NOT NULL
    ) STRICT`,
    'CREATE TABLE mcp_changed(server TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT',
    `CREATE TABLE mcp_class(
      server TEXT NOT NULL, tool TEXT NOT NULL, digest TEXT NOT NULL, complexity INTEGER NOT NULL,
      PRIMARY KEY(server, tool)
    ) STRICT`,
  ],
};
