import { isAbsolute, normalize } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';
import { searchPath } from './clean-env.ts';
import type { Mechanism } from './mechanism.ts';
import type { ProgramPlace } from './program.ts';
import { seatbeltShown } from './seatbelt.ts';

/**
 * Where programs are looked for, for one jail; `folder` and `cwd` are real. Throws AtomError `blocked`
 * where a lent file would appear in the jail's folder or over the system.
 */
export function placeOf(
  mechanism: Mechanism,
  toolchains: readonly string[],
  where: Pick<ProgramPlace, 'folder' | 'cwd' | 'readOnly' | 'jail'>,
): ProgramPlace {
  const shown = [...shownBy(mechanism), ...toolchains];
  const place = { ...where, path: searchPath(toolchains), shown };
  for (const { inside } of where.readOnly) checkLent(place, inside);
  return place;
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
