import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AtomError, asAtomError } from '../base/errors.ts';

/** What came, unpacked. */
export interface Body {
  readonly bytes: Buffer;
  /** True where there was more. */
  readonly cut: boolean;
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};
/** One within another is nobody's honest answer. */
const MOST_CODINGS = 1;

/**
 * Reads at most `most` bytes of an answer, counted as they are unpacked, and ends the connection: of what
 * grows a thousandfold no more than that is ever made. Throws AtomError `failed`.
 */
export async function readBody(
  answer: IncomingMessage,
  most: number,
  signal: AbortSignal,
): Promise<Body> {
  const codings = (answer.headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const decoders = codings.map((name) =>
    Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined,
  );
  if (codings.length > MOST_CODINGS || decoders.includes(undefined)) {
    answer.destroy();
    throw new AtomError('failed', `It came packed as ${codings.join(', ').slice(0, 60)}.`);
  }
  const parts: Buffer[] = [];
  let [size, cut] = [0, false];
  const take = async (source: Readable): Promise<void> => {
    for await (const part of source) {
      parts.push((part as Buffer).subarray(0, most - size));
      size += (part as Buffer).length;
      if (size <= most) continue;
      cut = true;
      return;
    }
  };
  try {
    await pipeline([answer, ...decoders.flatMap((make) => make?.() ?? []), take] as never, {
      signal,
    });
  } catch (thrown) {
    signal.throwIfAborted();
    if (!cut)
      throw new AtomError('failed', `Its answer broke off: ${asAtomError(thrown).message}.`);
  } finally {
    answer.destroy();
  }
  return { bytes: Buffer.concat(parts), cut };
}
