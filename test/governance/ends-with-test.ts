import { onTestFinished } from 'vitest';
import type { createGovernor } from '../../src/governance/governor.ts';

type Governor = ReturnType<typeof createGovernor>;

/** The same governor, whose work ends with the test: what still waits for an answer then is called off. */
export function endsWithTest(governor: Governor): Governor {
  const over = new AbortController();
  const begun = new Set<Promise<unknown>>();
  onTestFinished(async () => {
    over.abort();
    await Promise.allSettled(begun);
  });
  return {
    ...governor,
    performAs: (principal) => {
      const perform = governor.performAs(principal);
      return (intent, options = {}) => {
        const signal = AbortSignal.any([over.signal, ...(options.signal ? [options.signal] : [])]);
        const outcome = perform(intent, { ...options, signal });
        begun.add(outcome);
        return outcome;
      };
    },
  };
}
