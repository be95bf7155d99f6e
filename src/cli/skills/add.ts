import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { ensureFolder } from '../../config/folder.ts';
import { readSources } from '../../skills/trust/sources.ts';
import type { Cli } from '../cli.ts';
import { approveSkill } from './approve.ts';
import { fetched } from './fetched.ts';
import { tellEditors } from './new.ts';
import { moveToTrash } from './remove.ts';

/** The files of which one makes a folder a skill. */
const MARKS = ['skill.ts', 'skill.json', 'SKILL.md'];

/** Copies a skill into the profile, runs nothing of it, and asks whether it may be used. */
export async function addSkill(cli: Cli, source: string, replace: boolean): Promise<void> {
  const scratch = mkdtempSync(join(ensureFolder(join(cli.paths.state, 'scratch')), 'skill-'));
  try {
    const from = skillIn(await fetched(cli, source, scratch), source);
    const name = nameOf(from);
    const folder = join(ensureFolder(cli.paths.skills), name);
    const staged = join(scratch, 'staged');
    // Links inside become the files that they lead to; what leads out was refused.
    await readSources(from);
    cpSync(from, staged, {
      recursive: true,
      dereference: true,
      filter: (path) => basename(path) !== '.git',
    });
    const kept = makeRoom(cli, name, replace);
    cpSync(staged, folder, { recursive: true, errorOnExist: true });
    tellEditors(cli.paths);
    if (cli.out.json)
      return cli.out.object({ skill: name, folder, ...(kept ? { replaced: kept } : {}) });
    cli.out.say(`Copied to ${folder}.`);
    if (kept) cli.out.say(`What was there is kept at ${kept}.`);
    cli.out.hint(`Undo:   atom skills remove ${name}`);
    if (cli.mayAsk) await approveSkill(cli, name, { totpStdin: false });
    else cli.out.hint(`It waits for you to look at it:   atom skills approve ${name}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The folder itself, or the only one in it that is a skill. */
function skillIn(folder: string, source: string): string {
  if (isSkill(folder)) return folder;
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isSkill(join(folder, entry.name)))
    .map((entry) => join(folder, entry.name));
  const [only] = inside;
  if (only !== undefined && inside.length === 1) return only;
  throw new AtomError('usage', `${source} is no skill: it has no ${MARKS.join(', ')}.`, {
    next: inside.slice(0, 10).map((one) => `atom skills add ${one}`),
  });
}

const isSkill = (folder: string): boolean => MARKS.some((file) => existsSync(join(folder, file)));

/** What a skill calls itself is what its folder must be called. */
function nameOf(folder: string): string {
  const mark = MARKS.find((file) => existsSync(join(folder, file))) ?? '';
  const text = readFileSync(join(folder, mark), 'utf8');
  const said = /(?:^|[\s{,"'])name["']?\s*:\s*["']?([a-z][a-z0-9-]{0,39})\b/m.exec(text)?.[1];
  return said ?? basename(folder);
}

function makeRoom({ paths }: Cli, name: string, replace: boolean): string | undefined {
  if (!existsSync(join(paths.skills, name))) return undefined;
  if (replace) return moveToTrash(paths, name);
  throw new AtomError('usage', `There is a skill ${name} already.`, {
    next: [
      'Put this one in its place:   --replace',
      `Or take that one away:   atom skills remove ${name}`,
    ],
  });
}
