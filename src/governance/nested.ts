import type { Intent, Outcome } from '../domain/action.ts';
import { cleanLabels, joinLabels, type Sourced } from '../domain/label.ts';
import type { Window } from '../domain/window.ts';
import { traitsOf } from './labels/traits.ts';

/**
 * What runs that are under way asked for besides, and what came of it: whatever a skill was given may be in
 * all that it asks for later, in what it writes and in its result.
 */
export interface Nested {
  /** Begins to remember for a run. */
  open(run: string): void;
  /** What was given to the skill that asks; nothing where none asks, or it is not under way. */
  seenBy(intent: Intent): readonly Sourced[];
  /** Notes what came of something that a skill asked for. */
  note(intent: Intent, outcome: Outcome): void;
  /** Everything that a run was given; forgets it. */
  close(run: string): readonly Sourced[];
}

export function createNested(): Nested {
  const seen = new Map<string, Sourced[]>();
  return {
    open: (run) => void seen.set(run, []),
    seenBy: ({ context: { skill } }) => seen.get(skill?.run ?? '') ?? [],
    note: ({ action, context: { skill } }, outcome) => {
      const own = { integrity: traitsOf(action).yields, confidentiality: 'private' } as const;
      const { labels = cleanLabels, source = action } = outcome.from ?? {};
      seen.get(skill?.run ?? '')?.push({ labels: joinLabels(own, labels), source });
    },
    close: (run) => {
      const all = seen.get(run) ?? [];
      seen.delete(run);
      return all;
    },
  };
}

/** A window in which this was seen, too. */
export function seenToo(window: Window, seen: readonly Sourced[]): Window {
  if (seen.length === 0) return window;
  const from = (guarded: (one: Sourced) => boolean): readonly string[] =>
    seen.flatMap((one) => (guarded(one) && one.source !== undefined ? [one.source] : []));
  const strangers = from(({ labels }) => labels.integrity === 'untrusted');
  const secret = from(({ labels }) => labels.confidentiality === 'secret');
  return {
    ...window,
    labels: seen.reduce((all, { labels }) => joinLabels(all, labels), window.labels),
    sources: [...new Set([...window.sources, ...strangers])],
    secrets: [...new Set([...(window.secrets ?? []), ...secret])],
  };
}
