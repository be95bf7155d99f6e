import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import { canonical, type Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { redeem } from '../governance/grant.ts';
import type { FilesDeps } from './place.ts';
import { replaceFile } from './replace-file.ts';
import { lookAtWrite, type WriteLook } from './write-look.ts';

/**
 * The action `file.write`: `{path, content, jail?}`. The whole file is replaced at once or not at all;
 * its folder must exist. Its result is `{path, size, sha256, created}`. Runs only while the file is
 * still the one whose diff was shown.
 */
export const createFileWrite = (deps: FilesDeps): Action => ({
  name: 'file.write',
  async prepare(resource, agent) {
    return (await lookAtWrite(deps, resource, agent)).prepared;
  },
  async execute(grant) {
    const { prepared } = redeem(grant);
    const look = await lookAtWrite(deps, prepared.resource, undefined);
    if (canonical(look.prepared.facts) !== canonical(prepared.facts))
      throw new AtomError('blocked', `${look.place.path} changed since this was decided.`, {
        next: ['Read it and ask again.'],
      });
    return writeNow(look);
  },
});

/** What `file.write` does once it may. */
export async function writeNow({ place, content, present }: WriteLook): Promise<Json> {
  await replaceFile(place, content, present?.mode ?? 0o644);
  const bytes = Buffer.from(content);
  return { path: place.path, size: bytes.length, sha256: sha256(bytes), created: !present };
}
