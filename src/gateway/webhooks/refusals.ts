import type { Log } from '../../base/log.ts';

/** Tells the log of what was refused, and no stranger how to fill it. */
export interface Refusals {
  /** `reason` holds nothing of the request. */
  note(refusal: { readonly hook?: string; readonly reason: string; readonly from: string }): void;
  /** Tells of what has not been told yet. */
  close(): void;
}

const QUIET_MS = 60_000;
/** More kinds of refusals than this are not told apart. */
const MOST_KINDS = 100;

/** The first of a kind at once; those that follow within a minute as a number, at its end. */
export function createRefusals(log: Log): Refusals {
  const kinds = new Map<string, { again: number; readonly timer: NodeJS.Timeout }>();
  const end = (kind: string): void => {
    const found = kinds.get(kind);
    if (!found) return;
    clearTimeout(found.timer);
    kinds.delete(kind);
    if (found.again > 0) log.warn(`${kind}: ${found.again} times more`);
  };
  return {
    note: ({ hook, reason, from }) => {
      const kind = `refused a request${hook === undefined ? '' : ` to ${hook}`}: ${reason}`;
      const known = kinds.get(kind);
      if (known) known.again += 1;
      if (known || kinds.size >= MOST_KINDS) return;
      kinds.set(kind, { again: 0, timer: setTimeout(() => end(kind), QUIET_MS).unref() });
      log.warn(kind, { from });
    },
    close: () => {
      for (const kind of [...kinds.keys()]) end(kind);
    },
  };
}
