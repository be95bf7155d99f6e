/** More than any platform has to say at once: a hundred long messages are some few MB. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Answer {
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * What a platform answered, as text: what stands in for it, or between it and us, could answer without an
 * end. Throws RangeError beyond `most` bytes, and reads no further.
 */
export async function textWithin(response: Answer, most = MOST_BYTES): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > most) throw new RangeError(`an answer of more than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** The JSON in it; undefined where it is none, breaks off or is too large. */
export async function jsonWithin(response: Answer, most = MOST_BYTES): Promise<unknown> {
  try {
    return JSON.parse(await textWithin(response, most));
  } catch {
    return undefined;
  }
}
