/** Puts a stream of bytes together into lines of at most `maxBytes`. */
export interface Lines {
  /** The lines that this chunk completes, without their newline; `undefined` once one is too long. */
  push(chunk: Buffer): readonly string[] | undefined;
}

export function createLines(maxBytes: number): Lines {
  let parts: Buffer[] = [];
  let held = 0;
  const take = (last: Buffer): string => {
    const line = Buffer.concat([...parts, last]).toString('utf8');
    parts = [];
    held = 0;
    return line;
  };
  return {
    push(chunk) {
      const lines: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        if (held + end - from > maxBytes) return undefined;
        lines.push(take(chunk.subarray(from, end)));
        from = end + 1;
      }
      parts.push(chunk.subarray(from));
      held += chunk.length - from;
      return held > maxBytes ? undefined : lines;
    },
  };
}
