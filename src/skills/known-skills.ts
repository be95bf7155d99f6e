import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf, sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import { compiledFrom, isWhole, keepModule, moduleOf, writeWhole } from './compile.ts';
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
 * A digest of everything that a compiled skill and its description come from: what it is compiled from, the
 * runner and Node.
 */
export async function madeFrom(sources: SkillSources, runnerPath: string): Promise<string> {
  const runner = sha256(await readFile(runnerPath));
  return digestOf([await compiledFrom(sources), process.version, runner]);
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

const made = z.strictObject({ text: z.string(), described: z.json() });

/**
 * What the build made of exactly these files, the module kept as if it had been compiled now. Whoever could write
 * something else there could change atom itself. None where the build never saw them: a file was changed since, or
 * what every skill is compiled with.
 */
export async function takePrecompiled(
  { precompiled, cache }: { readonly precompiled?: string; readonly cache: string },
  sources: SkillSources,
): Promise<KnownSkill | undefined> {
  if (precompiled === undefined) return undefined;
  try {
    const path = join(precompiled, await precompiledName(sources));
    const { text, described } = made.parse(JSON.parse(await readFile(path, 'utf8')));
    const { digest } = await keepModule(cache, text);
    return { digest, described: described as Json };
  } catch {
    // Not there, or not what it should be: it is made as all others.
    return undefined;
  }
}

/** The file that the build makes of a skill with these files. */
export const precompiledName = async (sources: SkillSources): Promise<string> =>
  `${await compiledFrom(sources)}.json`;

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
