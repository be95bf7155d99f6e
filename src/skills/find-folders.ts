import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';
import type { SkillOrigin } from '../domain/skill.ts';

/** A folder that holds skill folders, such as the package's `skills`. */
export interface SkillRoot {
  readonly folder: string;
  readonly origin: SkillOrigin;
  /** The jail that it lies in, where it does: nothing in it is reached through a link. */
  readonly jail?: { readonly name: string; readonly folder: string };
}

/** Where skills lie: those of the package, the owner's own, and those of jails. */
export const skillRoots = ({
  packageFolder,
  own,
  jails,
}: {
  readonly packageFolder: string;
  readonly own: string;
  /** Their real folders. */
  readonly jails: readonly { readonly name: string; readonly folder: string }[];
}): readonly SkillRoot[] => [
  { folder: join(packageFolder, 'skills'), origin: 'bundled' },
  { folder: own, origin: 'profile' },
  ...jails.flatMap((jail) =>
    [join('.atom', 'skills'), join('.agents', 'skills')].map(
      (below): SkillRoot => ({ folder: join(jail.folder, below), origin: 'jail', jail }),
    ),
  ),
];

/** A folder that holds a skill. */
export interface SkillPlace {
  /** Its name; `jail/name` where it lies in a jail. */
  readonly id: string;
  readonly folder: string;
  readonly origin: SkillOrigin;
  /** The name of that jail. */
  readonly jail?: string;
}

/** The folders of a root that hold one of these files, by name; none where there is no such root. */
export async function skillPlaces(
  root: SkillRoot,
  files: readonly string[],
): Promise<readonly SkillPlace[]> {
  const { folder: rootFolder, origin, jail } = root;
  if (jail && !(await isReally(rootFolder, jail.folder))) return [];
  const names = await readdir(rootFolder).catch(noneIfMissing);
  const folders = names.toSorted().map((name) => join(rootFolder, name));
  const holds = await Promise.all(
    folders.map((folder) => holdsOne(folder, files, jail !== undefined)),
  );
  return folders
    .filter((_, index) => holds[index])
    .map((folder) => ({
      id: jail ? `${jail.name}/${basename(folder)}` : basename(folder),
      folder,
      origin,
      ...(jail ? { jail: jail.name } : {}),
    }));
}

/** True where a folder lies where its path says, below another: no link leads elsewhere. */
async function isReally(folder: string, below: string): Promise<boolean> {
  const real = await realpath(folder).catch(() => undefined);
  return real !== undefined && isInside(below, real) && real === folder;
}

async function holdsOne(folder: string, files: readonly string[], noLinks: boolean) {
  if (noLinks && (await lstat(folder)).isSymbolicLink()) return false;
  const found = await Promise.all(files.map((file) => isFile(join(folder, file))));
  return found.includes(true);
}

export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    (error: unknown) => noneIfMissing(error).length > 0,
  );

function noneIfMissing(error: unknown): string[] {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return [];
  throw error;
}
