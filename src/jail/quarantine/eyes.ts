import { chmodSync, type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { plainBytes } from '../../config/plain-file.ts';
import { asBytes, forSystem } from './byte-path.ts';

/** Looks into one jail. Paths are relative byte strings; links are never followed. */
export interface Eyes {
  /** The jail's real folder, as a byte string. */
  readonly top: string;
  /** What is in a folder; nothing where it is none. Throws AtomError `blocked` after too many. */
  list(path: string): readonly Dirent[];
  stat(path: string): Stats | undefined;
  /** The text of a small file; undefined for anything else. */
  read(path: string): string | undefined;
  /** Gives folders that had to be opened for looking their permissions back. */
  close(): void;
}

/** As many as a look for secrets takes on, see `findHidden`. */
const MOST_ENTRIES = 50_000;
const MOST_BYTES = 64 * 1024;

/** Eyes that look at 50,000 entries unless told otherwise, everything counted. */
export function openEyes(folder: string, most = MOST_ENTRIES): Eyes {
  const top = asBytes(folder);
  const opened: { readonly path: string; readonly mode: number }[] = [];
  let seen = 0;
  const full = (path: string): string => (path === '' ? top : `${top}/${path}`);
  const entries = (path: string): readonly Dirent[] => {
    try {
      return readdirSync(forSystem(path), { withFileTypes: true, encoding: 'latin1' });
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return [];
      if (code !== 'EACCES' || opened.some((other) => other.path === path)) throw error;
      // What cannot be listed can be entered all the same by whoever knows the name.
      opened.push({ path, mode: lstatSync(forSystem(path)).mode & 0o7777 });
      chmodSync(forSystem(path), 0o700);
      return entries(path);
    }
  };
  return {
    top,
    list: (path) => {
      if (path !== '' && !lstatIfThere(full(path))?.isDirectory()) return [];
      const found = entries(full(path));
      seen += found.length;
      if (seen > most) throw tooLarge(folder, most);
      return found;
    },
    stat: (path) => lstatIfThere(full(path)),
    read: (path) => plainBytes(forSystem(full(path)), MOST_BYTES)?.toString('utf8'),
    close: () => {
      for (const { path, mode } of opened.toReversed())
        if (lstatIfThere(path)?.isDirectory()) chmodSync(forSystem(path), mode);
    },
  };
}

/** What lies at a path (a byte string) itself, or undefined. */
export function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(forSystem(path), { throwIfNoEntry: false });
  } catch (error) {
    if (['ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** What a file, a link or anything else but a folder is known by: nobody can set its change time. */
export const stampOf = ({ ino, ctimeMs }: Stats): string => `${ino}:${ctimeMs}`;

const tooLarge = (folder: string, most: number): AtomError =>
  new AtomError(
    'blocked',
    `${visible(folder)} holds more than ${most.toLocaleString('en')} files, too many to look for what other programs would run.`,
    { next: ['Make a smaller folder the jail, or remove what is not needed there.'] },
  );
