import type { Json } from '../../base/json.ts';
import { type McpApproval, type McpClass, type McpTool, toolDigest } from '../../domain/mcp.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import {
  deleteMcp,
  dropMcpChange,
  putMcpApproval,
  putMcpChange,
  putMcpClass,
} from '../../store/tables/mcp.ts';
import { UNCLASSIFIED } from './standing.ts';

export interface RecordDeps {
  readonly store: Store;
  readonly audit: Audit;
}

/** Writes an approval down, and in the record what it lets a server do. */
export const recordApproval = (
  { store, audit }: RecordDeps,
  approval: McpApproval,
): Promise<void> =>
  store.tx(async (sql) => {
    const { server, digest, tools, by } = approval;
    await putMcpApproval(sql, approval);
    const body = {
      server: server as unknown as Json,
      digest,
      tools: tools.map(({ name }) => name),
      by,
    };
    await audit(sql, 'mcp.trusted', body);
  });

/** Notes that a server says something else than what was approved. False where that is known. */
export const recordChange = (
  { store, audit }: RecordDeps,
  server: string,
  digest: string,
): Promise<boolean> =>
  store.tx(async (sql) => {
    if ((await putMcpChange(sql, server, digest)) === 0) return false;
    await audit(sql, 'mcp.changed', { server, digest });
    return true;
  });

/** It says again what was approved. */
export const recordSame = ({ store, audit }: RecordDeps, server: string): Promise<void> =>
  store.tx(async (sql) => {
    if ((await dropMcpChange(sql, server)) > 0) await audit(sql, 'mcp.same', { server });
  });

/** How much the owner says that a tool does. */
export const recordClass = (
  { store, audit }: RecordDeps,
  { server, tool, complexity, by }: Omit<McpClass, 'digest'> & { readonly by: string },
  described: McpTool,
): Promise<void> =>
  store.tx(async (sql) => {
    await putMcpClass(sql, { server, tool, complexity, digest: toolDigest(described) });
    await audit(sql, 'mcp.classified', { server, tool, complexity, by });
  });

/** Forgets what was approved; never that a tool does more than is taken of others. */
export const recordRemoval = ({ store, audit }: RecordDeps, server: string): Promise<void> =>
  store.tx(async (sql) => {
    await deleteMcp(sql, server, UNCLASSIFIED);
    await audit(sql, 'mcp.removed', { server, by: 'owner' });
  });
