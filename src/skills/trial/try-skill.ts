import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asAtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Json } from '../../base/json.ts';
import type { JailSpec, Launch } from '../../domain/jail.ts';
import type { TestResult } from '../../domain/skill-trust.ts';
import { emptyJail, type SkillHost } from '../runtime/host.ts';
import type { FoundFolder, LoadedSkill } from '../trust/judge.ts';
import { type Case, callAlone, readCases } from './cases.ts';
import { differs, missed, putFiles } from './outcome.ts';
import { type FileAct, standIn } from './stand-in.ts';

export interface TryDeps {
  readonly host: SkillHost;
  readonly cache: string;
  /** Where the folders of tests are made, a real path; each is gone afterwards. */
  readonly scratch: string;
  /** Starts processes in such a folder as in a jail. */
  readonly launchFor: (folder: string) => Launch;
  /** Works with the files of such a folder, its jail, while the skill has it. */
  readonly filesIn: (jail: JailSpec) => FileAct;
}

/** The name of the jail that a test's folder is. */
const JAIL = 'test';

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
    const files = deps.filesIn({ name: JAIL, folder, mode: 'read-write' });
    const value = await callIn(deps, { folder, files, loaded, one }, signal);
    if (one.fails !== undefined) return `it gave ${JSON.stringify(value)} instead of failing`;
    return (
      (one.gives === undefined ? undefined : differs(value, one.gives as Json)) ??
      (await missed(files, one))
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
  readonly files: FileAct;
  readonly loaded: LoadedSkill;
  readonly one: Case;
}

async function callIn(
  deps: TryDeps,
  { folder, files, loaded, one }: Trying,
  signal: AbortSignal,
): Promise<Json> {
  const { skill, module, program } = loaded;
  const { permissions, name, digest } = skill;
  const mode = permissions.files === 'write' ? 'read-write' : 'read-only';
  const own: JailSpec = { name: JAIL, folder, mode };
  const jail = permissions.files === 'none' ? emptyJail(deps.host) : own;
  const host = jail === own ? { ...deps.host, launch: deps.launchFor(folder) } : deps.host;
  const bounds = { skill: name, permissions, ownJail: own.name, session: 'test' };
  const use = standIn({ files, bounds, answers: one.answers });
  const call = { skill: name, input: one.input as Json, digest, jail, run: newId(), use };
  return await callAlone(host, { ...call, module, program }, signal);
}
