import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Core from '@discordjs/core';
import type * as Rest from '@discordjs/rest';
import type * as Ws from '@discordjs/ws';
import { AtomError } from '../../base/errors.ts';
import type { Library } from '../library.ts';
import { LIBRARIES } from './facts.ts';

export interface Libraries {
  readonly core: typeof Core;
  readonly rest: typeof Rest;
  readonly ws: typeof Ws;
}

/** Where a library is; undefined where it is not installed. */
export type FindFolder = (library: Library) => string | undefined;

/** Loads the libraries from their folders. Throws AtomError `config` where one is missing. */
export async function loadLibraries(find: FindFolder): Promise<Libraries> {
  const [core, rest, ws] = await Promise.all(
    [LIBRARIES.core, LIBRARIES.rest, LIBRARIES.ws].map((library) => load(find, library)),
  );
  return { core, rest, ws } as Libraries;
}

/** By its path: a name would be bundled, and looked for beside atom only. */
async function load(find: FindFolder, library: Library): Promise<unknown> {
  const folder = find(library);
  if (folder !== undefined) return import(pathToFileURL(join(folder, 'dist', 'index.mjs')).href);
  throw new AtomError('config', `its library ${library.name} is not installed`, {
    next: ['Install it:   atom channels add discord'],
  });
}
