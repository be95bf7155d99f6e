import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { redact } from '../../base/redact.ts';
import { sleep } from '../../base/wait.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { forGrammy } from './api.ts';
import { setbackOf } from './setback.ts';

export interface PollDeps {
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  api(): Promise<Api>;
  /** The event in an update; undefined where there is nothing for us in it. */
  read(update: Update, me: UserFromGetMe): InboundEvent | undefined;
  /** Resolves once the event is durable. */
  accept(event: InboundEvent): Promise<void>;
  health(health: ChannelHealth): void;
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
      const setback = setbackOf(thrown, deps.token, state.me !== undefined);
      deps.health(setback.health);
      if (setback.health.state === 'failed') return;
      state.failures += 1;
      state.probe = setback.probe;
      state.waitMs = setback.waitMs ?? backoff(setback.backoff, state.failures);
    }
  }
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
    const event = readable(deps, update, me);
    if (event !== undefined) await accept(deps, event);
    state.offset = update.update_id + 1;
  }
  ready(deps, me);
  const idle = updates.length === 0 ? QUIET_MS - (deps.clock.monotonic() - asked) : 0;
  state.waitMs = Math.max(0, idle);
}

/** An update that makes no sense is passed over: offered again, it would make none either. */
function readable(deps: PollDeps, update: Update, me: UserFromGetMe): InboundEvent | undefined {
  try {
    return deps.read(update, me);
  } catch (cause) {
    deps.log.warn('an update could not be read', {
      update: update.update_id,
      why: asAtomError(cause).message,
    });
    return undefined;
  }
}

async function introduce(deps: PollDeps, state: PollState, signal: AbortSignal) {
  const me = await (await deps.api()).getMe(forGrammy(signal));
  state.me = me;
  ready(deps, me);
  return me;
}

const ready = (deps: PollDeps, me: UserFromGetMe): void =>
  deps.health({ state: 'ready', identity: `@${me.username}` });

async function ask(deps: PollDeps, state: PollState, signal: AbortSignal): Promise<Update[]> {
  const { offset, probe } = state;
  const api = await deps.api();
  const updates = await api.getUpdates(
    {
      offset,
      limit: BATCH,
      // After an outage a short poll tells sooner that it is over.
      timeout: probe ? 0 : LONG_POLL_SECONDS,
      allowed_updates: ['message', 'edited_message', 'callback_query'],
    },
    forGrammy(signal),
  );
  state.confirmed = offset;
  state.probe = false;
  return updates;
}

async function accept(deps: PollDeps, event: InboundEvent): Promise<void> {
  try {
    await deps.accept(event);
  } catch (cause) {
    const why = redact(asAtomError(cause).message);
    const words = `a message could not be stored (${why}); Telegram keeps it until it can`;
    throw new AtomError('failed', words, { cause });
  }
}
