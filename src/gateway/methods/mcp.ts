import { notDone } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Outcome } from '../../domain/action.ts';
import type { McpListing, McpPlan } from '../../domain/mcp.ts';
import type { Methods } from '../kernel.ts';
import { OWNER, proofOf } from './rules.ts';

type Names = Extract<keyof Methods, `mcp.${string}`>;

const BY = `${OWNER.surface}/${OWNER.id}`;

/** Which MCP servers may be used. Whoever reaches this socket is the owner. */
export const mcpMethods = ({ mcp, ownerAct }: Atom): Pick<Methods, Names> => {
  const listed = async (name: string): Promise<McpListing> => {
    const found = (await mcp.list()).find((one) => one.name === name);
    if (found) return found;
    throw new AtomError('not-found', `There is no MCP server named ${name}.`);
  };
  return {
    'mcp.list': async () => ({ servers: await mcp.list() }),
    'mcp.look': async ({ server }) => {
      const act = { action: 'mcp.look', resource: { server } };
      const plan = resultOf(await ownerAct(act, proofOf(undefined)));
      return { plan: plan as unknown as McpPlan };
    },
    'mcp.trust': async ({ server, digest, code }) => {
      const act = { action: 'mcp.trust', resource: { server, digest, by: BY } };
      resultOf(await ownerAct(act, proofOf(code)));
      return { server: await listed(server) };
    },
    'mcp.classify': async ({ code, ...said }) => {
      await mcp.list();
      const act = { action: 'mcp.classify', resource: { ...said, by: BY } };
      resultOf(await ownerAct(act, proofOf(code)));
      return { server: await listed(said.server) };
    },
    'mcp.forget': async ({ server }) => {
      await mcp.forget(server);
      return { forgotten: true };
    },
    'mcp.call': async ({ server, tool, input, code }) => {
      await mcp.list();
      const act = { action: 'mcp.call', resource: { server, tool, input } };
      return { outcome: await ownerAct(act, proofOf(code)) };
    },
  };
};

/** What came of an act of the owner's. Throws AtomError with why it was not done. */
function resultOf(outcome: Outcome) {
  if (outcome.ok) return outcome.value;
  const { message, next, code } = notDone(outcome);
  // A server that does not answer is no refusal of atom's.
  throw new AtomError(outcome.reason === 'failed' ? 'failed' : code, message, { next });
}
