import type { Channel, SendFailure } from '../domain/channel.ts';
import { afterFailure, afterSuccess, opens, stateOf, trying } from '../domain/circuit.ts';
import type { Sql } from '../domain/store.ts';
import { findCircuit, keepCircuit } from '../store/tables/circuits.ts';
import { externalIdOf, type Queued } from '../store/tables/outbox.ts';
import { freeAt } from './pace.ts';

/** What to do with one message now. */
export type Next =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'expired'; readonly message: Queued }
  | { readonly kind: 'drop'; readonly message: Queued; readonly reason: string }
  | {
      readonly kind: 'send';
      readonly message: Queued;
      readonly channel: Channel;
      /** The moment it counts with under the limits, by the steady clock. */
      readonly noted: number;
      readonly edits?: string;
    };

/** The wall clock, for what people were promised, and the steady one, for pace and waits. */
export interface Moment {
  readonly now: number;
  readonly steady: number;
}

/** While one message tries out a channel that failed, the others look again this often. */
const LOOK_MS = 2000;

/** The circuit of a channel's sends. */
export const circuitOf = (channel: string): string => `channel:${channel}`;

/** What is to be done with a message at this moment; reads, and changes nothing. */
export async function nextFor(
  sql: Sql,
  { message, channel }: { readonly message: Queued; readonly channel: Channel | undefined },
  { now, steady }: Moment,
): Promise<Next> {
  const { to, expiresAt, state } = message;
  // What may be there already is not called expired: nobody could tell.
  if (expiresAt !== undefined && expiresAt <= now && state === 'queued')
    return { kind: 'expired', message };
  if (!channel)
    return { kind: 'drop', message, reason: `the channel ${to.channel} is not configured` };
  const free = await freeAt(sql, { message, channel }, steady);
  const circuit = stateOf(await findCircuit(sql, circuitOf(to.channel)), steady);
  if (circuit.state !== 'closed' && circuit.until > steady) {
    const again = circuit.state === 'open' ? circuit.until : steady + LOOK_MS;
    return { kind: 'wait', until: Math.max(free, again) };
  }
  if (free > steady) return { kind: 'wait', until: free };
  const send = { kind: 'send', message, channel, noted: steady } as const;
  if (message.edits === undefined) return send;
  const edits = await externalIdOf(sql, message.edits);
  if (edits === undefined && message.orNew) return send;
  if (edits === undefined)
    return { kind: 'drop', message, reason: 'the message to edit was never sent' };
  return { ...send, edits };
}

/** Notes that a channel is tried now, in the transaction that found that it may be. */
export async function noteTry(sql: Sql, channel: string, steady: number): Promise<void> {
  const name = circuitOf(channel);
  const circuit = await findCircuit(sql, name);
  if (circuit.openedAt !== undefined) await keepCircuit(sql, name, trying(circuit, steady));
}

/**
 * Notes how a try ended. A channel that refused a message, or asked for time, has answered: that is
 * nothing to leave it alone for. Resolves to true where the channel is left alone from now on.
 */
export async function noteEnd(
  sql: Sql,
  channel: string,
  { failure, steady }: { readonly failure?: SendFailure; readonly steady: number },
): Promise<boolean> {
  const name = circuitOf(channel);
  const circuit = await findCircuit(sql, name);
  const broke = failure !== undefined && isOutage(failure);
  const next = broke ? afterFailure(circuit, steady, failure.reason) : afterSuccess(circuit);
  if (broke || circuit.failures > 0 || circuit.openedAt !== undefined)
    await keepCircuit(sql, name, next);
  return opens(circuit, next);
}

const isOutage = (failure: SendFailure): boolean =>
  failure.kind === 'unknown' || (failure.kind === 'later' && failure.retryMs === undefined);
