import { asAtomError } from '../base/errors.ts';
import { type Redact, redactOutput } from '../base/redact.ts';
import type { AtomOptions } from './parts.ts';

/** A keychain is not asked before every command; a key that was stored since is known by then. */
const KEPT_MS = 30_000;

/**
 * Takes every secret that atom keeps out of a text, and what looks like one. Where the secrets cannot
 * be read, those that were known before still count, and the log says so.
 */
export function createRedaction({
  secrets,
  clock,
  log,
}: Pick<AtomOptions, 'secrets' | 'clock' | 'log'>): () => Promise<Redact> {
  let known: readonly string[] = [];
  let readAt: number | undefined;
  const read = async (): Promise<void> => {
    const names = (await secrets.list()).map(({ name }) => name);
    const values = await Promise.all(names.map((name) => secrets.get(name)));
    known = values.filter((value) => value !== undefined);
    readAt = clock.monotonic();
  };
  return async () => {
    if (readAt === undefined || clock.monotonic() - readAt > KEPT_MS)
      await read().catch((error: unknown) =>
        log.warn(`the stored secrets could not be read: ${asAtomError(error).message}`),
      );
    return redactOutput(known);
  };
}
