import type { UserFromGetMe } from 'grammy/types';
import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/wait.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import { forGrammy } from './api.ts';
import { type ConflictDeps, conflictOf } from './conflict.ts';
import { type Setback, setbackOf } from './setback.ts';
import { type TakingDeps, takeUpdate, WANTED } from './taking.ts';

export interface PollDeps extends ConflictDeps, TakingDeps {
  readonly token: string;
  readonly clock: Clock;
  health(health: ChannelHealth): void;
  /** How long a poll may take in all. */
  readonly deafMs?: number;
  /** Told before a try that is the first, or comes after a failure. */
  attempt(): void;
}

/** Where the polling stands. Telegram forgets everything below the offset it was last asked with. */
export interface PollState {
  offset: number;
  confirmed: number;
  failures: number;
  waitMs: number;
  probe: boolean;
  me?: UserFromGetMe;
}

const LONG_POLL_SECONDS = 25;
/** A poll that takes longer has no other side any more, whatever its socket says. */
const DEAF_MS = 40_000;
const BATCH = 100;
/** A server that answers at once with nothing is not asked more often than this. */
const QUIET_MS = 250;

export const startOfPolling = (): PollState => ({
  offset: 0,
  confirmed: 0,
  failures: 0,
  waitMs: 0,
  probe: false,
});

/** Receives until the signal aborts or Telegram refuses the token. Never rejects by itself. */
export async function poll(deps: PollDeps, state: PollState, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await receive(deps, state, signal);
      state.failures = 0;
    } catch (thrown) {
      if (signal.aborted) return;
      const setback = await setbackFor(deps, state, { thrown, signal });
      deps.health(setback.health);
      if (setback.health.state === 'failed') return;
      state.failures += 1;
      state.probe = setback.probe;
      state.waitMs = setback.waitMs ?? backoff(setback.backoff, state.failures);
    }
  }
}

async function setbackFor(
  deps: PollDeps,
  state: PollState,
  { thrown, signal }: { readonly thrown: unknown; readonly signal: AbortSignal },
): Promise<Setback> {
  const setback = setbackOf(thrown, deps.token, state.me !== undefined);
  if (!setback.conflict) return setback;
  return conflictOf(deps, setback, signal).catch(() => setback);
}

/** One round: wait if there is reason to, ask, and accept what came in the order it came. */
async function receive(deps: PollDeps, state: PollState, signal: AbortSignal): Promise<void> {
  if (state.waitMs > 0) await sleep(state.waitMs, signal);
  if (state.me === undefined || state.failures > 0) deps.attempt();
  const me = state.me ?? (await introduce(deps, state, signal));
  const asked = deps.clock.monotonic();
  const updates = await ask(deps, state, signal);
  for (const update of updates) {
    if (signal.aborted) return;
    await takeUpdate(deps, update, me);
    state.offset = update.update_id + 1;
  }
  ready(deps, me);
  const idle = updates.length === 0 ? QUIET_MS - (deps.clock.monotonic() - asked) : 0;
  state.waitMs = Math.max(0, idle);
}

async function introduce(deps: PollDeps, state: PollState, signal: AbortSignal) {
  const me = await (await deps.api()).getMe(forGrammy(signal));
  state.me = me;
  ready(deps, me);
  return me;
}

const ready = (deps: PollDeps, me: UserFromGetMe): void =>
  deps.health({ state: 'ready', identity: `@${me.username}` });

async function ask(deps: PollDeps, state: PollState, signal: AbortSignal) {
  const { offset, probe } = state;
  const api = await deps.api();
  const updates = await api.getUpdates(
    {
      offset,
      limit: BATCH,
      // After an outage a short poll tells sooner that it is over.
      timeout: probe ? 0 : LONG_POLL_SECONDS,
      allowed_updates: [...WANTED],
    },
    forGrammy(AbortSignal.any([signal, AbortSignal.timeout(deps.deafMs ?? DEAF_MS)])),
  );
  state.confirmed = offset;
  state.probe = false;
  return updates;
}
