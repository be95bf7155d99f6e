import { AtomError } from '../../base/errors.ts';
import type { Agent } from '../../domain/agent.ts';
import type { Lend, LentFolder } from '../../domain/jail.ts';
import { shownAt, skillsNamedIn } from '../../domain/text-skill.ts';
import { keptCopy } from './kept-copy.ts';
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
  const { skill, contents } = await shelf.open(name, agent?.workspace);
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
