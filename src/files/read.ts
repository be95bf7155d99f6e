import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { redeem } from '../governance/grant.ts';
import { readContents, textOf } from './contents.ts';
import { describe, targetOf } from './describe.ts';
import { parseResource } from './parse-resource.ts';
import { type FilesDeps, placeFor } from './place.ts';

const resourceSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  jail: z.string().optional(),
});

/**
 * The action `file.read`: `{path, jail?}`. Its result is `{path, kind: 'text', text, size, truncated}`
 * with at most 256 KiB of text, or `{path, kind: 'binary', size}`.
 */
export const createFileRead = (deps: FilesDeps): Action => ({
  name: 'file.read',
  async prepare(resource, agent) {
    const wish = parseResource(resourceSchema, resource);
    const place = placeFor(deps, wish, agent);
    return describe('read', place, targetOf(wish.path, place, agent));
  },
  execute: async (grant) => readNow(deps, redeem(grant).prepared.resource),
});

/** What `file.read` does once it may. */
export async function readNow(deps: FilesDeps, resource: Json): Promise<Json> {
  const place = placeFor(deps, parseResource(resourceSchema, resource), undefined);
  const { bytes, size } = await readContents(place);
  const truncated = bytes.length < size;
  const text = textOf(bytes, truncated);
  const { path } = place;
  return text === undefined
    ? { path, kind: 'binary', size }
    : { path, kind: 'text', text, size, truncated };
}
