import { closeSync, fstatSync, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import { type Breath, createBreath } from './breath.ts';
import { type Caps, MADE_AGAIN, MADE_AGAIN_CAPS, MOST_DEPTH } from './caps.ts';
import { asText, below, type Entry, type Manifest } from './entry.ts';
import { inside, type OpenFolder, openIn, openTop } from './open-folder.ts';

export interface ScanRules {
  readonly caps: Caps;
  /** True where a folder that is made again may be left out once it is large. Its path in bytes. */
  mayLeave(path: string): boolean;
}

/** A manifest without contents, and what is no file, link or folder: it cannot be copied. */
export interface Scan extends Manifest {
  readonly odd: readonly string[];
}

/**
 * Looks at everything in a folder, following no link and reading no file. Throws AtomError `blocked`
 * where it is larger than the caps, holds another file system or is deeper than anybody needs.
 */
export async function scan(folder: string, rules: ScanRules): Promise<Scan> {
  const top = openTop(folder);
  try {
    const stats = fstatSync(top.fd);
    const found = findings(rules.caps);
    found.tree.set('', entryOf(stats));
    const state: State = { rules, found, dev: stats.dev, breath: createBreath(), depth: 0 };
    if (!(await scanFolder(state, top, ''))) throw tooLarge(rules.caps);
    return found;
  } finally {
    closeSync(top.fd);
  }
}

interface Findings {
  readonly tree: Map<string, Entry>;
  readonly left: string[];
  readonly odd: string[];
  readonly caps: Caps;
  bytes: number;
}

interface State {
  readonly rules: ScanRules;
  readonly found: Findings;
  readonly dev: number;
  readonly breath: Breath;
  readonly depth: number;
}

const findings = (caps: Caps): Findings => ({
  tree: new Map(),
  left: [],
  odd: [],
  caps,
  bytes: 0,
});

/** False once there is more than the caps allow. */
async function scanFolder(state: State, here: OpenFolder, path: string): Promise<boolean> {
  if (state.depth > MOST_DEPTH) throw tooDeep(path);
  for (const name of readdirSync(Buffer.from(here.at, 'latin1'), { encoding: 'latin1' })) {
    const pause = state.breath.step();
    // Waiting for nothing ten thousand times would take longer than the looks.
    if (pause) await pause;
    const stats = lstatSync(inside(here, name), { throwIfNoEntry: false });
    // It went away meanwhile.
    if (!stats) continue;
    if (stats.dev !== state.dev) throw otherDisk(below(path, name));
    if (!note(state.found, { here, name, stats }, below(path, name))) return false;
    if (stats.isDirectory() && !(await enter(state, { here, name }, below(path, name))))
      return false;
  }
  return true;
}

interface Spot {
  readonly here: OpenFolder;
  readonly name: string;
}

function note(found: Findings, { here, name, stats }: Spot & { stats: Stats }, path: string) {
  if (stats.isFile()) found.bytes += stats.size;
  if (stats.isSymbolicLink()) {
    const link = linkOf(here, name, stats);
    if (link) found.tree.set(path, link);
  } else if (stats.isFile() || stats.isDirectory()) found.tree.set(path, entryOf(stats));
  else found.odd.push(path);
  return fits(found);
}

async function enter(state: State, { here, name }: Spot, path: string): Promise<boolean> {
  const folder = openOr(here, name);
  if (folder === 'gone') return true;
  if (folder === 'closed') return close(state.found, path);
  try {
    const leaves = MADE_AGAIN.has(name) && state.rules.mayLeave(path);
    const deeper = { ...state, depth: state.depth + 1 };
    return leaves
      ? await enterOrLeave(deeper, folder, path)
      : await scanFolder(deeper, folder, path);
  } finally {
    closeSync(folder.fd);
  }
}

/** What is in a folder that is made again counts only where it is small. */
async function enterOrLeave(state: State, folder: OpenFolder, path: string): Promise<boolean> {
  const { found } = state;
  const own = findings(MADE_AGAIN_CAPS);
  const rules = { ...state.rules, mayLeave: () => false };
  if (!(await scanFolder({ ...state, rules, found: own }, folder, path))) {
    found.left.push(path);
    return true;
  }
  for (const [at, entry] of own.tree) found.tree.set(at, entry);
  found.odd.push(...own.odd);
  found.bytes += own.bytes;
  return fits(found);
}

function openOr(here: OpenFolder, name: string): OpenFolder | 'gone' | 'closed' {
  try {
    return openIn(here, name);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (['EACCES', 'EPERM'].includes(code)) return 'closed';
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return 'gone';
    throw error;
  }
}

function close({ tree }: Findings, path: string): boolean {
  const entry = tree.get(path);
  if (entry?.kind === 'folder') tree.set(path, { ...entry, closed: true });
  return true;
}

const fits = ({ tree, odd, bytes, caps }: Findings): boolean =>
  tree.size + odd.length <= caps.entries && bytes <= caps.bytes;

/** A file (not read yet) or a folder. */
export const entryOf = (stats: Stats): Entry =>
  stats.isDirectory()
    ? { kind: 'folder', ...marksOf(stats) }
    : { kind: 'file', size: stats.size, ...marksOf(stats) };

/** A link with its target; undefined where something else is in its place by now. */
export function linkOf(here: OpenFolder, name: string, stats: Stats): Entry | undefined {
  try {
    const target = readlinkSync(inside(here, name), { encoding: 'latin1' });
    return { kind: 'link', target, ...marksOf(stats) };
  } catch (error) {
    if (['ENOENT', 'EINVAL'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

const marksOf = ({ mode, mtimeMs, ctimeMs, ino }: Stats) => ({
  mode: mode & 0o7777,
  mtime: mtimeMs,
  ctime: ctimeMs,
  ino,
});

const tooLarge = ({ entries, bytes }: Caps): AtomError =>
  new AtomError(
    'blocked',
    `the folder holds more than ${entries.toLocaleString('en')} files or ${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MiB`,
  );

const tooDeep = (path: string): AtomError =>
  new AtomError('blocked', `${asText(path).slice(0, 80)}… is too deep in its folder`);

const otherDisk = (path: string): AtomError =>
  new AtomError('blocked', `another file system is mounted at ${asText(path)}`);
