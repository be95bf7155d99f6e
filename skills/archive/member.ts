/** One member of an archive. A folder has no bytes. */
export interface Member {
  /** With `/` between its parts, and at the end of a folder's. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
  /** What it holds. Throws Error where that is broken, or not as long as it says. */
  content(): Buffer;
}

/** Of an archive, and of all that is in it. */
export const MOST_BYTES = 200_000_000;
export const MOST_ENTRIES = 10_000;

/**
 * The parts of a path that stays where it is unpacked. Throws Error for what would lead out of there or
 * mean another place on another system: absolute paths, `..`, backslashes, drives, hidden characters.
 */
export function safeParts(path: string): readonly string[] {
  const parts = path
    .replace(/\/+$/, '')
    .split('/')
    .filter((part) => part !== '.');
  const wrong = parts.some((part) => part === '' || part === '..' || part.length > 255);
  if (wrong || parts.length === 0 || parts.length > 60 || /[\\\p{Cc}]|^[a-z]:/iu.test(path))
    throw new Error(
      `The archive holds ${JSON.stringify(path.slice(0, 100))}, which leads elsewhere.`,
    );
  return parts;
}

/** Counts what is unpacked, and throws where it becomes too much. */
export function createTally(): (bytes: number) => void {
  let [all, entries] = [0, 0];
  return (bytes) => {
    all += bytes;
    if (++entries > MOST_ENTRIES)
      throw new Error(`The archive holds more than ${MOST_ENTRIES} files.`);
    if (all > MOST_BYTES) throw new Error(`The archive holds more than ${MOST_BYTES / 1e6} MB.`);
  };
}
