import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { visible } from '../base/visible.ts';
import { OPEN_PLAIN } from '../config/plain-file.ts';
import { FORGOTTEN_DAYS, isNoteName, type Note, type NotePlace } from '../domain/memory.ts';
import { noteFile, readNote } from './note-file.ts';

/** A file of notes, as it is now. */
export interface SeenFile {
  readonly name: string;
  readonly size: number;
  readonly changedAt: number;
}

/**
 * The folder of one place: `<root>/<agent>/<person>`, one file a note. Nobody but the owner and atom reaches
 * it: no jail may be there, and none shows it. No link in it is followed.
 */
export interface NoteFolder {
  readonly path: string;
  /** Another number whenever a file came or went; 0 where there is no folder. */
  stamp(): number;
  /** What notes are called, without a look at any; none where there is no folder yet. */
  names(): Promise<readonly string[]>;
  /** Every note, or those of some names; what is no plain file is left out. */
  files(names?: readonly string[]): Promise<readonly SeenFile[]>;
  /** Undefined where there is no such note. Throws AtomError `blocked` where it is no plain file. */
  read(name: string): Promise<Note | undefined>;
  /** Puts a note in place at once; the one that was there can be brought back. */
  write(note: Note, now: number): Promise<void>;
  /** Sets a note aside, from where it can be brought back. */
  forget(name: string, now: number): Promise<void>;
  /** The newest note of that name that was set aside. */
  forgotten(name: string): Promise<Note | undefined>;
  /** Brings back exactly that. */
  restore(name: string, now: number): Promise<void>;
}

/** Of a file that was made by hand no more is read. */
const MOST_BYTES = 64 * 1024;
const DAY_MS = 86_400_000;
const ENDING = '.md';
/** Where notes go that are forgotten: its name is no note's. */
const ASIDE = '.forgotten';
/** So many of one person can be brought back. */
const MOST_ASIDE = 500;

export function openFolder(root: string, { agent, person }: NotePlace): NoteFolder {
  if (![agent, person].every((part) => /^[a-z0-9][a-z0-9-]*$/.test(part)))
    throw new AtomError('usage', 'That is nobody’s memory.');
  const path = join(root, agent, person);
  const aside = join(path, ASIDE);
  const fileOf = (name: string): string => join(path, name + ENDING);
  const setAside = async (name: string, now: number): Promise<void> => {
    await mkdir(aside, { recursive: true, mode: 0o700 });
    await rename(fileOf(name), join(aside, `${name}.${now}${ENDING}`));
    await flush(aside);
    await flush(path);
    await dropOld(aside, now);
  };
  const newestAside = async (name: string): Promise<string | undefined> =>
    (await namesIn(aside))
      .filter((file) => asideName(file)?.name === name)
      .toSorted((a, b) => (asideName(b)?.at ?? 0) - (asideName(a)?.at ?? 0))[0];
  const isHere = (): boolean => isRealFolder(root, { agent, person });
  const names = async (): Promise<readonly string[]> =>
    isHere() ? (await namesIn(path)).flatMap(noteNamed) : [];
  return {
    path,
    stamp: () => lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    names,
    files: async (some) => (some ?? (await names())).flatMap((name) => seen(fileOf(name), name)),
    read: async (name) =>
      isNoteName(name) && isHere() ? readFrom(fileOf(name), { name, person }) : undefined,
    write: async (note, now) => {
      if (!isNoteName(note.name)) throw new AtomError('usage', 'A note cannot be called that.');
      await mkdir(path, { recursive: true, mode: 0o700 });
      requireReal(isHere());
      if (lstatSync(fileOf(note.name), { throwIfNoEntry: false })) await setAside(note.name, now);
      await writeNew(fileOf(note.name), noteFile(note));
      await flush(path);
    },
    forget: async (name, now) => {
      requireReal(isHere());
      await setAside(name, now);
    },
    forgotten: async (name) => {
      const file = isHere() ? await newestAside(name) : undefined;
      return file === undefined ? undefined : readFrom(join(aside, file), { name, person });
    },
    restore: async (name, now) => {
      requireReal(isHere());
      const file = await newestAside(name);
      if (file === undefined) throw new AtomError('not-found', 'It is not there any more.');
      // What took its place is set aside in turn: nothing is written over.
      if (lstatSync(fileOf(name), { throwIfNoEntry: false })) await setAside(name, now);
      await rename(join(aside, file), fileOf(name));
      await flush(path);
    },
  };
}

/** True where both folders are folders of ours and no links. */
function isRealFolder(root: string, { agent, person }: NotePlace): boolean {
  try {
    return realpathSync(join(root, agent, person)) === join(realpathSync(root), agent, person);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

function requireReal(isReal: boolean): void {
  if (isReal) return;
  throw new AtomError('blocked', 'The folder of these notes is a link, or not there.');
}

function noteNamed(file: string): readonly string[] {
  const name = file.endsWith(ENDING) ? file.slice(0, -ENDING.length) : '';
  return isNoteName(name) ? [name] : [];
}

function seen(path: string, name: string): readonly SeenFile[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? [{ name, size: stats.size, changedAt: stats.mtimeMs }] : [];
}

async function readFrom(
  path: string,
  { name, person }: { readonly name: string; readonly person: string },
): Promise<Note | undefined> {
  const found = await open(path, OPEN_PLAIN).catch(notThere(path));
  if (found === undefined) return undefined;
  try {
    const stats = await found.stat();
    if (!stats.isFile()) throw noFile(path);
    const text = await textOf(found, stats);
    return readNote(text, { name, person, changedAt: stats.mtimeMs });
  } finally {
    await found.close();
  }
}

async function textOf(
  file: Awaited<ReturnType<typeof open>>,
  { size }: Pick<Stats, 'size'>,
): Promise<string> {
  const room = Buffer.alloc(Math.min(size, MOST_BYTES));
  const { bytesRead } = await file.read(room, 0, room.length, 0);
  const text = new TextDecoder().decode(room.subarray(0, bytesRead), { stream: true });
  return size > MOST_BYTES ? `${text}\n(The rest of the file is not read.)` : text;
}

const notThere =
  (path: string) =>
  (error: unknown): undefined => {
    const code = systemCode(error);
    if (code === 'ENOENT') return undefined;
    throw code === 'ELOOP' ? noFile(path) : error;
  };

const noFile = (path: string): AtomError =>
  new AtomError('blocked', `${visible(path)} is a link or no plain file, and is not followed.`);

async function writeNew(path: string, text: string): Promise<void> {
  const draft = join(path, '..', `.${newId()}.new`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await rename(draft, path);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

/** `name.1700000000000.md` of a note that was set aside. */
function asideName(file: string): { readonly name: string; readonly at: number } | undefined {
  const [, name, at] = /^(.+)\.(\d{1,16})\.md$/.exec(file) ?? [];
  return name === undefined ? undefined : { name, at: Number(at) };
}

/** What is too old goes, and the oldest of too many. */
async function dropOld(aside: string, now: number): Promise<void> {
  const all = (await namesIn(aside)).flatMap((file) => {
    const at = asideName(file)?.at;
    return at === undefined ? [] : [{ file, at }];
  });
  const newestFirst = all.toSorted((a, b) => b.at - a.at);
  for (const [place, { file, at }] of newestFirst.entries())
    if (place >= MOST_ASIDE || now - at > FORGOTTEN_DAYS * DAY_MS)
      await rm(join(aside, file), { force: true });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
