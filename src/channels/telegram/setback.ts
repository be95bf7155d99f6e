import type { Backoff } from '../../base/backoff.ts';
import { AtomError } from '../../base/errors.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import { type Trouble, troubleOf } from './errors.ts';

/** What to say and how long to wait when a round of polling did not work. */
export interface Setback {
  readonly health: ChannelHealth;
  readonly backoff: Backoff;
  /** What Telegram asked us to wait, in milliseconds. */
  readonly waitMs?: number;
  /** True where it is not known yet who takes the messages. */
  readonly conflict?: true;
  /** True where a short poll would show that it works again. */
  readonly probe: boolean;
}

const NETWORK: Backoff = { firstMs: 1000, capMs: 30_000 };
/** Another program's long poll lingers for up to its own time-out. */
const CONFLICT: Backoff = { firstMs: 1000, capMs: 60_000 };

/** Judges whatever a round of polling threw; `verified` once Telegram has told us who we are. */
export function setbackOf(thrown: unknown, token: string, verified: boolean): Setback {
  if (thrown instanceof AtomError) return retrying(thrown.message);
  const trouble = troubleOf(thrown, token);
  const status = 'status' in trouble ? trouble.status : undefined;
  // A page of some proxy says little about a token that has worked before.
  const believable = trouble.kind === 'answer' || !verified;
  if (believable && (status === 401 || status === 404)) return wrongToken(trouble);
  if (status === 409) return conflict(trouble);
  const wait = trouble.kind === 'answer' ? trouble.retryMs : undefined;
  return { ...retrying(`${trouble.words}; trying again`), ...(wait && { waitMs: wait }) };
}

const retrying = (reason: string): Setback => ({
  health: { state: 'retrying', reason },
  backoff: NETWORK,
  probe: true,
});

const wrongToken = ({ words }: Trouble): Setback => ({
  health: {
    state: 'failed',
    reason: `Telegram does not accept the token (${words}). Copy it again from @BotFather: atom secrets set telegram.token`,
  },
  backoff: NETWORK,
  probe: false,
});

function conflict({ words }: Trouble): Setback {
  const reason = /webhook/i.test(words)
    ? 'this bot has a webhook, so Telegram hands its messages to that address: remove the webhook (deleteWebhook), or give atom a bot of its own'
    : "another program is receiving this bot's messages: stop it, or give atom a bot of its own";
  return { health: { state: 'retrying', reason }, backoff: CONFLICT, conflict: true, probe: false };
}
