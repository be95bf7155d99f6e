import { canonical, type Json } from './json.ts';

/** Loaded at the first digest: it takes longer than all else that a short command does. */
const crypto = () => {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
};
let loaded: typeof import('node:crypto') | undefined;

/** SHA-256 of bytes or UTF-8 text, lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => crypto().hash('sha256', data, 'hex');

/** SHA-256 over the canonical JSON of a value, lower-case hex. */
export const digestOf = (value: Json): string => sha256(canonical(value));

/** HMAC-SHA-256 of a text, first `length` base64url characters (8 characters are 48 bits). */
export const mac = (key: Uint8Array, text: string, length: number): string =>
  crypto().createHmac('sha256', key).update(text).digest('base64url').slice(0, length);

/** Compares two short texts in time that does not depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(sha256(a));
  return crypto().timingSafeEqual(left, Buffer.from(sha256(b)));
}
