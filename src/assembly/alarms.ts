import { clockTime } from '../base/clock.ts';
import { isErrandsLimit } from '../errands/begin.ts';
import { type AnnouncementParts, alertOwner } from './announcements.ts';
import type { AtomOptions } from './parts.ts';
import { tellChats } from './tell-chats.ts';

/** Tells the owner on every surface what nobody may do unseen. Returns how to stop. */
export function startAlarms(options: AtomOptions, parts: AnnouncementParts): () => void {
  const log = options.log.part('alarm');
  const lost = (error: unknown): void => log.error(`an alarm was lost: ${String(error)}`);
  const { bus } = parts.records;
  const stops = [
    // The feed has it already.
    bus.on('limit.reached', ({ id, words: text }) => {
      if (isErrandsLimit(id)) tellChats(options, parts, { id: `alert:${id}`, text }).catch(lost);
    }),
    bus.on('factor.locked', ({ until }) => {
      const text = lockedWords(until);
      log.warn(text);
      alertOwner(options, parts, text).catch(lost);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

const lockedWords = (until: number): string =>
  `Five codes of the second factor in a row were refused. None is taken until ${clockTime(until)}. If that was not you, somebody has your chat or your terminal: see what they tried: atom audit list --kind factor.failed`;
