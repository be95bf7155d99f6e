import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Prepared } from '../domain/action.ts';
import type { JailSpec } from '../domain/jail.ts';
import { createFileList, listNow } from './list.ts';
import { createFileRead, readNow } from './read.ts';
import { createFileWrite, writeNow } from './write.ts';
import { lookAtWrite } from './write-look.ts';

/** Says, once it was looked at, why something may not be done, in words; undefined where it may. */
type Within = (prepared: Prepared) => string | undefined;

/**
 * The actions `file.read`, `file.list` and `file.write` in a folder that was made for this and holds nothing
 * of anybody's, so that only `within` is asked. Never leaves the folder, whatever others do in it meanwhile.
 * `folder` of the jail is a real path. Throws AtomError as the actions do, and `blocked` with the words of `within`.
 */
export function filesWithin(
  jail: JailSpec,
): (action: string, resource: Json, within?: Within) => Promise<Json> {
  const deps = { jails: () => [jail], folderOf: () => jail.folder };
  const all = [
    { action: createFileRead(deps), run: (resource: Json) => readNow(deps, resource) },
    { action: createFileList(deps), run: (resource: Json) => listNow(deps, resource) },
    {
      action: createFileWrite(deps),
      run: async (resource: Json) => writeNow(await lookAtWrite(deps, resource, undefined)),
    },
  ];
  return async (name, resource, within) => {
    const found = all.find(({ action }) => action.name === name);
    if (!found) throw new AtomError('usage', `${name} is nothing that is done with files.`);
    const prepared = await found.action.prepare(resource, undefined);
    const why = within?.(prepared);
    if (why !== undefined) throw new AtomError('blocked', why);
    return await found.run(prepared.resource);
  };
}
