/** Cuts what arrives into lines, each of at most `most` bytes. Throws where one is longer. */
export function createLines(most: number): (chunk: Uint8Array) => readonly string[] {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return (chunk) => {
    const lines: string[] = [];
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      lines.push(Buffer.concat([...pieces, chunk.subarray(from, to)]).toString('utf8'));
      pieces = [];
      size = 0;
      from = to + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > most) throw new RangeError(`a line of more than ${most} bytes`);
    if (rest.length > 0) pieces.push(rest);
    return lines;
  };
}

const NEWLINE = 0x0a;
