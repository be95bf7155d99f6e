import { createHash } from 'node:crypto';
import { createReadStream, existsSync, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AtomError } from '../base/errors.ts';

/** Copies a database at one moment, and checks the copy as a whole. The driver is loaded on first use. */
export async function copyStore(from: string, to: string): Promise<void> {
  const { copyDatabase, integrityOf } = await import('./drivers/copy.ts');
  await copyDatabase(from, to);
  requireWhole(to, integrityOf(to));
}

/** Throws AtomError `failed` where a database file is not whole. */
export async function checkStore(file: string): Promise<void> {
  const { integrityOf } = await import('./drivers/copy.ts');
  requireWhole(file, integrityOf(file));
}

function requireWhole(file: string, said: string): void {
  if (said === 'ok') return;
  throw new AtomError('failed', `${file} is damaged: ${said}`, {
    next: ['Use another backup:   atom backup list'],
  });
}

/** Gives a database, with what SQLite keeps beside it, another name. False where there is none. */
export function moveStore(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  for (const beside of ['-wal', '-shm', ''])
    if (existsSync(from + beside)) renameSync(from + beside, to + beside);
  return true;
}

/** SHA-256 of a file, as hex. */
export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
