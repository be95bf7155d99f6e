import { quotable } from '../base/visible.ts';
import type { Scope } from './caller.ts';

/** Something beyond this machine's own socket that holds a key to the gateway. */
export interface Device {
  /** `d1`, `d2`, …: never given twice. */
  readonly id: string;
  /** As the owner called it. */
  readonly name: string;
  /** A `device` proves an Ed25519 key with each connection; a `program` shows a token and nothing else. */
  readonly kind: 'device' | 'program';
  readonly scopes: readonly Scope[];
  /** Its public key as people compare it, `SHA256:…`; absent for programs. */
  readonly fingerprint?: string;
  readonly addedAt: number;
  readonly lastSeenAt?: number;
  readonly revokedAt?: number;
  /** Name of the user whose it is, where an OpenID provider vouched for that. */
  readonly user?: string;
  /** Connections that are open now. */
  readonly connections: number;
}

/** True for what speaks for the owner: a device that may answer cards. A program never does. */
export const speaksForOwner = ({ kind, scopes }: Pick<Device, 'kind' | 'scopes'>): boolean =>
  kind === 'device' && scopes.includes('approve');

/** A device that proved a setup code and waits for the owner to compare digits. */
export interface PairingRequest {
  readonly id: string;
  /** A claim of the device, made safe to draw. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly fingerprint: string;
  /** `482 913`: both sides show it; only where they are equal is it the same connection. */
  readonly digits: string;
  /** Whose it would be, and as what an OpenID provider knows them, in words; absent where no token was brought. */
  readonly owner?: { readonly user: string; readonly words: string };
  readonly askedAt: number;
  readonly expiresAt: number;
}

const NAME_LENGTH = 40;

/** A name that a device claims, or its owner gave it: one line, safe to draw, and safe between quotes. */
export function deviceName(claimed: string): string {
  const safe = quotable(claimed.trim());
  return safe.length <= NAME_LENGTH ? safe : `${safe.slice(0, NAME_LENGTH - 1).toWellFormed()}…`;
}
