import { sha256 } from '../../base/digest.ts';
import { shortCode } from '../../base/ids.ts';

/** What somebody gave for a code, by its form. */
export type Given =
  | { readonly kind: 'totp'; readonly digits: string }
  | { readonly kind: 'recovery'; readonly hash: string };

const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 16;

/** Reads a code; apps and people put spaces and dashes in. Undefined where it has neither form. */
export function readCode(text: string): Given | undefined {
  const plain = text.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(plain)) return { kind: 'totp', digits: plain };
  if (plain.length === RECOVERY_LENGTH && /^[a-z2-9]+$/.test(plain))
    return { kind: 'recovery', hash: hashOf(plain) };
  return undefined;
}

/**
 * New recovery codes, `k7p2-9qxm-…`, each with what is kept of it. A plain SHA-256 is enough: a code is
 * 16 random characters of 31, over 79 bits, so nobody finds it from its hash by trying.
 */
export function newRecoveryCodes(): readonly { readonly code: string; readonly hash: string }[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const plain = shortCode(RECOVERY_LENGTH);
    return { code: plain.replace(/(.{4})(?=.)/g, '$1-'), hash: hashOf(plain) };
  });
}

const hashOf = (plain: string): string => sha256(`atom recovery code ${plain}`);
