import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { digestOf, sha256 } from '../base/digest.ts';
import { systemCode } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { isWhole, moduleOf, RECIPE, writeWhole } from './compile.ts';

/** What came of compiling a skill and of describing it. */
export interface KnownSkill {
  /** SHA-256 of its compiled module, which is the module's name in `cache` as well. */
  readonly digest: string;
  /** What it said of itself in its jail. */
  readonly described: Json;
}

/** A skill's folder, and where compiled skills are kept. */
export interface SkillPlace {
  readonly folder: string;
  readonly cache: string;
}

const kept = z.strictObject({ madeFrom: z.string(), digest: z.string(), described: z.json() });

/** Reading more at every start would take longer than compiling. */
const MOST_ENTRIES = 500;
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * A digest of everything that a compiled skill and its description come from: each file of its folder, the
 * compiler and how it is told to compile, zod, the runner and Node. Undefined where that cannot be told, as
 * for a folder with links in it, or takes too long: such a skill is compiled each time.
 */
export async function madeFrom(folder: string, runnerPath: string): Promise<string | undefined> {
  try {
    const files = await filesOf(folder);
    if (!files) return undefined;
    const compiler = fileURLToPath(import.meta.resolve('esbuild/package.json'));
    const zod = fileURLToPath(import.meta.resolve('zod/package.json'));
    const digests = await Promise.all([...files, compiler, zod, runnerPath].map(digestOfFile));
    return digestOf([RECIPE, process.version, files, digests]);
  } catch (error) {
    // A file that cannot be read may not even be part of the skill: the compiler will say so where it is.
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** What an earlier start found, where nothing that it came from changed and the module is still whole. */
export async function recall(
  { folder, cache }: SkillPlace,
  key: string,
): Promise<KnownSkill | undefined> {
  try {
    const found = kept.parse(JSON.parse(await readFile(cardOf({ folder, cache }), 'utf8')));
    if (found.madeFrom !== key) return undefined;
    const { digest, described } = found;
    if (!(await isWhole(moduleOf(cache, digest), digest))) return undefined;
    return { digest, described: described as Json };
  } catch {
    // Not there, cut short or of another version: it is found out anew.
    return undefined;
  }
}

/** Keeps what was found, in the place of what was kept for this folder before. */
export const remember = (
  place: SkillPlace,
  key: string,
  { digest, described }: KnownSkill,
): Promise<void> =>
  writeWhole(cardOf(place), JSON.stringify({ madeFrom: key, digest, described }), place.cache);

const cardOf = ({ folder, cache }: SkillPlace): string => join(cache, `${sha256(folder)}.json`);

const digestOfFile = async (path: string): Promise<string> => sha256(await readFile(path));

/** The files below a folder, in order; undefined where that is too much, or not only files and folders. */
async function filesOf(folder: string): Promise<readonly string[] | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  if (entries.length > MOST_ENTRIES) return undefined;
  if (entries.some((entry) => !entry.isFile() && !entry.isDirectory())) return undefined;
  const files = entries.flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes > MOST_BYTES ? undefined : files.toSorted();
}
