import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { checkPrivate } from '../base/private-file.ts';
import { makePrivateFolder, writePrivate } from './private-file.ts';

/** Which secrets were given to the keychain: so that one that is locked is not taken for one without them. */
export interface KeychainNames {
  add(name: string): void;
  /** False where it was not there. */
  remove(name: string): boolean;
  list(): readonly string[];
  /** Throws AtomError `credentials` where the keychain has this secret and nobody gave it. */
  requireNot(name: string): void;
}

const content = z.strictObject({ version: z.literal(1), names: z.array(z.string()) });

/** `keychain.json`, names only, mode 0600. */
export function createKeychainNames(dir: string): KeychainNames {
  const file = join(dir, 'keychain.json');
  const write = (names: readonly string[]): void => {
    makePrivateFolder(dir);
    writePrivate(file, `${JSON.stringify({ version: 1, names }, null, 2)}\n`);
  };
  return {
    add(name) {
      const names = read(file);
      if (!names.includes(name)) write([...names, name]);
    },
    remove(name) {
      const names = read(file);
      if (names.includes(name)) write(names.filter((one) => one !== name));
      return names.includes(name);
    },
    list: () => read(file),
    requireNot(name) {
      if (!read(file).includes(name)) return;
      throw new AtomError('credentials', `The keychain that holds ${name} is locked or away.`, {
        next: [
          'Unlock it, or start atom where you are logged in to the desktop, then try again.',
          `Or keep it in a file from now on:   atom secrets set ${name}`,
        ],
      });
    },
  };
}

function read(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  checkPrivate(file);
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8'))).names;
  } catch (cause) {
    throw new AtomError('config', `${file} cannot be read as a list of names`, {
      cause,
      next: ['Move it away, with the keychain unlocked:   atom secrets list'],
    });
  }
}
