import type { Dirent } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { plainName, protectedNames } from '../../domain/protected-names.ts';
import { asText, below } from './byte-path.ts';
import type { Eyes } from './eyes.ts';
import { gitItems, isWorktreeLink } from './git-folder.ts';
import type { Item } from './item.ts';
import { itemAt } from './item-at.ts';
import { scriptItems } from './package-scripts.ts';

/** What agents take as instructions. People ask agents to write them, so they stay and are told. */
const INSTRUCTIONS: ReadonlySet<string> = new Set([
  ...['agents.md', 'claude.md', 'gemini.md', '.cursorrules', '.windsurfrules', '.clinerules'],
  '.github/copilot-instructions.md',
]);
const MEANINGFUL: ReadonlySet<string> = new Set([
  ...protectedNames.map(plainName),
  ...INSTRUCTIONS,
]);
/** Folders in which a name means something that it does not mean elsewhere: `.github/workflows`. */
const FOLDERS: ReadonlySet<string> = new Set(
  [...MEANINGFUL].filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''),
);
/** Looks that take about five milliseconds; then everybody else has a turn. */
const STEPS = 2000;

/**
 * Everything in a jail that other programs would run or trust, at any depth: a limit would only tell a
 * command how deep to dig. What is in `node_modules` is code that its owner runs knowingly, and is not
 * looked at. Throws AtomError `blocked` where the jail is too large, and system errors.
 */
export async function findItems(
  eyes: Eyes,
  unprotected: readonly string[],
  onFolder: (path: string, entries: readonly Dirent[]) => void = () => undefined,
): Promise<readonly Item[]> {
  const exempt = new Set(unprotected);
  const items: Item[] = [...scriptItems(eyes)];
  const open = [''];
  let steps = 0;
  for (const here of open) {
    const entries = eyes.list(here);
    onFolder(here, entries);
    if (isBare(entries) && !exempt.has('.git')) items.push(...gitItems(eyes, here));
    const parent = nameOf(here.slice(here.lastIndexOf('/') + 1));
    for (const entry of entries) {
      const found = itemsOf({ eyes, exempt, here, parent }, entry);
      if (found) items.push(...found);
      else if (entry.isDirectory()) open.push(below(here, entry.name));
    }
    steps += entries.length;
    if (steps > STEPS) {
      steps = 0;
      await setImmediate();
    }
  }
  return items;
}

interface Spot {
  readonly eyes: Eyes;
  readonly exempt: ReadonlySet<string>;
  readonly here: string;
  /** The name of the folder itself. */
  readonly parent: string;
}

/** The items of one entry; undefined where it has no name that means anything. */
function itemsOf({ eyes, exempt, here, parent }: Spot, entry: Dirent): readonly Item[] | undefined {
  const name = nameOf(entry.name);
  const full = FOLDERS.has(parent) ? `${parent}/${name}` : name;
  const known = [full, name].find((each) => MEANINGFUL.has(each));
  const path = below(here, entry.name);
  if (known === 'node_modules') return [];
  if (known === '.git') return exempt.has(known) ? [] : repositoryItems(eyes, path, entry);
  if (known === undefined || exempt.has(known)) return undefined;
  const items = itemAt(eyes, path);
  return INSTRUCTIONS.has(known) ? items.map((item) => ({ ...item, fate: 'instructions' })) : items;
}

function repositoryItems(eyes: Eyes, path: string, entry: Dirent): readonly Item[] {
  if (entry.isDirectory()) return gitItems(eyes, path);
  return isWorktreeLink(eyes, path) ? [] : itemAt(eyes, path);
}

/** Git takes any folder with these three for a repository, and reads its configuration. */
const isBare = (entries: readonly Dirent[]): boolean =>
  ['HEAD', 'objects', 'refs'].every((name) => entries.some((entry) => entry.name === name));

/** A name of a folder as forgiving file systems see it. Most names need no second thought. */
const nameOf = (bytes: string): string =>
  /^[ -~]*$/.test(bytes) ? bytes.toLowerCase() : plainName(asText(bytes));
