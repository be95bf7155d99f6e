import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  openSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { AtomError, asAtomError, systemCode } from '../base/errors.ts';
import { createBreath, LOOKS } from './breath.ts';
import type { Step, Steps } from './compare.ts';
import type { Contents } from './contents.ts';
import { asText, parentOf } from './entry.ts';
import { inside, type OpenFolder, openBelow } from './open-folder.ts';
import { putFile, putFolder, putLink } from './put.ts';

export type Failed = { readonly path: string; readonly why: string };

interface Target {
  readonly folder: string;
  readonly contents: Contents;
}

/**
 * Takes the steps in a folder, never through a link: each folder on the way is opened anew, one at a
 * time. A step that cannot be taken is told and the rest goes on.
 */
export async function applySteps(target: Target, plan: Steps): Promise<readonly Failed[]> {
  const { steps } = plan;
  const failed = new Map<string, Failed>();
  const breath = createBreath();
  const each = async (list: readonly Step[], work: (step: Step) => void | Promise<void>) => {
    for (const step of list) {
      await breath.step(LOOKS.write);
      try {
        await work(step);
      } catch (error) {
        failed.set(step.path, { path: asText(step.path), why: wordsFor(error) });
      }
    }
  };
  const loosened = new Map<string, number>();
  const at = (step: Step, work: (parent: OpenFolder, name: string) => void | Promise<void>) =>
    inParent(target.folder, { path: step.path, loosened }, work);
  await each(steps.filter(isClosed), (step) => at(step, openUp));
  await each(steps.filter(goesFirst).toReversed(), (step) =>
    at(step, (p, n) => remove(p, n, step)),
  );
  const comes = steps.filter(({ before }) => before !== undefined);
  await each(comes, (step) => at(step, (parent, name) => put(target, { parent, name }, step)));
  setFolders(target.folder, plan, loosened);
  return [...failed.values()];
}

/** Removed for good, or so that something of another kind can take its place. */
const goesFirst = ({ before, now }: Step): boolean =>
  now !== undefined && before?.kind !== now.kind;

const isClosed = ({ now }: Step): boolean => now?.kind === 'folder' && now.closed === true;

interface Where {
  readonly path: string;
  /** Permissions of folders that had to be opened for writing, as they were. */
  readonly loosened: Map<string, number>;
}

async function inParent(
  top: string,
  { path, loosened }: Where,
  work: (parent: OpenFolder, name: string) => void | Promise<void>,
): Promise<void> {
  const parent = parentOf(path) ?? '';
  const folder = openBelow(top, parent);
  try {
    const mode = fstatSync(folder.fd).mode & 0o7777;
    if ((mode & 0o300) !== 0o300) {
      if (!loosened.has(parent)) loosened.set(parent, mode);
      fchmodSync(folder.fd, mode | 0o700);
    }
    await work(folder, path.slice(path.lastIndexOf('/') + 1));
  } finally {
    closeSync(folder.fd);
  }
}

/** Linux: a descriptor that says which file is meant and gives no access to it. */
const O_PATH = 0o10000000;

/** Lets us into a folder that its permissions keep us out of. A link in its place is not followed. */
function openUp(parent: OpenFolder, name: string): void {
  if (process.platform !== 'linux') {
    chmodSync(inside(parent, name), 0o700);
    return;
  }
  const { O_DIRECTORY, O_NOFOLLOW } = constants;
  const fd = openSync(inside(parent, name), O_PATH | O_DIRECTORY | O_NOFOLLOW);
  try {
    chmodSync(`/proc/self/fd/${fd}`, 0o700);
  } finally {
    closeSync(fd);
  }
}

function remove(parent: OpenFolder, name: string, { now }: Step): void {
  if (now?.kind === 'folder') rmdirSync(inside(parent, name));
  else unlinkSync(inside(parent, name));
}

async function put(
  { contents }: Target,
  { parent, name }: { readonly parent: OpenFolder; readonly name: string },
  { before, now }: Step,
): Promise<void> {
  if (before?.kind === 'link') putLink(parent, name, before);
  if (before?.kind === 'folder' && now?.kind !== 'folder') putFolder(parent, name);
  if (before?.kind === 'file')
    await contents.read(before.sha ?? '', async (chunks) =>
      putFile(parent, { name, entry: before }, chunks),
    );
}

/** Permissions and times of folders come last, the innermost first: what is put into them changes both. */
function setFolders(top: string, { steps, times }: Steps, loosened: Map<string, number>): void {
  const modes = new Map(loosened);
  for (const { path, before } of steps) if (before?.kind === 'folder') modes.set(path, before.mode);
  const mtimes = new Map(times.map(({ path, mtime }) => [path, mtime]));
  for (const { path, before } of steps)
    if (before?.kind === 'folder') mtimes.set(path, before.mtime);
  const paths = new Set([...modes.keys(), ...mtimes.keys()]);
  for (const path of [...paths].sort().reverse())
    setFolder(top, path, { mode: modes.get(path), mtime: mtimes.get(path) });
}

function setFolder(
  top: string,
  path: string,
  { mode, mtime }: { readonly mode: number | undefined; readonly mtime: number | undefined },
): void {
  const folder = openOrNone(top, path);
  if (!folder) return;
  try {
    if (mtime !== undefined) futimesSync(folder.fd, mtime / 1000, mtime / 1000);
    if (mode !== undefined) fchmodSync(folder.fd, mode);
  } finally {
    closeSync(folder.fd);
  }
}

/** It may have stayed away: what could not be made is on the list of failures already. */
function openOrNone(top: string, path: string): OpenFolder | undefined {
  try {
    return openBelow(top, path);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

const wordsFor = (error: unknown): string =>
  error instanceof AtomError ? error.message : (systemCode(error) ?? asAtomError(error).message);
