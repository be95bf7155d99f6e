import type { Playback } from '../../assembly/playback/playback.ts';
import type { Atom } from '../../atom.ts';
import { outputOf } from '../../config/paths.ts';
import type { Store } from '../../domain/store.ts';

/** Nobody plays anything back for as long as all is well. */
export function playOnDemand(options: Atom['options'], sql: Store): Playback {
  let opened: Promise<Playback> | undefined;
  return async (wish) => {
    opened ??= import('../../assembly/playback/playback.ts').then(({ createPlayback }) =>
      createPlayback(options, { sql, folder: outputOf(options.paths) }),
    );
    return (await opened)(wish);
  };
}
