import { z } from 'zod';
import { digestOf } from '../../base/digest.ts';
import { AtomError, readAs } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Action, Prepared } from '../../domain/action.ts';
import { redeem } from '../../governance/grant.ts';
import { asText, below } from './byte-path.ts';
import { planRestore, type RestorePlan, restore } from './restore.ts';

export interface RestoreDeps {
  readonly root: string;
  /** A turn as the only one who writes in a folder; undefined once the signal aborts. */
  turn(folder: string, signal: AbortSignal): Promise<(() => void) | undefined>;
}

const resourceSchema = z.strictObject({
  id: z.string(),
  /** Another folder, absolute, below which everything keeps its path. */
  to: z.string().startsWith('/').optional(),
});

/**
 * The action `quarantine.restore`: `{id, to?}`, puts back what was moved out of a jail. Its result is
 * `{restored}`, where everything is now. Only the owner may ask for it: from then on other programs run it.
 */
export const createQuarantineRestore = ({ root, turn }: RestoreDeps): Action => ({
  name: 'quarantine.restore',
  prepare: async (resource, agent) => {
    if (agent)
      throw new AtomError('blocked', 'Only the owner puts back what was moved out of a jail.');
    const wish = parse(resource);
    return prepared(wish, planRestore(root, wish));
  },
  execute: async (grant, signal) => {
    const { prepared: decided } = redeem(grant);
    const wish = parse(decided.resource);
    const { top } = planRestore(root, wish);
    const leave = await turn(asText(top), signal);
    if (!leave) throw new AtomError('failed', 'Stopped before it was put back.');
    try {
      const plan = planRestore(root, wish);
      if (factsOf(plan).digest !== (decided.facts as { readonly digest: string }).digest)
        throw new AtomError('blocked', 'It changed since this was decided; look again.');
      return { restored: [...restore(root, plan)] };
    } finally {
      leave();
    }
  },
});

const factsOf = ({ entry, top, items }: RestorePlan): { readonly digest: string } => ({
  digest: digestOf({ id: entry.id, at: entry.at, top, paths: items.map(({ path }) => path) }),
});

function prepared(wish: z.output<typeof resourceSchema>, plan: RestorePlan): Prepared {
  const { entry, top, items } = plan;
  return {
    resource: { id: wish.id, ...(wish.to === undefined ? {} : { to: wish.to }) },
    facts: factsOf(plan),
    declared: { complexity: 4, why: 'lets other programs run or trust what a command wrote' },
    card: {
      kind: 'trust',
      words: [`put back ${entry.id}: ${items.map(({ path }) => asText(path)).join(', ')}`],
      folder: asText(top),
      may: items.map(
        ({ path }) => `be run or trusted by other programs: ${asText(below(top, path))}`,
      ),
      undo: 'nothing takes it back; remove it by hand',
    },
  };
}

function parse(resource: Json): z.output<typeof resourceSchema> {
  return readAs(resourceSchema, resource, 'That cannot be put back');
}
