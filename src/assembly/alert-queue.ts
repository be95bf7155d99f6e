import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { alertId, alertIds, likeness } from '../channels/alerts/channel.ts';
import { alertText } from '../channels/alerts/post.ts';
import type { Alert } from '../domain/alert.ts';
import type { Channel } from '../domain/channel.ts';
import type { Sql } from '../domain/store.ts';
import { type Outgoing, queueText } from '../outbox/queue.ts';
import { messageIds } from '../store/tables/message-ids.ts';
import type { Records } from './record.ts';

/** Somebody who is alerted. */
export interface Alerted {
  readonly name: string;
  readonly channel: Channel;
}

/** What keeps alerts until they are posted. */
export interface AlertQueue {
  /** Returns at once, whatever becomes of it. */
  add(target: Alerted, alert: Alert): void;
  /** Resolves once all that was added is kept. */
  settled(): Promise<void>;
}

export interface AlertQueueDeps extends Pick<Records, 'store' | 'bus'> {
  readonly clock: Clock;
  readonly log: Log;
}

/** So many in ten minutes, and the same one once: something that goes wrong goes wrong often. */
const MOST = 10;
const WINDOW_MS = 600_000;
/** Nobody is alarmed by yesterday's news. */
const DAY_MS = 86_400_000;

/**
 * Puts alerts into the outbox, which posts them, after a restart as well. What is held back is counted in the
 * next one. Where the store takes nothing, an alert is posted at once, and once. Like atom's notices in chats
 * they are no deed of an agent, and are told while everything is halted: no `perform` asks about them.
 */
export function createAlertQueue({ store, bus, clock, log }: AlertQueueDeps): AlertQueue {
  const held = new Map<string, number>();
  let tail: Promise<void> = Promise.resolve();
  const keep = async ({ name, channel }: Alerted, alert: Alert, at: number): Promise<void> => {
    const more = held.get(name) ?? 0;
    const text =
      alertText(alert.text) + (more === 0 ? '' : ` (${more} more were held back before it)`);
    const to = { channel: channel.facts.name, account: 'main', peer: name };
    const id = alertId(name, at, alert);
    const message: Outgoing = { id, to, text, at, expiresAt: at + DAY_MS };
    try {
      const room = await store.tx(async (sql) => {
        const room = await roomFor(sql, name, { alert, at });
        if (room === 'some') await queueText(sql, channel.facts, message);
        return room;
      });
      if (room === 'none') held.set(name, more + 1);
      if (room === 'some') held.delete(name);
      bus.tell('outbound', undefined);
    } catch (error) {
      log.error(`an alert could not be kept: ${String(error)}`, { kind: alert.kind });
      await channel
        .send({ ...message, buttons: [] }, AbortSignal.timeout(SEND_MS))
        .catch(() => undefined);
    }
  };
  return {
    add: (target, alert) => {
      const at = clock.now();
      tail = tail.then(() => keep(target, alert, at));
    },
    settled: () => tail,
  };
}

const SEND_MS = 15_000;

/** `said`: the same was said a moment ago. */
async function roomFor(
  sql: Sql,
  name: string,
  { alert, at }: { readonly alert: Alert; readonly at: number },
): Promise<'some' | 'none' | 'said'> {
  const recent = await messageIds(sql, alertIds(name, at - WINDOW_MS), `${alertIds(name)}~`);
  if (recent.some((id) => id.endsWith(`:${likeness(alert)}`))) return 'said';
  return recent.length < MOST ? 'some' : 'none';
}
