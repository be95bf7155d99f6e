import { AtomError } from '../base/errors.ts';
import type { Chunks } from './chunks.ts';
import type { Contents } from './contents.ts';
import type { Entry, Manifest, Tree } from './entry.ts';
import { type Difference, decodeDifference, decodeManifest } from './manifest-text.ts';

/** The manifest that a snapshot noted. Throws AtomError `failed` where it is damaged or gone. */
export const readManifest = async (contents: Contents, sha: string): Promise<Manifest> =>
  decodeManifest(await contents.read(sha, allOf));

/** What a run changed, as it was noted at its end. */
export const readDifference = async (contents: Contents, sha: string): Promise<Difference> =>
  decodeDifference(await contents.read(sha, allOf));

/** The tree that a run left behind. */
export function treeAfter({ tree }: Manifest, { entries, gone }: Difference): Tree {
  const after = new Map<string, Entry>(tree);
  for (const path of gone) after.delete(path);
  for (const [path, entry] of entries) after.set(path, entry);
  return after;
}

async function allOf(chunks: Chunks): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  try {
    for (let chunk = chunks(); chunk !== undefined; chunk = chunks()) parts.push(chunk);
  } catch (cause) {
    throw new AtomError('failed', 'What undo noted about this run is damaged.', { cause });
  }
  return Buffer.concat(parts);
}
