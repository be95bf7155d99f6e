import { hash } from 'node:crypto';

/**
 * The right edge of a Merkle tree (RFC 6962, section 2.1) over `size` leaves: the root of each full
 * subtree, largest first; one hash for each bit that is set in `size`. It is all that a tree needs to
 * grow and to tell its root. Hashes are 64 hex digits here: Node hashes several times faster into text.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly string[];
}

/** A tree that grows leaf by leaf. */
export interface Tree {
  readonly size: number;
  /** Takes the hash of the next leaf. */
  push(leaf: string): void;
  /** The Merkle tree hash of everything so far; of nothing, the SHA-256 of nothing. */
  root(): string;
  frontier(): Frontier;
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** A tree that goes on from a frontier. Throws RangeError where it does not fit its size. */
export function createTree({ size: from, hashes: edge }: Frontier = emptyFrontier): Tree {
  const hashes = [...edge];
  let size = from;
  if (!isFrontier({ size, hashes })) throw new RangeError('a frontier of another size');
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
      if (last === undefined) return hash('sha256', '', 'hex');
      return larger.reduce((right, left) => nodeHash(left, right), last);
    },
    frontier: () => ({ size, hashes: [...hashes] }),
  };
}

/** SHA-256 of 0x01 and the two hashes below. */
function nodeHash(left: string, right: string): string {
  NODE.write(left, 1, 'hex');
  NODE.write(right, 33, 'hex');
  return hash('sha256', NODE, 'hex');
}

/** Filled and hashed in one step, again and again: a fresh one each would cost as much as the hash. */
const NODE = Buffer.alloc(65, 1);

/** True where there are as many hashes as the size asks for. */
export const isFrontier = ({ size, hashes }: Frontier): boolean =>
  size.toString(2).replaceAll('0', '').length === hashes.length;
