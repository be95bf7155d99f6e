import type { Clock } from '../base/clock.ts';
import { AtomError, systemCode } from '../base/errors.ts';
import { type Coverage, type Covers, undoWords } from '../domain/undo.ts';
import { SNAPSHOT_CAPS } from './caps.ts';
import { asText } from './entry.ts';
import { scan } from './scan.ts';

/** What was found out about folders lately. */
export interface Coverages {
  readonly covers: Covers;
  /** A snapshot has just shown it. */
  note(folder: string, found: Coverage): void;
}

/** A yes that is no longer true does no harm: the snapshot fails, and nothing is done. */
const YES_MS = 60_000;
const YES_TAKEN_MS = 600_000;
/** A no asks the owner more than it must; it is looked at again soon. */
const NO_MS = 10_000;

export function createCoverages(clock: Clock): Coverages {
  const known = new Map<string, { readonly found: Coverage; readonly until: number }>();
  const remember = (folder: string, found: Coverage, ms: number): Coverage => {
    known.set(folder, { found, until: clock.monotonic() + (found.ok ? ms : NO_MS) });
    return found;
  };
  return {
    note: (folder, found) => void remember(folder, found, YES_TAKEN_MS),
    covers: async (folder) => {
      const last = known.get(folder);
      if (last && last.until > clock.monotonic()) return last.found;
      return remember(folder, await lookAt(folder), YES_MS);
    },
  };
}

/** What is said of a folder that a snapshot covers, but for what was left out of it. */
export function coverageOf(left: readonly string[]): Coverage & { readonly ok: true } {
  const named = left.slice(0, 3).map(asText);
  const more = left.length > named.length ? ` and ${left.length - named.length} more` : '';
  const but = named.length === 0 ? '' : `, but not in ${named.join(', ')}${more}`;
  return { ok: true, words: undoWords(but) };
}

async function lookAt(folder: string): Promise<Coverage> {
  try {
    const { tree, left } = await scan(folder, { caps: SNAPSHOT_CAPS, mayLeave: () => true });
    const closed = [...tree].find(([, entry]) => entry.kind === 'folder' && entry.closed);
    if (closed) return { ok: false, why: `${asText(closed[0])} cannot be read` };
    return coverageOf(left);
  } catch (error) {
    if (error instanceof AtomError) return { ok: false, why: error.message };
    const code = systemCode(error);
    if (code !== undefined) return { ok: false, why: `the folder cannot be read (${code})` };
    throw error;
  }
}
