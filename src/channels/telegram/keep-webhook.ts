import type { Api } from 'grammy';
import type { UserFromGetMe, WebhookInfo } from 'grammy/types';
import { backoff } from '../../base/backoff.ts';
import { capped } from '../../base/capped.ts';
import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { sleep } from '../../base/wait.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import { forGrammy } from './api.ts';
import { hostOf } from './conflict.ts';
import { setbackOf } from './setback.ts';
import { WANTED } from './taking.ts';

export interface KeepDeps {
  readonly token: string;
  readonly clock: Clock;
  /** Where Telegram reaches us, over TLS. */
  readonly url: string;
  /** What it says along, so that we know it. */
  readonly secret: string;
  /** How long between two looks at it. */
  readonly lookMs?: number;
  api(): Promise<Api>;
  health(health: ChannelHealth): void;
  attempt(): void;
}

export interface WebhookState {
  /** Who we are, once Telegram has said so. */
  me?: UserFromGetMe;
  isSet?: boolean;
  /** When something came by the webhook (wall clock). */
  heardAt?: number;
}

/** Nothing but Telegram can tell that it cannot reach us. */
const LOOK_MS = 60_000;

/** Sets the webhook and sees that it stays, until the signal aborts or Telegram refuses the token. Never rejects. */
export async function keepWebhook(
  deps: KeepDeps,
  state: WebhookState,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (state.me === undefined || failures > 0) deps.attempt();
      deps.health(await looked(deps, state, signal));
      failures = 0;
      await sleep(deps.lookMs ?? LOOK_MS, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      const setback = setbackOf(thrown, deps.token, state.me !== undefined);
      deps.health(setback.health);
      if (setback.health.state === 'failed') return;
      failures += 1;
      const wait = setback.waitMs ?? backoff(setback.backoff, failures);
      await sleep(wait, signal).catch(() => undefined);
    }
  }
}

async function looked(
  deps: KeepDeps,
  state: WebhookState,
  signal: AbortSignal,
): Promise<ChannelHealth> {
  const api = await deps.api();
  const me = state.me ?? (await api.getMe(forGrammy(signal)));
  const info = state.isSet ? await api.getWebhookInfo(forGrammy(signal)) : undefined;
  if (info && info.url !== deps.url) {
    state.isSet = false;
    throw new AtomError('failed', takenAway(info));
  }
  if (!info) await set(deps, signal);
  state.isSet = true;
  // Only now is there a webhook whose messages may be taken.
  state.me = me;
  return troubleIn(info, state, deps) ?? { state: 'ready', identity: `@${me.username}` };
}

async function set({ api, url, secret }: KeepDeps, signal: AbortSignal): Promise<void> {
  await (await api()).setWebhook(
    url,
    {
      secret_token: secret,
      allowed_updates: [...WANTED],
      // One at a time stay in their order.
      max_connections: 1,
    },
    forGrammy(signal),
  );
}

const takenAway = ({ url }: WebhookInfo): string =>
  url
    ? `another program had Telegram send this bot's messages to ${hostOf(url)}: stop it, or give atom a bot of its own; taking them back`
    : "another program took this bot's webhook away: stop it, or give atom a bot of its own; setting it again";

/** Telegram failed to deliver since we heard of it last, and keeps what it could not. */
function troubleIn(
  info: WebhookInfo | undefined,
  { heardAt = 0 }: WebhookState,
  { url }: KeepDeps,
): ChannelHealth | undefined {
  const { last_error_date: at = 0, last_error_message: words = '' } = info ?? {};
  if (!info || info.pending_update_count === 0 || at * 1000 <= heardAt) return undefined;
  return {
    state: 'retrying',
    reason: `Telegram cannot deliver to ${hostOf(url)} (${capped(words, 200)}); ${info.pending_update_count} wait there. See that it reaches this machine: atom help webhooks`,
  };
}
