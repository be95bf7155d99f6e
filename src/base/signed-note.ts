import { type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from './digest.ts';
import { publicBytesOf, publicKeyFrom, secretKeyFrom } from './ed25519.ts';
import { randomKey } from './ids.ts';

/** Signature type of plain Ed25519 (c2sp.org/signed-note, "Signature types"). */
const ED25519 = 0x01;
/** More signatures than a note may bring; verifiers have to take 16. */
const MOST_SIGNATURES = 64;

/** A key that checks signatures of notes. */
export interface NoteKey {
  readonly name: string;
  /** Eight hex digits: the first four bytes of SHA-256(name, newline, type, public key). */
  readonly id: string;
  /** The one text for it: `name+id+base64(type and public key)`. */
  readonly text: string;
  readonly key: KeyObject;
}

/** A key that signs notes. */
export interface NoteSigner extends NoteKey {
  readonly secret: KeyObject;
  /** `PRIVATE+KEY+name+id+base64(type and seed)`: for the keychain and nobody else. */
  readonly secretText: string;
}

/** A signature line of a note: which key it says it is by, and the 64 bytes. */
interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A note taken apart; nothing in it is checked yet. */
export interface Note {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** A fresh Ed25519 key. The name may hold neither spaces nor `+`. */
export const newSigner = (name: string): NoteSigner => signerOf(name, randomKey(32));

/** The signer of a text that `secretText` wrote, or undefined. */
export function parseSigner(text: string): NoteSigner | undefined {
  const match = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (bytes[0] !== ED25519 || bytes.length !== 33) return undefined;
  const signer = signerOf(match?.[1] ?? '', bytes.subarray(1));
  return signer.id === match?.[2] ? signer : undefined;
}

/** The key of a text such as `name+1a2b3c4d+AQ…`, or undefined where it is none, or not Ed25519. */
export function parseKey(text: string): NoteKey | undefined {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text);
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (bytes[0] !== ED25519 || bytes.length !== 33) return undefined;
  const key = keyOf(match?.[1] ?? '', bytes.subarray(1));
  return key.text === text ? key : undefined;
}

/** A note with one signature line for each signer. The text has to end in a newline. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map(({ name, id, secret }) => {
    const bytes = Buffer.concat([Buffer.from(id, 'hex'), sign(null, Buffer.from(text), secret)]);
    return `— ${name} ${bytes.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Takes a note apart, or undefined where it is not built like one. */
export function parseNote(note: string): Note | undefined {
  if (/[\0-\x09\x0b-\x1f]/.test(note) || !note.isWellFormed()) return undefined;
  const cut = note.lastIndexOf('\n\n');
  const lines = note.slice(cut + 2).split('\n');
  if (cut < 0 || lines.pop() !== '' || lines.length > MOST_SIGNATURES) return undefined;
  const signatures = lines.map(signatureIn);
  if (lines.length === 0 || !signatures.every((line) => line !== undefined)) return undefined;
  return { text: note.slice(0, cut + 1), signatures };
}

/**
 * Those of the keys that signed the note. A signature by another key is passed over; one that says it
 * is by a known key and does not hold spoils the whole note: undefined.
 */
export function signersOf(
  { text, signatures }: Note,
  keys: readonly NoteKey[],
): readonly NoteKey[] | undefined {
  const found: NoteKey[] = [];
  for (const { name, id, bytes } of signatures) {
    const known = keys.find((key) => key.name === name && key.id === id);
    if (!known) continue;
    if (!verify(null, Buffer.from(text), known.key, bytes)) return undefined;
    found.push(known);
  }
  return found;
}

function signatureIn(line: string): Signature | undefined {
  const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
  const bytes = Buffer.from(match?.[2] ?? '', 'base64');
  if (!match || bytes.length < 5) return undefined;
  return { name: match[1] ?? '', id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

function keyOf(name: string, bytes: Uint8Array): NoteKey {
  const typed = Buffer.concat([Buffer.of(ED25519), bytes]);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).slice(0, 8);
  const key = publicKeyFrom(bytes);
  return { name, id, key, text: `${name}+${id}+${typed.toString('base64')}` };
}

function signerOf(name: string, seed: Uint8Array): NoteSigner {
  const secret = secretKeyFrom(seed);
  const key = keyOf(name, publicBytesOf(secret));
  const typed = Buffer.concat([Buffer.of(ED25519), seed]).toString('base64');
  return { ...key, secret, secretText: `PRIVATE+KEY+${name}+${key.id}+${typed}` };
}
