import { chmodSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import { shellWord } from '../base/shell-word.ts';

/**
 * Makes a folder (and those above it) that only its owner may enter, and returns its path. Throws
 * AtomError `config` where something else is in its place or it belongs to somebody else.
 */
export function ensureFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AtomError('config', `Cannot make the folder ${folder}: ${systemCode(cause)}`, {
      cause,
      next: [`Look at what is there: ls -ld ${shellWord(folder)}`],
    });
  }
  checkOwner(folder);
  return folder;
}

function checkOwner(folder: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(folder).isSymbolicLink() ? statSync(folder) : lstatSync(folder);
  if (found.uid !== process.getuid?.()) {
    throw new AtomError('config', `The folder ${folder} belongs to another user`, {
      next: [`Take it back: sudo chown -R "$USER" ${shellWord(folder)}`],
    });
  }
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * Refuses a file that anybody else on this machine could read or write: AtomError `config` with the
 * command that closes it. A file that is not there is fine.
 */
export function checkPrivate(file: string): void {
  if (process.platform === 'win32') return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw new AtomError('config', `Others on this machine may open ${file} (mode ${mode})`, {
    next: [`Close it:   chmod 600 ${shellWord(file)}`],
  });
}
