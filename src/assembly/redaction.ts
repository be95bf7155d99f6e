import { asAtomError } from '../base/errors.ts';
import { type Redact, redactOutput } from '../base/redact.ts';
import type { AtomOptions } from './parts.ts';

/** A keychain is not asked before every command; a key that was stored since is known by then. */
const KEPT_MS = 30_000;

/** The values of all secrets that atom keeps. Throws where they cannot be read. */
export function createKnown({
  secrets,
  clock,
}: Pick<AtomOptions, 'secrets' | 'clock'>): () => Promise<readonly string[]> {
  let last: { readonly values: readonly string[]; readonly at: number } | undefined;
  return async () => {
    if (last && clock.monotonic() - last.at <= KEPT_MS) return last.values;
    const names = (await secrets.list()).map(({ name }) => name);
    const values = await Promise.all(names.map((name) => secrets.get(name)));
    last = { values: values.filter((value) => value !== undefined), at: clock.monotonic() };
    return last.values;
  };
}

/**
 * Takes every secret that atom keeps out of a text, and what looks like one. Where the secrets cannot
 * be read, those that were known before still count, and the log says so.
 */
export function createRedaction({
  log,
  ...deps
}: Pick<AtomOptions, 'secrets' | 'clock' | 'log'>): () => Promise<Redact> {
  const read = createKnown(deps);
  let known: readonly string[] = [];
  return async () => {
    known = await read().catch((error: unknown) => {
      log.warn(`the stored secrets could not be read: ${asAtomError(error).message}`);
      return known;
    });
    return redactOutput(known);
  };
}
