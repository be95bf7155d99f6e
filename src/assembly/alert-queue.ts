import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { alertId, alertIds, likeness } from '../channels/alerts/channel.ts';
import type { Address } from '../domain/address.ts';
import type { Channel, ChannelFacts } from '../domain/channel.ts';
import type { Happening } from '../domain/notice.ts';
import type { Sql } from '../domain/store.ts';
import { type Outgoing, queueText } from '../outbox/queue.ts';
import { messageIds } from '../store/tables/message-ids.ts';
import { holdNotice } from '../store/tables/notices.ts';
import type { Records } from './record.ts';

/** Somebody who is alerted. */
export interface Alerted {
  /** What the ids of their messages carry. */
  readonly name: string;
  /** What they are told; nothing where nobody is there, or it is not for them. */
  readonly compose: (happening: Happening, at: number) => Promise<Composed | undefined>;
  /** What posts to them where the store takes nothing. */
  readonly channel?: Channel;
}

export interface Composed {
  readonly facts: ChannelFacts;
  readonly to: Address;
  readonly text: string;
  /** It waits until then; milliseconds since 1970. */
  readonly due?: number;
}

/** What keeps alerts until they are posted. */
export interface AlertQueue {
  /** Returns at once, whatever becomes of it. */
  add(target: Alerted, happening: Happening): void;
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
  const keep = async (target: Alerted, happening: Happening, at: number): Promise<void> => {
    const { name, channel } = target;
    const told = await target.compose(happening, at);
    if (!told) return;
    const { facts, to, due = at } = told;
    const more = held.get(name) ?? 0;
    const text = told.text + (more === 0 ? '' : ` (${more} more were held back before it)`);
    const id = alertId(name, at, happening);
    const message: Outgoing = { id, to, text, at, expiresAt: at + DAY_MS };
    try {
      const room = await store.tx(async (sql) => {
        if (due > at) {
          const held = { name, likeness: likeness(happening), text: told.text };
          await holdNotice(sql, { ...held, due, at });
          return 'said';
        }
        const room = await roomFor(sql, name, { happening, at });
        if (room === 'some') await queueText(sql, facts, message);
        return room;
      });
      if (room === 'none') held.set(name, more + 1);
      if (room === 'some') held.delete(name);
      bus.tell('outbound', undefined);
    } catch (error) {
      log.error(`an alert could not be kept: ${String(error)}`, { kind: happening.kind });
      await channel
        ?.send({ ...message, buttons: [] }, AbortSignal.timeout(SEND_MS))
        .catch(() => undefined);
    }
  };
  return {
    add: (target, happening) => {
      const at = clock.now();
      tail = tail
        .then(() => keep(target, happening, at))
        .catch((error: unknown) => log.error(`${target.name} was not told: ${String(error)}`));
    },
    settled: () => tail,
  };
}

const SEND_MS = 15_000;

/** `said`: the same was said a moment ago. */
async function roomFor(
  sql: Sql,
  name: string,
  { happening, at }: { readonly happening: Happening; readonly at: number },
): Promise<'some' | 'none' | 'said'> {
  const recent = await messageIds(sql, alertIds(name, at - WINDOW_MS), `${alertIds(name)}~`);
  if (recent.some((id) => id.endsWith(`:${likeness(happening)}`))) return 'said';
  return recent.length < MOST ? 'some' : 'none';
}
