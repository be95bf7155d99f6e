import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AtomError, systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Agent } from '../../domain/agent.ts';
import type { Lend, LentFolder } from '../../domain/jail.ts';
import { shownAt, skillsNamedIn } from '../../domain/text-skill.ts';
import { readFolder, type SkillFolder } from './folder.ts';
import { mayUseText } from './may-use.ts';
import type { TextShelf } from './shelf.ts';

/**
 * Shows commands the folders of the skills that they name: a copy of exactly what was approved, named by its
 * digest in `cache`, which nobody changes and a jail shows read-only.
 */
export const createLend =
  (shelf: Pick<TextShelf, 'open'>, cache: string): Lend =>
  async (words, agent) => {
    const lent: LentFolder[] = [];
    for (const name of skillsNamedIn(words))
      lent.push(await lendOne(shelf, cache, { name, agent }));
    return lent;
  };

async function lendOne(
  shelf: Pick<TextShelf, 'open'>,
  cache: string,
  { name, agent }: { readonly name: string; readonly agent: Agent | undefined },
): Promise<LentFolder> {
  const { skill, contents } = await shelf.open(name);
  if (!mayUseText(skill, agent))
    throw new AtomError('blocked', `The agent ${agent?.name} may not use the skill ${name}.`);
  if (!skill.approved)
    throw new AtomError(
      'blocked',
      `What came with the skill ${name} does not run: it is not approved as it is now.`,
      { next: [`Look at it and approve it: atom skills approve ${name}`] },
    );
  const host = await keptCopy(contents, cache);
  return { skill: name, digest: contents.digest, host, inside: shownAt(name) };
}

/** A folder with these files and no others; made where there is none that is whole. */
async function keptCopy(contents: SkillFolder, cache: string): Promise<string> {
  const copy = join(cache, contents.digest);
  if (await isWhole(copy, contents.digest)) return copy;
  const part = join(cache, `${newId()}.part`);
  for (const { path, bytes, executable } of contents.files) {
    await mkdir(dirname(join(part, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(part, path), bytes, { mode: executable ? 0o555 : 0o444 });
  }
  await rm(copy, { recursive: true, force: true });
  await rename(part, copy).catch((error: unknown) => {
    // Somebody else made the same one meanwhile.
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
    return rm(part, { recursive: true, force: true });
  });
  return copy;
}

async function isWhole(copy: string, digest: string): Promise<boolean> {
  try {
    const found = await readFolder(copy);
    return found.digest === digest && found.links.length === 0;
  } catch (error) {
    if (error instanceof AtomError) return false;
    throw error;
  }
}
