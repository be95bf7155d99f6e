import type { Api } from 'grammy';
import type { Log } from '../../base/log.ts';
import { forGrammy } from './api.ts';
import type { Setback } from './setback.ts';

export interface ConflictDeps {
  readonly log: Log;
  api(): Promise<Api>;
  /** Where our own webhook would be. */
  readonly ours?: string;
}

/**
 * What stands in the way of polling, after a 409: another program, or a webhook, and whose it is. One of
 * ours is left over from before, and taken away. Messages that wait are kept.
 */
export async function conflictOf(
  deps: ConflictDeps,
  setback: Setback,
  signal: AbortSignal,
): Promise<Setback> {
  const api = await deps.api();
  // What cannot be asked is told as far as it is known.
  const info = await api.getWebhookInfo(forGrammy(signal)).catch(() => undefined);
  if (info?.url === undefined) return setback;
  if (info.url === '') return said(setback, ANOTHER);
  if (info.url !== deps.ours)
    return said(
      setback,
      `this bot has a webhook, so Telegram hands its messages to ${hostOf(info.url)}: have that removed (deleteWebhook), or give atom a bot of its own`,
    );
  await api.deleteWebhook({ drop_pending_updates: false }, forGrammy(signal));
  deps.log.info('our webhook was taken away: messages are asked for from now on');
  return { ...said(setback, 'its messages came by webhook until now'), waitMs: 0 };
}

const ANOTHER =
  "another program is receiving this bot's messages by long polling: stop it, or give atom a bot of its own";

const said = (setback: Setback, reason: string): Setback => ({
  ...setback,
  health: { state: 'retrying', reason },
});

/** The rest of such an address is often a secret. */
export const hostOf = (url: string): string =>
  URL.parse(url)?.host ?? 'an address of no known form';
