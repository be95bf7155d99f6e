import type { Played } from '../../domain/playback.ts';
import type { AtomOptions } from '../parts.ts';
import { createKnown, placeOf } from '../redaction.ts';
import type { RunPlace } from '../run-reports.ts';
import { redactPlayed } from './redact.ts';
import { fitted, type PlayWish, wholeTurn } from './turn.ts';

/** Plays conversations back, a turn at a time. `redacted`: for the eyes of others. Throws AtomError. */
export type Playback = (wish: PlayWish & { readonly redacted: boolean }) => Promise<Played>;

export function createPlayback(
  deps: Pick<AtomOptions, 'secrets' | 'clock' | 'account' | 'paths'>,
  place: RunPlace,
): Playback {
  const known = createKnown(deps);
  return async ({ redacted, ...wish }) => {
    const played = await wholeTurn(place, wish);
    return fitted(redacted ? redactPlayed(played, await known(), placeOf(deps)) : played);
  };
}
