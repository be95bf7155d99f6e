import { expect, onTestFinished } from 'vitest';
import type { createGovernor } from '../../src/governance/governor.ts';

type Governor = ReturnType<typeof createGovernor>;

/**
 * The same governor, whose work ends with the test: what still waits for an answer then is called off. One
 * that is made for a whole file is left as it is.
 */
export function endsWithTest(governor: Governor): Governor {
  if (expect.getState().currentTestName === undefined) return governor;
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
