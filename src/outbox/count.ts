import type { SendOutcome } from '../domain/live-stats.ts';
import type { OutboundMessage } from '../domain/message.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { circuitOf } from './next.ts';
import { replyId } from './reply-id.ts';

/** How one try ended; `opened` where the channel is left alone from then on, `ms` where it was asked. */
export interface Ended {
  readonly outcome: SendOutcome;
  readonly opened?: boolean;
  readonly ms?: number;
}

/** What is told of each try. */
export type Told = Pick<Metrics, 'sent' | 'answered' | 'tripped'>;

/** Counts how a try ended, once that is on the record. */
export function countEnd(
  metrics: Told,
  { id, to, inReplyTo }: Pick<OutboundMessage, 'id' | 'to' | 'inReplyTo'>,
  { outcome, opened, ms }: Ended,
): void {
  metrics.sent(to.channel, outcome, ms);
  if (opened) metrics.tripped(circuitOf(to.channel));
  if (outcome === 'sent' && inReplyTo !== undefined && id === replyId(inReplyTo))
    metrics.answered(to.channel, inReplyTo);
}
