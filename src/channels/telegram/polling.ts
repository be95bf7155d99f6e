import { within } from '../../base/wait.ts';
import { forGrammy } from './api.ts';
import { type PollDeps, type PollState, poll, startOfPolling } from './poll.ts';

export interface Polling {
  /** Stops within a second and tells Telegram what was accepted last. */
  stop(): Promise<void>;
}

/** Of the second that a stop may take: what a message being accepted gets, and the last word to Telegram. */
const FINISH_MS = 450;
const CONFIRM_MS = 450;

/** Starts receiving in the background. */
export function startPolling(deps: PollDeps): Polling {
  const stopping = new AbortController();
  const state = startOfPolling();
  const ended = poll(deps, state, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled([within(FINISH_MS, 'polling', ended)]);
      await Promise.allSettled([within(CONFIRM_MS, 'Telegram', confirm(deps, state))]);
    },
  };
}

/** Best effort: what is not confirmed comes again and is recognised by its id. */
async function confirm(deps: PollDeps, state: PollState): Promise<void> {
  if (state.offset === state.confirmed) return;
  const api = await deps.api();
  const last = { offset: state.offset, limit: 1, timeout: 0 };
  await api.getUpdates(last, forGrammy(AbortSignal.timeout(CONFIRM_MS)));
}
