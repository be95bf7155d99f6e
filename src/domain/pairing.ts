import type { Role } from './role.ts';
import type { Person } from './sender.ts';

/** `link`: the owner began it and waits for a phone. `code`: a stranger wrote, and has a code for the owner. */
export type PairingKind = 'link' | 'code';

/**
 * `open` until somebody proves to have the link, or until the owner decides about a stranger. `matched`:
 * somebody did, and the owner is to confirm who. The rest are ends.
 */
export type PairingState =
  | 'open'
  | 'matched'
  | 'done'
  | 'refused'
  | 'burnt'
  | 'replaced'
  | 'cancelled';

/** One try to make a chat account known; its token and code are kept as hashes only. */
export interface Pairing {
  readonly id: string;
  readonly kind: PairingKind;
  readonly channel: string;
  /** What they will be unless the owner says otherwise. */
  readonly role: Role;
  readonly state: PairingState;
  /** Who it is about; of a link only known once it matched. */
  readonly who?: Person;
  /** What they call themselves; proves nothing. Make it visible before it is shown. */
  readonly name?: string;
  /** The direct chat that they wrote in. */
  readonly peer?: string;
  /** The beginning of what they wrote, safe to draw; nothing else of it was kept. */
  readonly words?: string;
  readonly madeAt: number;
  readonly expiresAt: number;
}

/** Consonants that nobody mistakes for another and that make no words. Source: RFC 8628, section 6.1. */
export const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
export const CODE_LENGTH = 8;

/** 128 bits as base64url: a Telegram start payload holds at most 64 of `A-Za-z0-9_-`. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** `K7P2-9QXM`-like: as people read and type it. */
export const codeText = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** The code in a text, as it is kept; undefined where it can be none. Case and hyphens do not matter. */
export function readCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  const isCode =
    code.length === CODE_LENGTH && [...code].every((one) => CODE_LETTERS.includes(one));
  return isCode ? code : undefined;
}

/** What somebody gives to be let in. `text` is what is compared; anything ill-formed matches nothing. */
export interface PairingProof {
  readonly kind: 'token' | 'code';
  readonly text: string;
}

/**
 * What a direct message gives to be let in: `/start <token>` as a tapped link sends it, or `/link CODE`.
 * Undefined for every other message; a bare `/start` is one of those.
 */
export function proofIn(text: string): PairingProof | undefined {
  const [command = '', given, ...more] = text.trim().split(/\s+/);
  const word = command.toLowerCase();
  if (word === '/start' && given !== undefined && more.length === 0)
    return { kind: 'token', text: TOKEN.test(given) ? given : '' };
  if (word !== '/link') return undefined;
  const code = [given ?? '', ...more].join('');
  return { kind: 'code', text: readCode(code) ?? '' };
}
