import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import { claimOf } from '../domain/sender.ts';

export interface StrangerDeps {
  /** As atom itself: the alert is atom's own. */
  readonly perform: Perform;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What became of a stranger's knock. `told`: they have a code, and the owner hears of it elsewhere.
 * `silent`: they have one already, or guessed too often. `crowd`: too many have one. `unheard`: in a group,
 * or no message at all.
 */
export type Knocked = 'told' | 'silent' | 'crowd' | 'unheard';

const ALERT_EVERY_MS = 3_600_000;
/** A crowd of strangers must not fill the memory: the oldest is forgotten, and alerted again. */
const MOST_REMEMBERED = 1000;

/**
 * Notes who knocked without being known. Where nobody told the owner of it yet, they get one alert an hour
 * for each; one for all together once there is a crowd.
 */
export function createStrangers(
  deps: StrangerDeps,
): (event: InboundEvent, knocked: Knocked) => void {
  const alerted = new Map<string, number>();
  return (event, knocked) => {
    const { channel, peer } = event.from;
    deps.log.warn(`Unauthorized request from user_id: ${event.sender.id}`, {
      channel,
      chat: peer,
      allow: 'atom senders list',
    });
    if (knocked === 'told' || knocked === 'silent') return;
    const who = knocked === 'crowd' ? `${channel}/*` : `${channel}/${event.sender.id}`;
    const now = deps.clock.now();
    if (now - (alerted.get(who) ?? -ALERT_EVERY_MS) < ALERT_EVERY_MS) return;
    alerted.delete(who);
    alerted.set(who, now);
    for (const oldest of [...alerted.keys()].slice(0, Math.max(0, alerted.size - MOST_REMEMBERED)))
      alerted.delete(oldest);
    alert(deps, knocked === 'crowd' ? crowdText(event) : strangerText(event));
  };
}

const strangerText = (event: InboundEvent): string =>
  `Somebody who is not allowed wrote on ${event.from.channel}: user_id ${event.sender.id}${claimOf(event.sender)}. Nothing was answered.`;

const crowdText = ({ from }: InboundEvent): string =>
  `More strangers write on ${from.channel} than can be asked about at a time; the others get no answer. See those who have a code: atom senders list`;

function alert({ perform, log }: StrangerDeps, text: string): void {
  const intent = {
    id: newId(),
    action: 'feed.post',
    resource: { kind: 'alert', text },
    context: {},
  };
  perform(intent).catch((error: unknown) => log.error(`the alert was lost: ${String(error)}`));
}
