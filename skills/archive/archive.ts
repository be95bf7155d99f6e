import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createTally, type Member, MOST_BYTES, MOST_ENTRIES, safeParts } from './member.ts';
import { readTar, writeTar } from './tar.ts';
import { type Packed, readZip, writeZip } from './zip.ts';

/** What is in an archive: a line a member. Every one is looked at as if it were unpacked. */
export function listArchive(root: string, path: string): readonly string[] {
  const count = createTally();
  return Array.from(membersIn(root, path), ({ path: name, kind, bytes }) => {
    safeParts(name);
    count(bytes);
    return kind === 'folder' ? name : `${name}  ${bytes} bytes`;
  });
}

/** Unpacks into a folder that is new, so that nothing that was there leads elsewhere. Gives back the count of files. */
export function extract(root: string, path: string, to: string): number {
  // Looked at as a whole before anything is written.
  listArchive(root, path);
  const folder = newPlace(root, to);
  mkdirSync(folder);
  let files = 0;
  for (const { path: name, kind, content } of membersIn(root, path)) {
    const place = join(folder, ...safeParts(name));
    mkdirSync(kind === 'folder' ? place : dirname(place), { recursive: true });
    if (kind === 'folder') continue;
    // Never replaces: of two members by one name the second is a mistake, or a trick.
    writeFileSync(place, content(), { flag: 'wx', mode: 0o644 });
    files += 1;
  }
  return files;
}

/** Packs files and whole folders into a new archive. Gives back the count of files. Links are left out. */
export function create(root: string, path: string, from: readonly string[]): number {
  const place = newPlace(root, path);
  const files = from.flatMap((name) => filesBelow(realpathSync(root), insideOf(root, name)));
  if (files.length === 0) throw new Error('There is nothing to pack.');
  if (/[.]zip$/i.test(path)) writeFileSync(place, writeZip(files), { flag: 'wx' });
  else if (TAR.test(path)) writeFileSync(place, writeTar(files, /z$/i.test(path)), { flag: 'wx' });
  else throw new Error(`What ${path} is to be is not known: name it .zip, .tar or .tar.gz.`);
  return files.length;
}

const TAR = /[.](tar|tar[.]gz|tgz)$/i;

function membersIn(root: string, path: string): Iterable<Member> {
  const place = insideOf(root, path);
  const { size } = lstatSync(place);
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES / 1e6} MB.`);
  const bytes = readFileSync(place);
  return bytes.toString('latin1', 0, 2) === 'PK' ? readZip(bytes) : readTar(bytes);
}

/** The real path of something in the folder. Throws Error where it leads out of it, links followed. */
function insideOf(root: string, path: string): string {
  const [base, real] = [realpathSync(root), realpathSync(resolve(root, path))];
  if (real !== base && !real.startsWith(base + sep))
    throw new Error(`${path} leads out of the folder.`);
  return real;
}

/** A path in a folder that is there, for something that is not. */
function newPlace(root: string, path: string): string {
  const whole = resolve(root, path);
  const place = join(insideOf(root, dirname(whole)), whole.slice(dirname(whole).length + 1));
  if (lstatSync(place, { throwIfNoEntry: false })) throw new Error(`${path} is there already.`);
  return place;
}

function filesBelow(root: string, place: string): readonly Packed[] {
  const waiting = [place];
  const files: Packed[] = [];
  const count = createTally();
  for (let seen = 0; seen < MOST_ENTRIES; seen++) {
    const next = waiting.shift();
    if (next === undefined) return files;
    const stats = lstatSync(next);
    if (stats.isDirectory())
      waiting.push(
        ...readdirSync(next)
          .sort()
          .map((name) => join(next, name)),
      );
    if (!stats.isFile()) continue;
    count(stats.size);
    files.push({ path: relative(root, next), content: readFileSync(next) });
  }
  throw new Error(`There are more than ${MOST_ENTRIES} files.`);
}
