import { constants, type Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { z } from 'zod';
import { systemCode } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { openBelow } from '../config/open-below.ts';
import type { Action } from '../domain/action.ts';
import { redeem } from '../governance/grant.ts';
import { describe, targetOf } from './describe.ts';
import { parseResource } from './parse-resource.ts';
import { type FilesDeps, placeFor } from './place.ts';

const resourceSchema = z.strictObject({
  path: z.string().min(1).max(4096).default('.'),
  jail: z.string().optional(),
});
const MAX_ENTRIES = 1000;

/**
 * The action `file.list`: `{path?, jail?}`. Its result is `{path, entries: [{name, kind, size}],
 * truncated}`, sorted by name, at most 1000; `kind` is `file`, `folder`, `link` or `other`.
 */
export const createFileList = (deps: FilesDeps): Action => ({
  name: 'file.list',
  async prepare(resource, agent) {
    const wish = parseResource(resourceSchema, resource);
    const place = placeFor(deps, wish, agent);
    return describe('list', place, targetOf(wish.path, place, agent));
  },
  execute: async (grant) => listNow(deps, redeem(grant).prepared.resource),
});

/** What `file.list` does once it may. */
export async function listNow(deps: FilesDeps, resource: Json): Promise<Json> {
  const { folder, parts, path } = placeFor(
    deps,
    parseResource(resourceSchema, resource),
    undefined,
  );
  const open = await openBelow(folder, parts);
  try {
    const all = await readdir(open.path, { withFileTypes: true });
    const shown = all.sort(byName).slice(0, MAX_ENTRIES);
    const entries = await Promise.all(shown.map((entry) => entryOf(open.path, entry)));
    return { path, entries, truncated: all.length > MAX_ENTRIES };
  } finally {
    await open.handle.close();
  }
}

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

async function entryOf(folder: string, { name }: Dirent): Promise<Json> {
  const shown = name.toWellFormed();
  try {
    const { size, mode } = await lstat(`${folder}/${name}`);
    return { name: shown, kind: kindOf(mode & constants.S_IFMT), size };
  } catch (error) {
    // Removed while the folder was being read.
    if (systemCode(error) !== 'ENOENT') throw error;
    return { name: shown, kind: 'other', size: 0 };
  }
}

function kindOf(format: number): 'file' | 'folder' | 'link' | 'other' {
  if (format === constants.S_IFREG) return 'file';
  if (format === constants.S_IFDIR) return 'folder';
  return format === constants.S_IFLNK ? 'link' : 'other';
}
