import { type Stats, statSync } from 'node:fs';
import { AtomError } from './errors.ts';
import { shellWord } from './shell-word.ts';

/**
 * Refuses what is to be read as a file and is none (to open a pipe would wait for ever), and a file that anybody
 * else on this machine could read or write: AtomError `config` with what mends it. One that is not there is fine.
 */
export function checkPrivate(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile()) throw noFile(file, found);
  if (process.platform === 'win32' || (found.mode & 0o077) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw new AtomError('config', `Others on this machine may open ${file} (mode ${mode})`, {
    next: [`Close it:   chmod 600 ${shellWord(file)}`],
  });
}

function noFile(file: string, found: Stats): AtomError {
  const words = found.isDirectory() ? 'is a folder, where a file should be' : 'is not a file';
  return new AtomError('config', `${file} ${words}.`, {
    next: [`Move it away:   mv ${shellWord(file)} ${shellWord(`${file}.aside`)}`],
  });
}
