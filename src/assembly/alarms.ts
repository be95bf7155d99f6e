import { clockTime } from '../base/clock.ts';
import { type AnnouncementParts, alertOwner } from './announcements.ts';
import type { AtomOptions } from './parts.ts';

/** Tells the owner on every surface what nobody may do unseen. Returns how to stop. */
export function startAlarms(options: AtomOptions, parts: AnnouncementParts): () => void {
  const log = options.log.part('alarm');
  return parts.records.bus.on('factor.locked', ({ until }) => {
    const text = lockedWords(until);
    log.warn(text);
    alertOwner(options, parts, text).catch((error: unknown) =>
      log.error(`an alarm was lost: ${String(error)}`),
    );
  });
}

const lockedWords = (until: number): string =>
  `Five codes of the second factor in a row were refused. None is taken until ${clockTime(until)}. If that was not you, somebody has your chat or your terminal: see what they tried with atom audit list --kind factor.failed`;
