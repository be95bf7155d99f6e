import type { Complexity } from '../../domain/complexity.ts';

/** Hosts that something speaks to when it is run. A look has no network, wherever it happens. */
export const hostsOf = (
  { speaksTo = [] }: { readonly speaksTo?: readonly string[] | undefined },
  complexity: Complexity,
): readonly string[] => (complexity === 1 ? [] : speaksTo);
