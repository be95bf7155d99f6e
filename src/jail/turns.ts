import { isInside } from '../domain/jail-choice.ts';

/** Lets commands into folders: any number of readers, or one writer, per folder tree; first come, first served. */
export interface Turns {
  /** Resolves to the function that ends the turn, or to undefined once the signal aborts. */
  enter(turn: Turn, signal: AbortSignal): Promise<(() => void) | undefined>;
}

export interface Turn {
  readonly folder: string;
  readonly writes: boolean;
}

/**
 * A command that writes could plant a link where the next jail is just being built, so no jail is
 * built in a tree while another writes in it.
 */
export function createTurns(): Turns {
  const taken = new Set<Turn & { readonly over: Promise<void> }>();
  return {
    async enter(turn, signal) {
      const { promise: over, resolve: end } = Promise.withResolvers<void>();
      const earlier = [...taken].filter((other) => conflict(turn, other));
      const mine = { ...turn, over };
      taken.add(mine);
      const leave = (): void => {
        taken.delete(mine);
        end();
      };
      if (await untilAborted(Promise.all(earlier.map((other) => other.over)), signal)) return leave;
      leave();
      return undefined;
    },
  };
}

const conflict = (a: Turn, b: Turn): boolean =>
  (a.writes || b.writes) && (isInside(a.folder, b.folder) || isInside(b.folder, a.folder));

/** True once the work is done; false as soon as the signal aborts. */
function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const stop = (): void => resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  work.then(() => resolve(true), reject);
  return promise.finally(() => signal.removeEventListener('abort', stop));
}
