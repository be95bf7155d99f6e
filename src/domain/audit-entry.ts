import { sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';

/** One link of the chain. `hash` covers everything else in it, and `prev` the link before. */
export interface AuditEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly body: Json;
  readonly prev: string;
  readonly hash: string;
}

/** What the first entry points back to. */
export const genesis = '0'.repeat(64);

/**
 * SHA-256 over 0x00 and the canonical JSON of the entry: the leaf hash of RFC 6962, so that the chain
 * is read as a Merkle tree without hashing anything again.
 */
export const leafHash = ({ chain, seq, at, kind, body, prev }: Leaf): string =>
  sha256(`\0[${quoted(chain)},${seq},${at},${quoted(kind)},${body},${quoted(prev)}]`);

/** A text as JSON has it; most are words that need no look at each character. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
const PLAIN = /^[\w.-]*$/;

/** An entry, with its body as canonical JSON. */
export type Leaf = Omit<AuditEntry, 'hash' | 'body'> & { readonly body: string };
