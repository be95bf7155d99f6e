import type { Intent, Outcome } from '../domain/action.ts';
import { cleanLabels, isGuarded, joinLabels, type Sourced, sourceText } from '../domain/label.ts';
import type { Window } from '../domain/window.ts';
import type { Case, HeldFiles } from './case.ts';
import { traitsOf } from './labels/traits.ts';

/**
 * What runs that are under way asked for besides, and what came of it: whatever a skill was given may be in
 * all that it asks for later, in what it writes and in its result. The files that it was mounted with are
 * given, too.
 */
export interface Nested {
  /** What is in the files that a run reads without asking. */
  look(ready: Case): Promise<readonly Sourced[]>;
  /** Begins to remember for a run, with what `look` found before it began: it may remove what it read. */
  open(ready: Case, first: readonly Sourced[]): void;
  /** What was given to the skill that asks; nothing where none asks, or it is not under way. */
  seenBy(intent: Intent): Promise<readonly Sourced[]>;
  /** Notes what came of something that a skill asked for. */
  note(intent: Intent, outcome: Outcome): void;
  /** Everything that a run was given; forgets it. */
  close(run: string): readonly Sourced[];
}

export function createNested(held: HeldFiles): Nested {
  const seen = new Map<string, { readonly ready: Case; readonly given: Sourced[] }>();
  const look: Nested['look'] = async ({ request: { id }, prepared }) => {
    if (!prepared.reads?.length) return [];
    const { labels, files } = await held(id, prepared);
    if (!isGuarded(labels)) return [{ labels: joinLabels(OWN_FILES, labels) }];
    const source = sourceText(files.slice(0, MOST).join(', '));
    return [{ labels: joinLabels(OWN_FILES, labels), source }];
  };
  return {
    look,
    open: (ready, first) => void seen.set(ready.request.id, { ready, given: [...first] }),
    seenBy: async ({ context: { skill } }) => {
      const asking = seen.get(skill?.run ?? '');
      if (!asking) return [];
      // Somebody else may have written there since.
      return [...asking.given, ...(await look(asking.ready))];
    },
    note: ({ action, context: { skill } }, outcome) => {
      const own = { integrity: traitsOf(action).yields, confidentiality: 'private' } as const;
      const { labels = cleanLabels, source = action } = outcome.from ?? {};
      seen.get(skill?.run ?? '')?.given.push({ labels: joinLabels(own, labels), source });
    },
    close: (run) => {
      const all = seen.get(run)?.given ?? [];
      seen.delete(run);
      return all;
    },
  };
}

/** What files of a jail are at best; see traits.ts. */
const OWN_FILES = { integrity: 'local', confidentiality: 'private' } as const;
const MOST = 3;

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
