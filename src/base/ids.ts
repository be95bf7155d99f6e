import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Crockford base 32, as ULIDs are written: sorts like the bytes it stands for. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Letters and digits that nobody mistakes for another: no l, o, i, 0, 1. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * A ULID (26 characters): 48 bits of milliseconds, 80 random bits. Sorts by time, is never reused.
 * Source: github.com/ulid/spec.
 */
export function newId(at: number = Date.now()): string {
  let time = '';
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    time = CROCKFORD.charAt(rest % 32) + time;
  }
  return time + Array.from(randomBytes(16), (byte) => CROCKFORD.charAt(byte & 31)).join('');
}

/** A short code that people type: `length` characters of a–z and 2–9 without look-alikes. */
export const shortCode = (length = 4): string => randomText(CLEAR, length);

/** `length` letters of an alphabet, each as likely as the others. */
export const randomText = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** Random bytes for keys and tokens. */
export const randomKey = (bytes = 32): Buffer => randomBytes(bytes);

/** A random UUID, for ids that other programs expect in that form. */
export const newUuid = (): string => randomUUID();
