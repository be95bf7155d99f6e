import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asAtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { JailSpec, Launch } from '../../domain/jail.ts';
import { isInside } from '../../domain/jail-choice.ts';
import type { TestResult } from '../../domain/skill-trust.ts';
import { emptyJail, type SkillHost } from '../runtime/host.ts';
import type { FoundFolder, LoadedSkill } from '../trust/judge.ts';
import { callOnce } from './call-once.ts';
import { type Case, readCases } from './cases.ts';
import { standIn } from './stand-in.ts';

export interface TryDeps {
  readonly host: SkillHost;
  readonly cache: string;
  /** Where the folders of tests are made, a real path; each is gone afterwards. */
  readonly scratch: string;
  /** Starts processes in such a folder as in a jail. */
  readonly launchFor: (folder: string) => Launch;
}

/** Tries a skill as its own tests say, in the jail that it has in life. Throws AtomError `usage` without tests. */
export async function trySkill(
  deps: TryDeps,
  found: FoundFolder,
  signal: AbortSignal,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const one of await readCases(deps, found, signal)) {
    const why = await tryOne(deps, { found, one }, signal);
    results.push({ name: one.name, ok: why === undefined, ...(why === undefined ? {} : { why }) });
  }
  return results;
}

async function tryOne(
  deps: TryDeps,
  { found, one }: { readonly found: FoundFolder; readonly one: Case },
  signal: AbortSignal,
): Promise<string | undefined> {
  const loaded = found.skills.find(({ skill }) => skill.name === (one.skill ?? skill.name));
  if (!loaded) return `there is no skill named ${one.skill}`;
  const folder = await realpath(await mkdtemp(join(deps.scratch, 'test-')));
  try {
    await putFiles(folder, one.files);
    const value = await callIn(deps, { folder, loaded, one }, signal);
    if (one.fails !== undefined) return `it gave ${JSON.stringify(value)} instead of failing`;
    return (
      (one.gives === undefined ? undefined : differs(value, one.gives as Json)) ??
      (await missed(folder, one))
    );
  } catch (thrown) {
    signal.throwIfAborted();
    const { message } = asAtomError(thrown);
    return one.fails !== undefined && message.includes(one.fails)
      ? undefined
      : `it failed: ${message}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Trying {
  readonly folder: string;
  readonly loaded: LoadedSkill;
  readonly one: Case;
}

async function callIn(
  deps: TryDeps,
  { folder, loaded, one }: Trying,
  signal: AbortSignal,
): Promise<Json> {
  const { skill, module } = loaded;
  const { permissions, name, digest } = skill;
  const mode = permissions.files === 'write' ? 'read-write' : 'read-only';
  const own: JailSpec = { name: 'test', folder, mode };
  const jail = permissions.files === 'none' ? emptyJail(deps.host) : own;
  const host = jail === own ? { ...deps.host, launch: deps.launchFor(folder) } : deps.host;
  const bounds = { skill: name, permissions, ownJail: own.name };
  const use = standIn({ folder, bounds, answers: one.answers });
  const call = { skill: name, input: one.input as Json, module, digest, jail, use };
  return await callOnce(host, call, signal);
}

async function putFiles(folder: string, files: Case['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    if (!isInside(folder, place)) continue;
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}

/** Where a value is not what was expected; of an object, the fields that are named. */
function differs(value: Json, expected: Json, at = 'it'): string | undefined {
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

async function missed(folder: string, { leaves }: Case): Promise<string | undefined> {
  for (const [path, text] of Object.entries(leaves)) {
    const place = await realpath(join(folder, path)).catch(() => undefined);
    if (place === undefined || !isInside(folder, place)) return `it left no file ${path}`;
    const found = await readFile(place, 'utf8');
    if (found !== text) return `${path} holds ${JSON.stringify(found.slice(0, 200))}`;
  }
  return undefined;
}
