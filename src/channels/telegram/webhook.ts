import type { Update } from 'grammy/types';
import { AtomError } from '../../base/errors.ts';
import { within } from '../../base/wait.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { verifyTelegram } from '../signatures/telegram.ts';
import { type KeepDeps, keepWebhook, type WebhookState } from './keep-webhook.ts';
import type { Polling } from './polling.ts';
import { type TakingDeps, takeUpdate } from './taking.ts';

export interface Webhook {
  /** Answers Telegram: well only where what it brings is durable. */
  readonly hook: Hook;
  /** Has Telegram send what comes, in the background. */
  open(deps: WebhookDeps): Polling;
}

export type WebhookDeps = TakingDeps & Omit<KeepDeps, 'secret'>;

interface Open {
  readonly deps: WebhookDeps;
  readonly state: WebhookState;
}

/** What a message that is being stored gets of the second that a stop may take. */
const FINISH_MS = 450;

export function createWebhook(secret: string): Webhook {
  let now: Open | undefined;
  // One after the other, however they come.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    hook: async ({ headers, body }) => {
      const verified = verifyTelegram({ headers }, secret);
      if (!verified.ok) return verified;
      const taken = turn.then(() => take(now, body));
      turn = taken.catch(() => undefined);
      return taken;
    },
    open: (deps) => {
      const stopping = new AbortController();
      const state: WebhookState = {};
      now = { deps, state };
      const ended = keepWebhook({ ...deps, secret }, state, stopping.signal);
      return {
        async stop() {
          stopping.abort();
          now = undefined;
          await Promise.allSettled([
            within(FINISH_MS, 'a message', turn),
            within(FINISH_MS, 'Telegram', ended),
          ]);
        },
      };
    },
  };
}

async function take(open: Open | undefined, body: Uint8Array): Promise<HookAnswer> {
  const me = open?.state.me;
  if (!open || !me) throw new AtomError('unavailable', 'The channel is not open (yet).');
  const update = parsed(body);
  if (update === undefined) return { status: 400, reason: 'it holds no update' };
  const { deps, state } = open;
  try {
    await takeUpdate(deps, update, me);
  } catch (error) {
    if (error instanceof AtomError) deps.health({ state: 'retrying', reason: error.message });
    throw error;
  }
  state.heardAt = deps.clock.now();
  deps.health({ state: 'ready', identity: `@${me.username}` });
  return { status: 200 };
}

function parsed(body: Uint8Array): Update | undefined {
  try {
    const update: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const isOne = typeof update === 'object' && update !== null && 'update_id' in update;
    return isOne && Number.isSafeInteger(update.update_id) ? (update as Update) : undefined;
  } catch {
    return undefined;
  }
}
