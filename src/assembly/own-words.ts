import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { failureFor, hintFor } from '../base/hint.ts';
import type { Action, Perform } from '../domain/action.ts';

/*
 * What a gateway says itself names commands as if there were one profile. Where its words leave, they are made
 * those of its own: here for what actions and the feed say, elsewhere by `hintFor`.
 */

/** An action whose card and failures name commands that act on this profile. What is asked about stays as it is. */
export function actionFor(profile: string, action: Action): Action {
  if (profile === 'default') return action;
  return {
    ...action,
    prepare: async (...given) => {
      const prepared = await action.prepare(...given).catch(rethrow(profile));
      const { card } = prepared;
      return { ...prepared, card: { ...card, undo: hintFor(profile, card.undo) } };
    },
    execute: (...given) => action.execute(...given).catch(rethrow(profile)),
  };
}

const post = z.looseObject({ text: z.string() });

/** What atom itself puts into the feed. */
export const performFor =
  (profile: string, perform: Perform): Perform =>
  (intent, ...more) =>
    perform(
      intent.action === 'feed.post' ? { ...intent, resource: said(profile, intent) } : intent,
      ...more,
    );

function said(
  profile: string,
  { resource }: Parameters<Perform>[0],
): Parameters<Perform>[0]['resource'] {
  const found = post.safeParse(resource);
  if (!found.success) return resource;
  return { ...found.data, text: hintFor(profile, found.data.text) } as typeof resource;
}

/** Failures of a kind of their own are told apart by whoever expects them. */
const rethrow =
  (profile: string) =>
  (thrown: unknown): never => {
    const isPlain = thrown instanceof AtomError && thrown.constructor === AtomError;
    throw isPlain ? failureFor(profile, thrown) : thrown;
  };
