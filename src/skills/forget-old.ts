import { lstat, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { namesIn } from '../config/names-in.ts';
import { cardOf } from './known-skills.ts';
import type { FoundFolder } from './trust/judge.ts';

/** Where things of skills lie that nobody may need any more. */
export interface KeptPlaces {
  /** Compiled modules, and copies of folders that jails are shown. */
  readonly cache: string;
  /** Folders of skills that were removed. */
  readonly trash: string;
}

/**
 * Deletes what was made or last used before then (milliseconds since 1970), and is no part of the skills that are
 * loaded. What is deleted too soon is made anew. Resolves to how many things are gone.
 */
export async function forgetOldCopies(
  { cache, trash }: KeptPlaces,
  loaded: readonly FoundFolder[],
  before: number,
): Promise<number> {
  const used = new Set(
    loaded.flatMap(({ skills }) =>
      skills.flatMap(({ module, folder }) => [
        basename(module),
        basename(cardOf({ folder, cache })),
      ]),
    ),
  );
  const isOurs = (name: string): boolean => /\.(mjs|json|part)$/.test(name) && !used.has(name);
  const gone = [
    await dropOld(cache, isOurs, before),
    await dropOld(join(cache, 'folders'), () => true, before),
    await dropOld(trash, (name) => name.startsWith('skill-'), before),
  ];
  return gone.reduce((all, some) => all + some, 0);
}

async function dropOld(
  folder: string,
  isOurs: (name: string) => boolean,
  before: number,
): Promise<number> {
  let gone = 0;
  for (const name of await namesIn(folder)) {
    if (!isOurs(name) || (await lstat(join(folder, name))).mtimeMs >= before) continue;
    await rm(join(folder, name), { recursive: true, force: true });
    gone += 1;
  }
  return gone;
}
