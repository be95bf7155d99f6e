import type { SendRate } from '../domain/channel.ts';

/** One limit and the moments it counts, oldest first. */
export interface Window {
  readonly scope: string;
  readonly count: number;
  readonly ms: number;
}

/** The limits that a message to one chat falls under. */
export const windowsOf = (
  rate: SendRate,
  to: { readonly channel: string; readonly lane: string; readonly isGroup: boolean },
): readonly Window[] => [
  ...(rate.chat ? [{ scope: `chat:${to.lane}`, ...rate.chat }] : []),
  ...(rate.group && to.isGroup ? [{ scope: `group:${to.lane}`, ...rate.group }] : []),
  ...(rate.overall ? [{ scope: `overall:${to.channel}`, ...rate.overall }] : []),
];

/**
 * When something may be sent under one limit: now, or once the oldest of its last `count` is `ms` old.
 * A clock that was set back makes nobody wait longer than that.
 */
export function earliest({ count, ms }: Window, sent: readonly number[], now: number): number {
  const oldest = sent.at(-count);
  return oldest === undefined ? now : Math.max(now, Math.min(oldest, now) + ms);
}

/** The moments still worth keeping, with this one added. */
export const noteSent = (
  { count }: Window,
  sent: readonly number[],
  now: number,
): readonly number[] => [...sent, now].slice(-count);
