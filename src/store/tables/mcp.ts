import type { Complexity } from '../../domain/complexity.ts';
import type { McpApproval, McpClass, McpServer, McpTool } from '../../domain/mcp.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Everything that is known of servers, by their names. */
export interface McpKnown {
  readonly approvals: ReadonlyMap<string, McpApproval>;
  /** Digests of what servers said of themselves instead of what was approved. */
  readonly changed: ReadonlyMap<string, string>;
  readonly classes: readonly McpClass[];
}

export async function mcpKnown(sql: Sql): Promise<McpKnown> {
  const [approvals, changed, classes] = await Promise.all([
    sql.all('SELECT * FROM mcp_approval'),
    sql.all('SELECT * FROM mcp_changed'),
    sql.all('SELECT * FROM mcp_class'),
  ]);
  return {
    approvals: new Map(approvals.map((row) => [String(row.server), approvalOf(row)])),
    changed: new Map(changed.map((row) => [String(row.server), String(row.digest)])),
    classes: classes.map(classOf),
  };
}

/** Puts an approval in the place of the one before; nothing counts as changed any more. */
export async function putMcpApproval(sql: Sql, approval: McpApproval): Promise<void> {
  const { server, digest, tools, at, by } = approval;
  await sql.run(
    `INSERT INTO mcp_approval(server, digest, spec, tools, at, by) VALUES($1, $2, $3, $4, $5, $6)
     ON CONFLICT(server) DO UPDATE SET digest = excluded.digest, spec = excluded.spec,
     tools = excluded.tools, at = excluded.at, by = excluded.by`,
    server.name,
    digest,
    JSON.stringify(server),
    JSON.stringify(tools),
    at,
    by,
  );
  await dropMcpChange(sql, server.name);
}

/** Notes what a server says now instead of what was approved. Zero where that is noted already. */
export const putMcpChange = (sql: Sql, server: string, digest: string): Promise<number> =>
  sql.run(
    `INSERT INTO mcp_changed(server, digest) VALUES($1, $2)
     ON CONFLICT(server) DO UPDATE SET digest = excluded.digest WHERE digest <> excluded.digest`,
    server,
    digest,
  );

/** It says again what was approved. */
export const dropMcpChange = (sql: Sql, server: string): Promise<number> =>
  sql.run('DELETE FROM mcp_changed WHERE server = $1', server);

export const putMcpClass = (sql: Sql, { server, tool, digest, complexity }: McpClass) =>
  sql.run(
    `INSERT INTO mcp_class(server, tool, digest, complexity) VALUES($1, $2, $3, $4)
     ON CONFLICT(server, tool) DO UPDATE SET digest = excluded.digest, complexity = excluded.complexity`,
    server,
    tool,
    digest,
    complexity,
  );

/** Forgets a server, but for its tools that the owner said do more than `most`: one of that name is held to it. */
export async function deleteMcp(sql: Sql, server: string, most: Complexity): Promise<void> {
  for (const table of ['mcp_approval', 'mcp_changed'])
    await sql.run(`DELETE FROM ${table} WHERE server = $1`, server);
  await sql.run('DELETE FROM mcp_class WHERE server = $1 AND complexity <= $2', server, most);
}

const approvalOf = (row: Row): McpApproval => ({
  digest: String(row.digest),
  server: JSON.parse(String(row.spec)) as McpServer,
  tools: JSON.parse(String(row.tools)) as readonly McpTool[],
  at: Number(row.at),
  by: String(row.by),
});

const classOf = (row: Row): McpClass => ({
  server: String(row.server),
  tool: String(row.tool),
  digest: String(row.digest),
  complexity: Number(row.complexity) as Complexity,
});
