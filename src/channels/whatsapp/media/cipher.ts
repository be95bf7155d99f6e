import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { sameText } from '../../../base/digest.ts';
import { SendError } from '../../../domain/channel.ts';
import type { MediaKind } from '../../../domain/message.ts';

/**
 * How WhatsApp encrypts what is attached, as its own security paper and every client of it do: a key per file,
 * spread by HKDF-SHA-256 to an IV, a key for AES-256-CBC and one for HMAC-SHA-256, whose first ten bytes end
 * the file.
 */
const INFO: Readonly<Record<MediaKind, string>> = {
  image: 'WhatsApp Image Keys',
  audio: 'WhatsApp Audio Keys',
  video: 'WhatsApp Video Keys',
  file: 'WhatsApp Document Keys',
};
const MAC_BYTES = 10;

export type Bytes = AsyncIterable<Uint8Array>;

/** What a reader needs beside the key, each SHA-256 in base64; `bytes` counts those of the plain file. */
export interface Sums {
  readonly plain: string;
  readonly sealed: string;
  readonly bytes: number;
  readonly sealedBytes: number;
}

function keysOf(key: Uint8Array, kind: MediaKind) {
  const all = Buffer.from(hkdfSync('sha256', key, new Uint8Array(32), INFO[kind], 112));
  return { iv: all.subarray(0, 16), cipher: all.subarray(16, 48), mac: all.subarray(48, 80) };
}

/** The encrypted form of a file, piece by piece. The same key makes the same bytes again. */
export async function* sealed(plain: Bytes, key: Uint8Array, kind: MediaKind): Bytes {
  const { iv, cipher: secret, mac: signing } = keysOf(key, kind);
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const mac = createHmac('sha256', signing).update(iv);
  for await (const piece of plain) {
    const out = cipher.update(piece);
    mac.update(out);
    yield out;
  }
  const last = cipher.final();
  yield Buffer.concat([last, mac.update(last).digest().subarray(0, MAC_BYTES)]);
}

/** Goes through a file once, to know what its encrypted form will be. */
export async function sumsOf(plain: Bytes, key: Uint8Array, kind: MediaKind): Promise<Sums> {
  const [inner, outer] = [createHash('sha256'), createHash('sha256')];
  let [bytes, sealedBytes] = [0, 0];
  const counted = async function* (): Bytes {
    for await (const piece of plain) {
      inner.update(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  for await (const piece of sealed(counted(), key, kind)) {
    outer.update(piece);
    sealedBytes += piece.length;
  }
  return {
    plain: inner.digest('base64'),
    sealed: outer.digest('base64'),
    bytes,
    sealedBytes,
  };
}

/**
 * What was encrypted, as it arrives. Only its end proves it: throws SendError `refused` there where anything was
 * changed, and whoever has read it so far throws that away.
 */
export async function* opened(from: Bytes, key: Uint8Array, kind: MediaKind): Bytes {
  const { iv, cipher: secret, mac: signing } = keysOf(key, kind);
  const cipher = createDecipheriv('aes-256-cbc', secret, iv);
  const mac = createHmac('sha256', signing).update(iv);
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of from) {
    const all = Buffer.concat([rest, piece]);
    const ready = all.subarray(0, Math.max(0, all.length - MAC_BYTES));
    rest = all.subarray(ready.length);
    mac.update(ready);
    if (ready.length > 0) yield cipher.update(ready);
  }
  const proof = mac.digest().subarray(0, MAC_BYTES).toString('hex');
  if (!sameText(proof, rest.toString('hex'))) throw changed();
  yield last(cipher);
}

function last(cipher: ReturnType<typeof createDecipheriv>): Uint8Array {
  try {
    return cipher.final();
  } catch {
    throw changed(); // a padding that nobody wrote
  }
}

const changed = (): SendError =>
  new SendError({ kind: 'refused', reason: 'the file is not the one that was sent' });
