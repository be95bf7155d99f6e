/** The last bytes of something that may be endless, in a buffer that is made on first need. */
export interface Tail {
  add(bytes: Buffer): void;
  /** What is kept, and how many bytes before it are not. */
  end(): { readonly bytes: Buffer; readonly left: number };
}

export function createTail(size: number): Tail {
  let ring: Buffer | undefined;
  let total = 0;
  return {
    add: (given) => {
      if (given.length === 0) return;
      ring ??= Buffer.alloc(size);
      const bytes = given.subarray(-size);
      // Where it would stand if nothing were ever overwritten.
      const at = (total + given.length - bytes.length) % size;
      const first = bytes.copy(ring, at);
      bytes.copy(ring, 0, first);
      total += given.length;
    },
    end: () => {
      if (!ring) return { bytes: Buffer.alloc(0), left: 0 };
      if (total <= size) return { bytes: ring.subarray(0, total), left: 0 };
      const at = total % size;
      return {
        bytes: Buffer.concat([ring.subarray(at), ring.subarray(0, at)]),
        left: total - size,
      };
    },
  };
}
