import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { isInside } from '../../domain/jail-choice.ts';
import type { Case } from './cases.ts';
import type { FileAct } from './stand-in.ts';

/** Lays out what a test says lies in its folder. */
export async function putFiles(folder: string, files: Case['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    if (!isInside(folder, place)) continue;
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}

/** Where a value is not what was expected; of an object, the fields that are named. */
export function differs(value: Json, expected: Json, at = 'it'): string | undefined {
  if (expected === null || typeof expected !== 'object')
    return value === expected
      ? undefined
      : `${at} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  if (value === null || typeof value !== 'object')
    return `${at} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  if (Array.isArray(expected) && (value as readonly Json[]).length !== expected.length)
    return `${at} has ${(value as readonly Json[]).length ?? 'no'} items, not ${expected.length}`;
  const fields = value as { readonly [key: string]: Json };
  for (const [key, wanted] of Object.entries(expected)) {
    const found = Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;
    const why = differs(found, wanted, `${at}.${key}`);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Which file a skill did not leave as a test says; undefined where all are there. */
export async function missed(
  files: FileAct,
  { leaves }: Pick<Case, 'leaves'>,
): Promise<string | undefined> {
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
