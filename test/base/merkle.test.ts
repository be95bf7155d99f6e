import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTree } from '../../src/base/merkle.ts';

/** Leaves and roots of the test data of Certificate Transparency (RFC 6962). */
const LEAVES = [
  ...['', '00', '10', '2021', '3031', '40414243', '5051525354555657'],
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafOf = (hex: string): Buffer => sha256('\0', Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The definition of RFC 6962, 2.1, word for word. */
function definition(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  let cut = 1;
  while (cut * 2 < leaves.length) cut *= 2;
  return sha256('\x01', definition(leaves.slice(0, cut)), definition(leaves.slice(cut)));
}

describe('a Merkle tree', () => {
  it('has the roots that Certificate Transparency published, at every size', () => {
    const tree = createTree();
    expect(tree.root()).toBe(ROOTS[0]);
    for (const [at, leaf] of LEAVES.entries()) {
      tree.push(hex(leafOf(leaf)));
      expect(tree.root(), `${at + 1} leaves`).toBe(ROOTS[at + 1]);
    }
  });

  it('is the tree of the definition, also where it went on from a frontier', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (first, second) => {
        const leaves = Array.from({ length: first + second }, (_, at) => sha256(`${at}`));
        const before = createTree();
        for (const leaf of leaves.slice(0, first)) before.push(hex(leaf));
        const { size, hashes } = before.frontier();
        const after = createTree({ size, hashes });
        for (const leaf of leaves.slice(first)) after.push(hex(leaf));
        expect(hashes.length).toBe(size.toString(2).replaceAll('0', '').length);
        expect(after.root()).toBe(hex(definition(leaves)));
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a frontier of another size', () => {
    expect(() => createTree({ size: 3, hashes: ['00'] })).toThrow(RangeError);
  });
});
