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
  for (let rest = at, i = 0; i < TIME_LETTERS; i++, rest = Math.floor(rest / 32)) {
    time = CROCKFORD.charAt(rest % 32) + time;
  }
  let random = '';
  for (const byte of nextBytes(RANDOM_LETTERS)) random += CROCKFORD.charAt(byte & 31);
  return time + random;
}

const TIME_LETTERS = 10;
const RANDOM_LETTERS = 16;

/** Asking the system for a few bytes takes as long as for many. None is given twice. */
let ahead = Buffer.alloc(0);

function nextBytes(count: number): Buffer {
  if (ahead.length < count) ahead = randomBytes(256 * count);
  const taken = ahead.subarray(0, count);
  ahead = ahead.subarray(count);
  return taken;
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
