import { later } from '../base/later.ts';
import type { Mind, MindParts } from './mind.ts';
import type { AtomOptions } from './parts.ts';

const read = later(() => import('./mind.ts'));

/** What answers, read in before the first turn: none runs during a start. */
export function lateMind(options: AtomOptions, parts: MindParts): Mind {
  let mind: Promise<Mind> | undefined;
  return {
    run: async (...given) => {
      mind ??= read().then(({ createMind }) => createMind(options, parts));
      return (await mind).run(...given);
    },
  };
}
