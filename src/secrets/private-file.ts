import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';

export const makePrivateFolder = (dir: string): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
};

/** Writes a file of mode 0600 in one step: whoever reads sees the old or the new one, also after a power cut. */
export function writePrivate(file: string, text: string): void {
  const draft = `${file}.${newId()}`;
  const fd = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
}

function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Refuses a file of secrets that others may open: AtomError `config` with the command that closes it. */
export function checkClosed(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (process.platform === 'win32' || found === undefined || (found.mode & 0o077) === 0) return;
  throw new AtomError('config', `Others on this machine may open ${file}`, {
    next: [`Close it:   chmod 600 ${file}`],
  });
}
