import { sep } from 'node:path';
import { asAtomError } from '../base/errors.ts';
import { lazily } from '../base/lazily.ts';
import { type Redact, redactKnown, redactOutput } from '../base/redact.ts';
import { type OwnPlace, withoutAccount } from '../feed/account.ts';
import type { Own } from '../feed/redact.ts';
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

/** What nothing that is told, in the feed or in a chat, may hold: the secrets that atom keeps, and whose account it is. */
export function createOwn(deps: Deps & Pick<AtomOptions, 'account' | 'paths'>): () => Promise<Own> {
  const secrets = redactionOf(deps, redactKnown);
  const made = lazily({ account: () => withoutAccount(placeOf(deps), 'places') });
  return async () => ({ secrets: await secrets(), account: made.account });
}

/** Whose account it is, with the folders of atom's that need not be told. */
export const placeOf = ({ account, paths }: Pick<AtomOptions, 'account' | 'paths'>): OwnPlace => ({
  account,
  folders:
    paths.profile === 'default' && isBelow(account.homes, paths.config)
      ? []
      : [paths.config, paths.data, paths.state],
});

const isBelow = (homes: readonly string[], path: string): boolean =>
  homes.some((home) => path.startsWith(`${home}${sep}`));

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
