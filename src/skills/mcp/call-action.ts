import type { Json } from '../../base/json.ts';
import type { Action, Update } from '../../domain/action.ts';
import { type Granted, redeem } from '../../governance/grant.ts';
import { withLeft } from '../runtime/modules.ts';
import type { Placed } from './connections.ts';
import { findTool, type McpCallDeps, prepareCall, readCall } from './prepare-call.ts';
import { changedSince } from './words.ts';

export type { McpCallDeps } from './prepare-call.ts';

/**
 * The action `mcp.call`: `{server, tool, input}`, one call of a tool that the owner approved, as its server
 * described it then. Its result is `{text, truncated?}`. Before anything is asked, what the server says of
 * itself is held against the approval again.
 */
export const createMcpCall = (deps: McpCallDeps): Action => ({
  name: 'mcp.call',
  prepare: async (resource, agent) => prepareCall(deps, resource, agent),
  execute: async (grant, signal, onUpdate) => run(deps, redeem(grant), { signal, onUpdate }),
});

async function run(
  deps: McpCallDeps,
  { request, prepared }: Granted,
  { signal, onUpdate }: { readonly signal: AbortSignal; readonly onUpdate: Update },
): Promise<Json> {
  const { server: name, tool, input } = readCall(prepared.resource);
  const { pin, jail } = prepared.facts as unknown as { pin: string; jail: Placed['jail'] | null };
  if (findTool(deps.servers, { name, tool }).pin !== pin) throw changedSince(name);
  const onProgress = (text: string): void => onUpdate({ stream: 'stderr', text: `${text}\n` });
  // What a server was told of a secret it carries into no other conversation, nor others' into this one.
  const alone = request.labels.confidentiality === 'secret';
  const placed = { server: deps.servers.server(name), jail: jail ?? undefined, alone };
  const { value, ended } = await deps.connections.use(
    placed,
    async (session) => {
      await deps.servers.hold(name, await session.tools(signal), pin);
      return session.call({ tool, input, onProgress }, signal);
    },
    signal,
  );
  return ended ? withLeft(value, ended) : value;
}
