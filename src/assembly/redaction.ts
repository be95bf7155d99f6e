import { asAtomError } from '../base/errors.ts';
import { type Redact, redactKnown, redactOutput } from '../base/redact.ts';
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

type Deps = Pick<AtomOptions, 'secrets' | 'clock' | 'log'>;

/** Takes every secret that atom keeps out of a text, and what looks like one. */
export const createRedaction = (deps: Deps): (() => Promise<Redact>) =>
  redactionOf(deps, redactOutput);

/** Takes nothing but the secrets that atom keeps out of a text: what looks like one is looked for elsewhere. */
export const createKnownRedaction = (deps: Deps): (() => Promise<Redact>) =>
  redactionOf(deps, redactKnown);

/** Where the secrets cannot be read, those that were known before still count, and the log says so. */
function redactionOf({ log, ...deps }: Deps, redact: typeof redactKnown): () => Promise<Redact> {
  const read = createKnown(deps);
  let known: readonly string[] = [];
  return async () => {
    known = await read().catch((error: unknown) => {
      log.warn(`the stored secrets could not be read: ${asAtomError(error).message}`);
      return known;
    });
    return redact(known);
  };
}
