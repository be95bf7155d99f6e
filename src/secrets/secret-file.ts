import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { randomKey } from '../base/ids.ts';
import { checkPrivate } from '../base/private-file.ts';
import { makePrivateFolder, writePrivate } from './private-file.ts';
import { open, type Sealed, seal } from './seal.ts';

/** Secrets by name, in one file. */
export interface SecretFile {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  names(): readonly string[];
  /** False where there was none. */
  remove(name: string): boolean;
}

const content = z.strictObject({
  version: z.literal(1),
  secrets: z.record(
    z.string(),
    z.strictObject({ iv: z.string(), tag: z.string(), text: z.string() }),
  ),
});

/**
 * `secrets.json`, AES-256-GCM, with its key in `secrets.key` beside it; both mode 0600.
 *
 * What this protects: a value never lies readable in a file that is grepped, shown on a screen, or
 * copied without its key; a changed or swapped entry is noticed. What it does not: whoever can read
 * both files (this user, root, a whole backup) can read the secrets. Only a keychain is better.
 */
export function createSecretFile(dir: string, profile: string): SecretFile {
  const file = join(dir, 'secrets.json');
  const keyFile = join(dir, 'secrets.key');
  const read = (): Record<string, Sealed> => (existsSync(file) ? parse(file) : {});
  const write = (secrets: Record<string, Sealed>): void =>
    writePrivate(file, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`);

  return {
    get(name) {
      const sealed = read()[name];
      if (sealed === undefined) return undefined;
      return open({ key: readKey(keyFile), about: `${profile}/${name}` }, sealed) ?? broken(name);
    },
    set(name, value) {
      if (value === '') throw new AtomError('usage', `The value of ${name} is empty`);
      makePrivateFolder(dir);
      const secrets = read();
      if (!existsSync(keyFile)) writePrivate(keyFile, `${randomKey().toString('base64')}\n`);
      write({
        ...secrets,
        [name]: seal({ key: readKey(keyFile), about: `${profile}/${name}` }, value),
      });
    },
    names: () => Object.keys(read()),
    remove(name) {
      const { [name]: gone, ...rest } = read();
      if (gone !== undefined) write(rest);
      return gone !== undefined;
    },
  };
}

function parse(file: string): Record<string, Sealed> {
  checkPrivate(file);
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8'))).secrets;
  } catch (cause) {
    throw new AtomError('config', `${file} cannot be read as stored secrets`, {
      cause,
      next: ['Move it away and store the keys again:   atom secrets set <name>'],
    });
  }
}

function readKey(file: string): Buffer {
  checkPrivate(file);
  const key = existsSync(file)
    ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
    : undefined;
  if (key?.length === 32) return key;
  throw new AtomError('credentials', `The key of the stored secrets is missing: ${file}`, {
    next: ['Put it back, or store the keys again:   atom secrets set <name>'],
  });
}

function broken(name: string): never {
  throw new AtomError(
    'credentials',
    `The stored secret ${name} cannot be opened: it was changed.`,
    {
      next: [`Store it again:   atom secrets set ${name}`],
    },
  );
}
