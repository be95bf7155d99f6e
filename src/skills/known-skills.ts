import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { digestOf, sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import { isWhole, moduleOf, RECIPE, writeWhole } from './compile.ts';
import type { SkillSources } from './trust/sources.ts';

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

/**
 * A digest of everything that a compiled skill and its description come from: each file of its folder, the
 * compiler and how it is told to compile, zod, the runner and Node.
 */
export async function madeFrom(sources: SkillSources, runnerPath: string): Promise<string> {
  const compiler = fileURLToPath(import.meta.resolve('esbuild/package.json'));
  const zod = fileURLToPath(import.meta.resolve('zod/package.json'));
  const digests = await Promise.all([compiler, zod, runnerPath].map(digestOfFile));
  return digestOf([RECIPE, process.version, sources.digest, digests]);
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

/** The file that keeps what was found of a skill. */
export const cardOf = ({ folder, cache }: SkillPlace): string =>
  join(cache, `${sha256(folder)}.json`);

const digestOfFile = async (path: string): Promise<string> => sha256(await readFile(path));
