import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { mayBeThere } from '../../base/may-be-there.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** What puts a whole database in the place of a damaged one. */
const RESTORE = ['Put a copy back:   atom backup list', 'Or begin anew:   atom backup set-aside'];

/** Whether the database is whole, ours and free, by SQLite's own quick check. Writes nothing. */
export async function findDatabase({ paths }: Cli): Promise<readonly Finding[]> {
  const { database: file } = paths;
  if (!mayBeThere(file)) return [note('database', 'none yet; it is made at the first start')];
  if (!mayWrite(dirname(file))) return [unwritable(dirname(file))];
  const found = statSync(file);
  if (!found.isFile()) return [noFile(file, found.isDirectory() ? 'a folder' : 'no file')];
  if (!mayWrite(file)) return [unwritable(file)];
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore({ file, readOnly: true });
  try {
    const row = await store.get('PRAGMA quick_check(1)');
    const words = String(Object.values(row ?? {})[0]);
    if (words !== 'ok')
      return [bad('database', `${visible(file)} is damaged: ${words}`, ...RESTORE)];
    // What cannot be written keeps atom from starting, whole as it may be.
    (await import('../../store/drivers/prove-free.ts')).proveFree(file);
    return [good('database', visible(file))];
  } finally {
    await store.close();
  }
}

const noFile = (file: string, what: string): Finding =>
  bad(
    'database',
    `${visible(file)} is ${what}: nothing can be recorded in it`,
    `Move it away:   mv ${shellWord(file)} ${shellWord(`${file}.aside`)}`,
  );

const unwritable = (path: string): Finding =>
  bad(
    'database',
    `${visible(path)} cannot be written, so nothing can be recorded`,
    `Let yourself write it:   chmod u+rwX ${shellWord(path)}`,
    `Whose it is, and on which disk:   ls -ld ${shellWord(path)}   and   df ${shellWord(path)}`,
  );

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
