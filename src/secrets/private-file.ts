import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newId } from '../base/ids.ts';
import { makeFolders } from '../base/make-folders.ts';

export const makePrivateFolder = (dir: string): void => makeFolders(dir, 0o700);

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
