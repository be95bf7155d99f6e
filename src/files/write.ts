import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import { canonical } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { redeem } from '../governance/grant.ts';
import type { FilesDeps } from './place.ts';
import { replaceFile } from './replace-file.ts';
import { lookAtWrite } from './write-look.ts';

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
    const {
      place,
      content,
      present,
      prepared: now,
    } = await lookAtWrite(deps, prepared.resource, undefined);
    if (canonical(now.facts) !== canonical(prepared.facts))
      throw new AtomError('blocked', `${place.path} changed since this was decided.`, {
        next: ['Read it and ask again.'],
      });
    await replaceFile(place, content, present?.mode ?? 0o644);
    const bytes = Buffer.from(content);
    return { path: place.path, size: bytes.length, sha256: sha256(bytes), created: !present };
  },
});
