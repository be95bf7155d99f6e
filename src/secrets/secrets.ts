import type { Log } from '../base/log.ts';
import { openKeychain } from './keychain.ts';
import { createKeychainNames } from './keychain-names.ts';
import { checkName, fromEnv, type SecretEnv, variables } from './names.ts';
import { createSecretFile } from './secret-file.ts';

export type SecretPlace = 'keychain' | 'file' | 'environment';

/** Keys and tokens of one profile. Values leave through `get` only, and never reach a log. */
export interface Secrets {
  /**
   * Keychain first, then the file, then the environment. Undefined where nobody has it; AtomError
   * `credentials` where a keychain that does not give it was given it.
   */
  get(name: string): Promise<string | undefined>;
  /** Stores a value and says where. An empty value is refused. */
  set(name: string, value: string): Promise<SecretPlace>;
  /** Names, and where each is; those given to a keychain that is locked, too. */
  list(): Promise<readonly { readonly name: string; readonly where: SecretPlace }[]>;
  /** Resolves to false where it was not stored. */
  remove(name: string): Promise<boolean>;
  /** Where new secrets go, for people to read. */
  where(): Promise<{ readonly place: 'keychain' | 'file'; readonly words: string }>;
}

export interface SecretsDeps {
  /** Folder of the encrypted file. */
  readonly dir: string;
  readonly profile: string;
  readonly env: SecretEnv;
  readonly log: Log;
  /** False where no keychain is to be asked, such as on a server without a session bus. */
  readonly keychain: boolean;
}

/** Opens nothing yet: the keychain is probed, and the file read, when a secret is first needed. */
export function createSecrets({ dir, profile, env, log, keychain }: SecretsDeps): Secrets {
  const file = createSecretFile(dir, profile);
  const inKeychain = createKeychainNames(dir);
  let opened: ReturnType<typeof openKeychain> | undefined;
  const chain = async () => {
    opened ??= keychain ? openKeychain(profile, log) : Promise.resolve(undefined);
    return await opened;
  };

  return {
    async get(name) {
      checkName(name);
      const value = (await (await chain())?.get(name)) ?? file.get(name) ?? fromEnv(env, name);
      if (value === undefined) inKeychain.requireNot(name);
      return value;
    },
    async set(name, value) {
      checkName(name);
      const place = await chain();
      if (place !== undefined && (await place.set(name, value))) {
        inKeychain.add(name);
        file.remove(name);
        return 'keychain';
      }
      file.set(name, value);
      inKeychain.remove(name);
      return 'file';
    },
    async list() {
      const kept = (await (await chain())?.names()) ?? [];
      const inEnv = Object.keys(variables).filter((name) => fromEnv(env, name) !== undefined);
      const all = new Map<string, SecretPlace>(inKeychain.list().map((name) => [name, 'keychain']));
      for (const name of inEnv) all.set(name, 'environment');
      for (const name of file.names()) all.set(name, 'file');
      for (const name of kept) all.set(name, 'keychain');
      return [...all].map(([name, where]) => ({ name, where })).sort(byName);
    },
    async remove(name) {
      checkName(name);
      const fromChain = (await (await chain())?.remove(name)) ?? false;
      const [fromFile, fromNames] = [file.remove(name), inKeychain.remove(name)];
      return fromFile || fromNames || fromChain;
    },
    async where() {
      if ((await chain()) !== undefined)
        return { place: 'keychain', words: "this user's keychain" };
      return { place: 'file', words: `an encrypted file in ${dir} (no keychain answers here)` };
    },
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;
