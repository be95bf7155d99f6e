import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { isInside } from '../../domain/jail-choice.ts';
import type { Case } from './cases.ts';
import { differs } from './differs.ts';
import type { FileAct } from './stand-in.ts';

/** A new folder for one test; gives back its real path. */
export const makeFolder = async (scratch: string): Promise<string> =>
  realpath(await mkdtemp(join(scratch, 'test-')));

/** Puts the files of a test into its folder, where nothing runs yet. */
export async function putFiles(folder: string, files: Case['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    if (!isInside(folder, place)) continue;
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}

export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true });

/** What a test finds wrong with what a skill gave and left, in words; undefined where nothing is. */
export async function whyWrong(
  files: FileAct,
  { gives, leaves }: Pick<Case, 'gives' | 'leaves'>,
  value: Json,
): Promise<string | undefined> {
  const why = gives === undefined ? undefined : differs(value, gives as Json);
  if (why !== undefined) return why;
  for (const [path, text] of Object.entries(leaves)) {
    // The skill may have left a link or a pipe in its place.
    const found = await files('file.read', { path }).catch(inWords);
    if (typeof found === 'string') return `it left no file ${path}: ${found}`;
    const { text: holds = '' } = found as { readonly text?: string };
    if (holds !== text) return `${path} holds ${JSON.stringify(holds.slice(0, 200))}`;
  }
  return undefined;
}

function inWords(error: unknown): string {
  if (error instanceof AtomError) return error.message;
  throw error;
}
