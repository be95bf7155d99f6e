import { createHash, hash } from 'node:crypto';

/**
 * The right edge of a Merkle tree (RFC 6962, section 2.1) over `size` leaves: the root of each full
 * subtree, largest first; one hash for each bit that is set in `size`. It is all that a tree needs to
 * grow and to tell its root.
 */
export interface Frontier {
  readonly size: number;
  /** 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
}

/** A tree that grows leaf by leaf. */
export interface Tree {
  readonly size: number;
  /** Takes the hash of the next leaf, 32 bytes. */
  push(leaf: Uint8Array): void;
  /** The Merkle tree hash of everything so far; of nothing, the SHA-256 of nothing. */
  root(): Uint8Array;
  frontier(): Frontier;
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** A tree that goes on from a frontier. Throws RangeError where it does not fit its size. */
export function createTree({ size: from, hashes: edge }: Frontier = emptyFrontier): Tree {
  const hashes = [...edge];
  let size = from;
  if (bitsIn(size) !== hashes.length) throw new RangeError('a frontier of another size');
  return {
    get size() {
      return size;
    },
    push: (leaf) => {
      let node = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2)
        node = nodeHash(hashes.pop() ?? leaf, node);
      hashes.push(node);
      size += 1;
    },
    root: () => {
      const [last, ...larger] = hashes.toReversed();
      if (last === undefined) return createHash('sha256').digest();
      return larger.reduce((right, left) => nodeHash(left, right), last);
    },
    frontier: () => ({ size, hashes: [...hashes] }),
  };
}

/** SHA-256 of 0x01 and the two hashes below. */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return hash('sha256', bytes, 'buffer');
}

const bitsIn = (size: number): number => size.toString(2).replaceAll('0', '').length;
