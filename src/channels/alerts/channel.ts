import type { Clock } from '../../base/clock.ts';
import { sha256 } from '../../base/digest.ts';
import { type Alert, alertKinds } from '../../domain/alert.ts';
import { type Channel, type ChannelFacts, SendError } from '../../domain/channel.ts';
import { type AlertTarget, MOST_TEXT, type Posted, postAlert } from './post.ts';

export interface AlertChannelDeps {
  readonly clock: Clock;
  /** Which atom it is, in words: the profile. */
  readonly from: string;
  /** Told how it ended, where that is over. */
  readonly ended: (kind: Alert['kind'], posted: Posted) => void;
}

/** As what the outbox keeps the alerts for a target: nobody hears from it, and each has its own circuit. */
export const alertFacts = (name: string): ChannelFacts => ({
  name: `alerts.${name}`,
  label: `Alerts to ${name}`,
  transport: 'posts',
  threads: false,
  buttons: false,
  edits: false,
  media: {},
  idempotentSend: false,
  // With room for the words of doubt before it.
  maxLength: 2 * MOST_TEXT,
  rate: { overall: { count: 5, ms: 5000 } },
});

/** Posts what the outbox has for one target. */
export const alertChannel = (
  { name, target }: { readonly name: string; readonly target: AlertTarget },
  { clock, from, ended }: AlertChannelDeps,
): Channel => ({
  facts: alertFacts(name),
  open: () => undefined,
  close: async () => undefined,
  async send({ id, text }) {
    const { kind, at = clock.now() } = readId(id);
    const posted = await postAlert(target, { kind, text, at, from });
    if (posted.ok || !posted.again) ended(kind, posted);
    if (posted.ok) return { externalId: String(posted.status) };
    const { why: reason, again, retryMs } = posted;
    // One that is posted twice does no harm, so that a lost answer counts as none.
    throw new SendError(
      again
        ? { kind: 'later', reason, ...(retryMs !== undefined && { retryMs }) }
        : { kind: 'refused', reason },
    );
  },
});

/** What the ids of all alerts for a target begin with, from a moment on. */
export const alertIds = (name: string, since?: number): string =>
  `alerting:${name}:${since === undefined ? '' : String(Math.max(0, since)).padStart(MOMENT, '0')}`;

/** Digits of a moment, so that ids are in its order. */
const MOMENT = 15;

/** When, of what kind, and what it says in short: what a message of the outbox has no other place for. */
export const alertId = (name: string, at: number, alert: Said): string =>
  [alertIds(name, at), alert.kind, likeness(alert)].join(':');

/** An alert, or what else is told in the same way. */
export interface Said {
  readonly kind: string;
  readonly text: string;
}

/** The same for alerts that say the same. */
export const likeness = ({ kind, text }: Said): string => sha256(`${kind} ${text}`).slice(0, 16);

function readId(id: string): { readonly kind: Alert['kind']; readonly at?: number } {
  const [, , at, named] = id.split(':');
  const kind = alertKinds.find((one) => one === named) ?? 'channel';
  return at === undefined ? { kind } : { kind, at: Number(at) };
}
