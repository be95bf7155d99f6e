import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { visible } from '../base/visible.ts';
import type { Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';

export interface StrangerDeps {
  /** As atom itself: the alert is atom's own. */
  readonly perform: Perform;
  readonly clock: Clock;
  readonly log: Log;
}

const ALERT_EVERY_MS = 3_600_000;
/** A crowd of strangers must not fill the memory: the oldest is forgotten, and alerted again. */
const MOST_REMEMBERED = 1000;

/** A name is a claim of its bearer, and no place for a letter. */
const MOST_NAME = 64;

/** Notes who knocked without being known. They get no answer; the owner gets one alert an hour for each. */
export function createStrangers(deps: StrangerDeps): (event: InboundEvent, reason: string) => void {
  const alerted = new Map<string, number>();
  return (event, reason) => {
    const { channel, peer } = event.from;
    deps.log.warn(reason, {
      channel,
      chat: peer,
      allow: `atom config set channels.${channel}.allow ${event.sender.id}`,
    });
    const who = `${channel}/${event.sender.id}`;
    const now = deps.clock.now();
    if (now - (alerted.get(who) ?? -ALERT_EVERY_MS) < ALERT_EVERY_MS) return;
    alerted.delete(who);
    alerted.set(who, now);
    for (const oldest of [...alerted.keys()].slice(0, Math.max(0, alerted.size - MOST_REMEMBERED)))
      alerted.delete(oldest);
    alert(deps, event);
  };
}

function alert({ perform, log }: StrangerDeps, event: InboundEvent): void {
  const name = event.sender.name
    ? ` (calls itself “${visible(event.sender.name.slice(0, MOST_NAME))}”)`
    : '';
  const text = `Somebody who is not allowed wrote on ${event.from.channel}: user_id ${event.sender.id}${name}. Nothing was answered.`;
  const intent = {
    id: newId(),
    action: 'feed.post',
    resource: { kind: 'alert', text },
    context: {},
  };
  perform(intent).catch((error: unknown) => log.error(`the alert was lost: ${String(error)}`));
}
