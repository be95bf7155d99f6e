/**
 * Paths as byte strings (latin1): a command may give a file a name that is no text, and a look that
 * cannot follow it there would be blind.
 */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A byte string for people. Bytes that are no text become `�`. */
export const asText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** A byte string for one system call. */
export const forSystem = (bytes: string): string | Buffer =>
  ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1');

/** A name in a folder, where the empty string is the folder at the top. */
export const below = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

const ASCII = /^[ -~]*$/;
