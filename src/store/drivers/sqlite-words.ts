import { AtomError, systemCode } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';

/** What `work` gives; what SQLite or the file system throws comes as an AtomError with words. */
export function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWords(file, error);
  }
}

const RESTORE = ['Put a copy back:   atom backup list', 'Or begin anew:   atom backup set-aside'];

/** `<file>` stands for the database. */
const WORDS: readonly (readonly [prefix: string, what: string, ...next: string[]])[] = [
  [
    'SQLITE_FULL',
    'The disk is full: nothing more can be recorded, so nothing is done.',
    'Free some space; atom goes on by itself.',
    'See how much is left:   df -h <file>',
  ],
  [
    'SQLITE_BUSY',
    'Another program holds the database.',
    'See who has it open, and end that program:   lsof <file>',
  ],
  [
    'SQLITE_READONLY',
    'The database cannot be written.',
    'Check who owns the state folder and its permissions.',
  ],
  ['SQLITE_CORRUPT', 'The database is damaged. Nothing was changed.', ...RESTORE],
  ['SQLITE_NOTADB', 'The database file is not a database. Nothing was changed.', ...RESTORE],
  [
    'SQLITE_CANTOPEN',
    'The database cannot be opened.',
    'Check that its folder exists and belongs to you.',
  ],
  // The file system's own words, from before SQLite had the file.
  ['ENOENT', 'The database cannot be opened.', 'Check that its folder exists.'],
  ['EACCES', 'The database cannot be opened.', 'Check who owns the state folder.'],
  ['ELOOP', 'The database cannot be opened.', 'Mend the link to its folder: it leads to itself.'],
  [
    'EROFS',
    'The database cannot be written.',
    'Its folder is on a read-only disk: choose another.',
  ],
  ['EISDIR', 'The database cannot be opened.', 'A folder is in its place: move that aside.'],
  [
    'ENOSPC',
    'The disk is full: nothing more can be recorded, so nothing is done.',
    'Free some space.',
    'See how much is left:   df -h <file>',
  ],
  [
    'SQLITE_IOERR',
    'The disk reported an error.',
    'Check the disk; atom does nothing that it cannot record.',
  ],
];

/** An error in words, with the next step; what is not known stays as it is. */
export function inWords(file: string, error: unknown): unknown {
  const code = systemCode(error) ?? '';
  const known = WORDS.find(([prefix]) => code.startsWith(prefix));
  if (!known || error instanceof AtomError) return error;
  const [, what, ...next] = known;
  return new AtomError('failed', `${what} (${code})`, {
    cause: error,
    next: [
      ...next.map((line) => line.replace('<file>', () => shellWord(file))),
      `Database: ${file}`,
    ],
  });
}
