import { mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildFailure, Message } from 'esbuild';
import { z } from 'zod';
import { digestOf, sha256 } from '../base/digest.ts';
import { AtomError, systemCode } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { ownImports, PRELOADED, SDK } from './own-imports.ts';
import type { SkillSources } from './trust/sources.ts';

/** A skill made into one module that needs nothing but Node and the zod of its runner. */
export interface CompiledSkill {
  /** Path of the module. */
  readonly module: string;
  /** SHA-256 of the module, which is also its name. */
  readonly digest: string;
}

/** What is compiled: a folder as it was read. */
export interface Compiling {
  readonly folder: string;
  readonly cache: string;
  readonly sources: SkillSources;
  /** What is compiled instead of all that `skill.ts` exports. */
  readonly entry?: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Bundles `<folder>/skill.ts` and what it imports into one file of `cache`, named by its
 * content. Runs none of it. One after the other: two at once would end each other's compiler. Throws AtomError `usage` that names the file and line that is wrong, and
 * `failed` where a file is no longer what `sources` says of it.
 */
export function compileSkill(compiling: Compiling): Promise<CompiledSkill> {
  const next = last.then(() => compile(compiling).finally(stopCompiling));
  last = next.catch(() => undefined);
  return next;
}

const compile = async (compiling: Compiling): Promise<CompiledSkill> =>
  keepModule(compiling.cache, await compiledText(compiling));

/** Puts what a skill was compiled to where compiled modules are kept. */
export async function keepModule(cache: string, text: string): Promise<CompiledSkill> {
  const digest = sha256(text);
  const module = moduleOf(cache, digest);
  if (!(await isWhole(module, digest))) await writeWhole(module, text, cache);
  return { module, digest };
}

/** Where a compiled module lies. */
export const moduleOf = (cache: string, digest: string): string => join(cache, `${digest}.mjs`);

/** Ends the compiler's own process, which would wait for more for ever. */
async function stopCompiling(): Promise<void> {
  const { stop } = await import('esbuild');
  await stop();
}

const ENTRY = "export * from './skill.ts';\n";
const HOW = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  charset: 'utf8',
  logLevel: 'silent',
  minifyWhitespace: true,
  legalComments: 'none',
  // A tsconfig in the skill's surroundings must not change what runs.
  tsconfigRaw: '{}',
} as const;

/** Everything that we add to a skill or tell the compiler: another recipe makes other modules. */
const RECIPE = JSON.stringify([ENTRY, SDK, PRELOADED, HOW]);

/**
 * A digest of everything that a compiled skill comes from: each file of its folder, the compiler and how it is
 * told to compile, and zod.
 */
export async function compiledFrom(sources: SkillSources): Promise<string> {
  const packages = ['esbuild', 'zod'].map((name) => import.meta.resolve(`${name}/package.json`));
  const digests = packages.map(async (url) => sha256(await readFile(fileURLToPath(url))));
  return digestOf([RECIPE, sources.digest, await Promise.all(digests)]);
}

/** The module that a skill is compiled to. Throws as `compileSkill` does. */
export async function compiledText({
  folder: named,
  sources,
  entry = ENTRY,
}: Omit<Compiling, 'cache'>): Promise<string> {
  const { build } = await import('esbuild');
  const folder = await realpath(named);
  const known = new Map(sources.files.map(({ path, digest }) => [path, digest]));
  const changed: string[] = [];
  const onTaken = (path: string, digest: string): void => {
    if (known.get(path) !== digest) changed.push(path);
  };
  const declared = await declaredIn(folder);
  try {
    const { outputFiles } = await build({
      absWorkingDir: folder,
      stdin: {
        contents: entry,
        resolveDir: folder,
        // No name that a file of the skill could have.
        sourcefile: '<atom>',
      },
      plugins: [ownImports({ folder, declared, onTaken })],
      ...HOW,
    });
    if (changed.length > 0) throw changedMeanwhile(changed);
    return outputFiles[0]?.text ?? '';
  } catch (thrown) {
    throw isBuildFailure(thrown) ? notCompiled(thrown) : thrown;
  }
}

const changedMeanwhile = ([path]: readonly string[]): AtomError =>
  new AtomError('failed', `${path} was changed while it was read.`, {
    next: ['Load the skills again:   atom skills list'],
  });

const packageFile = z.looseObject({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The packages that a skill says it needs; none without a `package.json`. */
async function declaredIn(folder: string): Promise<readonly string[]> {
  try {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    return Object.keys(packageFile.parse(JSON.parse(text)).dependencies);
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return [];
    throw new AtomError('usage', 'package.json is not one that can be read.', {
      cause: thrown,
      next: ['Mend it, or remove it where the skill needs no packages.'],
    });
  }
}

const isBuildFailure = (thrown: unknown): thrown is BuildFailure =>
  thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors);

function notCompiled(failure: BuildFailure): AtomError {
  return new AtomError('usage', failure.errors.slice(0, 3).map(lineOf).join('\n'), {
    cause: failure,
    next: ['Mend the file and load the skills again. Other skills are not affected.'],
  });
}

const lineOf = ({ location, text }: Message): string =>
  location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;

/** True where a file is there and holds what has this SHA-256. */
export async function isWhole(path: string, digest: string): Promise<boolean> {
  try {
    return sha256(await readFile(path)) === digest;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Writes a file that nobody changes any more; it has its final name only once it is whole. */
export async function writeWhole(path: string, text: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const part = join(cache, `${newId()}.part`);
  await writeFile(part, text, { mode: 0o444 });
  await rename(part, path);
}
