import { isAbsolute, normalize } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';
import { searchPath } from './clean-env.ts';
import type { Mechanism } from './mechanism.ts';
import type { ProgramPlace } from './program.ts';
import { seatbeltShown } from './seatbelt.ts';

/**
 * Where programs are looked for, for one jail; `folder` and `cwd` are real, `shows` are folders that it
 * shows at their own path. Throws AtomError `blocked` where a lent file or one of these would appear in
 * the jail's folder or over the system.
 */
export function placeOf(
  mechanism: Mechanism,
  toolchains: readonly string[],
  {
    shows = [],
    ...where
  }: Pick<ProgramPlace, 'folder' | 'cwd' | 'readOnly' | 'jail'> & {
    readonly shows?: readonly string[];
  },
): ProgramPlace {
  const shown = [...shownBy(mechanism), ...toolchains];
  const readOnly = [...where.readOnly, ...shows.map((path) => ({ host: path, inside: path }))];
  const place = { ...where, readOnly, path: searchPath(toolchains), shown };
  for (const { inside } of readOnly) checkLent(place, inside);
  return { ...place, shown: [...shown, ...shows] };
}

function shownBy(mechanism: Mechanism): readonly string[] {
  if (mechanism.kind === 'seatbelt') return seatbeltShown;
  if (mechanism.kind === 'none') return ['/usr'];
  const folders = mechanism.host.rootFolders.filter(({ link }) => link === undefined);
  return ['/usr', ...folders.map(({ path }) => path)];
}

/** Lent files get mount points of their own, which must not be made where a command could plant links. */
function checkLent({ folder, shown }: ProgramPlace, inside: string): void {
  const taken = ['/etc', '/proc', '/dev', '/sys', ...shown].some((dir) => isInside(dir, inside));
  const odd = !isAbsolute(inside) || normalize(inside) !== inside;
  if (taken || odd || isInside(folder, inside) || isInside(inside, folder))
    throw new AtomError('blocked', `A file cannot be shown at ${inside} inside the jail.`);
}
