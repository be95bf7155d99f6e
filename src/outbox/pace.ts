import type { Channel } from '../domain/channel.ts';
import type { Sql } from '../domain/store.ts';
import type { Queued } from '../store/tables/outbox.ts';
import { keepSentTimes, sentTimes } from '../store/tables/send-windows.ts';
import { earliest, noteSent, type Window, windowsOf } from './rate.ts';

interface Sending {
  readonly message: Queued;
  readonly channel: Channel;
}

/** When a message may be sent under every limit of its channel; `now` where it may at once. */
export async function freeAt(sql: Sql, sending: Sending, now: number): Promise<number> {
  let free = now;
  for (const window of windowsFor(sending)) {
    free = Math.max(free, earliest(window, await sentTimes(sql, window.scope), now));
  }
  return free;
}

/** Writes down that a message is sent now, in the transaction that found that it may be. */
export async function notePace(sql: Sql, sending: Sending, now: number): Promise<void> {
  for (const window of windowsFor(sending)) {
    const sent = await sentTimes(sql, window.scope);
    await keepSentTimes(sql, window.scope, noteSent(window, sent, now));
  }
}

/**
 * Puts the moment by which the platform has seen a message in the place of the one it was noted with: what
 * goes next must keep its distance from what the platform saw, however long it took to get there.
 */
export async function noteSeen(
  sql: Sql,
  sending: Sending,
  { noted, seen }: { readonly noted: number; readonly seen: number },
): Promise<void> {
  for (const { scope } of windowsFor(sending)) {
    const sent = await sentTimes(sql, scope);
    const at = sent.lastIndexOf(noted);
    if (at >= 0)
      await keepSentTimes(
        sql,
        scope,
        sent.with(at, seen).toSorted((a, b) => a - b),
      );
  }
}

/** Telegram's group chats have negative ids, WhatsApp's end in `@g.us`. */
const windowsFor = ({ message, channel }: Sending): readonly Window[] =>
  windowsOf(channel.facts.rate, {
    channel: message.to.channel,
    lane: message.lane,
    isGroup: /^-|@g\.us$/.test(message.to.peer),
  });
