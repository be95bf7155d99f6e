import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { wholeResult } from '../store/tables/talks.ts';

const resourceShape = z.strictObject({
  session: z.string(),
  ref: z.string().regex(/^[0-9a-f]{8}$/),
  /** The character to begin at. */
  from: z.number().int().min(0).default(0),
});
type Wish = z.output<typeof resourceShape>;

/** About 3,000 tokens: less than is told of any result, so no part is cut again. */
const MOST_TEXT = 12_000;

/**
 * The action `result.read`: `{session, ref, from?}` reads a long result of the present conversation of a
 * session. Its result is `{ref, from, text, next?, total}`: characters, and `next` to go on from. It carries
 * the label that the result had when it came.
 */
export const createResultRead = ({ store }: { readonly store: Store }): Action => ({
  name: 'result.read',
  prepare: async (resource) => {
    const wish = parse(resource);
    const { labels, source, whole } = await find(store, wish);
    return {
      resource: { ...wish },
      facts: { sha256: sha256(whole) },
      holds: labels,
      source: source ?? 'an earlier result',
      card: {
        kind: 'file',
        words: [`Read on in the result ${wish.ref}`],
        may: ['read what a tool gave back before in this conversation'],
        undo: 'changes nothing',
      },
    };
  },
  execute: async (grant) => {
    const { prepared, request } = redeem(grant);
    const { from, ref, session } = parse(prepared.resource);
    // The label that was decided on is of this conversation, and of this result.
    if (request.principal.kind === 'agent' && request.context.session !== session)
      throw new AtomError('blocked', 'A result is read in the conversation that it came in.');
    const { whole } = await find(store, { from, ref, session });
    if (sha256(whole) !== (prepared.facts as { readonly sha256?: string }).sha256)
      throw new AtomError('blocked', `Another result is called ${ref} since this was decided.`, {
        next: ['Ask for it again.'],
      });
    const text = whole.slice(from, from + MOST_TEXT).toWellFormed();
    const next = from + MOST_TEXT < whole.length ? { next: from + MOST_TEXT } : {};
    return { ref, from, text, ...next, total: whole.length };
  },
});

function parse(resource: Json): Wish {
  const parsed = resourceShape.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', 'A result is read with {ref, from?}.');
}

async function find(store: Store, { session, ref }: Wish) {
  const found = await wholeResult(store, session, ref);
  if (found) return found;
  throw new AtomError('not-found', `There is no result ${ref} in this conversation.`, {
    next: ['Take the ref that stands below a result that was told in part.'],
  });
}
