import { mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import { sha256 } from '../base/digest.ts';
import { AtomError, systemCode } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { ownImports, PRELOADED, SDK } from './own-imports.ts';

/** A skill made into one module that needs nothing but Node and the zod of its runner. */
export interface CompiledSkill {
  /** Path of the module. */
  readonly module: string;
  /** SHA-256 of the module, which is also its name. */
  readonly digest: string;
}

/**
 * Bundles `<folder>/skill.ts` and what it imports into one file of `cache`, named by its
 * content. Runs none of it. Throws AtomError `usage` that names the file and line that is wrong.
 */
export async function compileSkill(folder: string, cache: string): Promise<CompiledSkill> {
  const text = await bundle(await realpath(folder));
  const digest = sha256(text);
  const module = moduleOf(cache, digest);
  if (!(await isWhole(module, digest))) await writeWhole(module, text, cache);
  return { module, digest };
}

/** Where a compiled module lies. */
export const moduleOf = (cache: string, digest: string): string => join(cache, `${digest}.mjs`);

/** Ends the compiler's own process, which would wait for more for ever. */
export async function stopCompiling(): Promise<void> {
  const { stop } = await import('esbuild');
  await stop();
}

const ENTRY = "export * from './skill.ts';\n";
const HOW = {
  ...({ bundle: true, write: false, format: 'esm', platform: 'node' } as const),
  ...({ target: 'node22', charset: 'utf8', logLevel: 'silent' } as const),
  ...({ minifyWhitespace: true, legalComments: 'none' } as const),
  // A tsconfig in the skill's surroundings must not change what runs.
  tsconfigRaw: '{}',
} as const;

/** Everything that we add to a skill or tell the compiler: another recipe makes other modules. */
export const RECIPE = JSON.stringify([ENTRY, SDK, PRELOADED, HOW]);

async function bundle(folder: string): Promise<string> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      absWorkingDir: folder,
      stdin: {
        contents: ENTRY,
        resolveDir: folder,
        sourcefile: 'entry.ts',
      },
      plugins: [ownImports(folder)],
      ...HOW,
    });
    return outputFiles[0]?.text ?? '';
  } catch (thrown) {
    throw isBuildFailure(thrown) ? notCompiled(thrown) : thrown;
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
