import type { Log } from '../base/log.ts';
import { within } from '../base/wait.ts';

/** How long a keychain may take to answer before it counts as absent: it may be waiting for a person. */
const PROBE_MS = 1_500;
const CALL_MS = 30_000;

/** The keychain of the operating system, holding one profile's secrets. */
export interface Keychain {
  get(name: string): Promise<string | undefined>;
  /** False where the keychain refused; the caller keeps the value elsewhere. */
  set(name: string, value: string): Promise<boolean>;
  names(): Promise<readonly string[]>;
  remove(name: string): Promise<boolean>;
}

/** Loads the optional keychain library and asks it once. Undefined where it is absent, broken or silent. */
export async function openKeychain(profile: string, log: Log): Promise<Keychain | undefined> {
  const service = `atom:${profile}`;
  const ask = async <T>(work: Promise<T>, fallback: T): Promise<T> => {
    try {
      return await within(CALL_MS, 'the keychain', work);
    } catch (error) {
      log.warn('the keychain refused; using the file', { reason: reasonOf(error) });
      return fallback;
    }
  };
  try {
    const { default: library } = await import('keytar');
    await within(PROBE_MS, 'the keychain', library.getPassword(service, 'probe'));
    return {
      get: async (name) => (await ask(library.getPassword(service, name), null)) ?? undefined,
      set: (name, value) =>
        ask(
          library.setPassword(service, name, value).then(() => true),
          false,
        ),
      names: async () =>
        (await ask(library.findCredentials(service), [])).map(({ account }) => account),
      remove: (name) => ask(library.deletePassword(service, name), false),
    };
  } catch (error) {
    log.debug('no keychain here; secrets are kept in a file', { reason: reasonOf(error) });
    return undefined;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
