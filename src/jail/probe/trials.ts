import { existsSync, lstatSync } from 'node:fs';
import { join, relative } from 'node:path';
import { visible } from '../../base/visible.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { gitOf } from '../../domain/jail-words.ts';
import type { Guard } from '../bwrap-args.ts';
import { findGuards } from '../guards.ts';
import { hiddenInShown } from '../shown.ts';

/** One thing that a command tries, and whether it should succeed. */
export interface Trial {
  readonly name: string;
  readonly how: 'list' | 'make' | 'append' | 'bytes' | 'entries' | 'connect';
  /** Absolute; for `connect` a port of this machine. */
  readonly at: string;
  readonly works: boolean;
}

/** What most people have at home. */
const OF_HOME = ['.ssh', '.gnupg', '.config', '.bashrc', '.profile', '.zshrc'];
/** Of each kind; a jail with more is held to these. */
const MOST = 40;

/** What is tried in a jail's own folder, `folder` being its real path. */
export function trialsIn(folder: string, jail: JailSpec): readonly Trial[] {
  const writes = jail.mode === 'read-write';
  const { git = 'guarded', unprotected = [] } = jail;
  const guards = findGuards(folder, jail.mode, { git, unprotected });
  const named = (path: string): string => visible(relative(folder, path));
  const some = (how: Guard['how']): readonly Guard[] =>
    guards.filter((guard) => guard.how === how).slice(0, MOST);
  const free = ['.git', ...unprotected].filter((name) => isFolder(join(folder, name)));
  return [
    trial('files in the folder can be read', 'list', folder, true),
    trial(
      writes ? 'files in the folder can be made' : 'no file can be made in the folder',
      ...(['make', folder, writes] as const),
    ),
    ...free
      .filter((name) => name !== '.git' || gitOf(jail) !== 'read-only')
      .map((name) => trial(canWrite(name, writes), 'make', join(folder, name), writes)),
    ...some('read-only').map(({ path }) => {
      const how = isFolder(path) ? 'make' : 'append';
      return trial(`${named(path)} cannot be changed`, how, path, false);
    }),
    ...hiddenTrials([...some('hide-file'), ...some('hide-folder')], named),
  ];
}

const canWrite = (name: string, writes: boolean): string =>
  writes ? `files in ${name} can be made` : `no file can be made in ${name}`;

const hiddenTrials = (
  guards: readonly Guard[],
  named: (path: string) => string,
): readonly Trial[] =>
  guards.map(({ path, how }) =>
    trial(
      `${named(path)} is hidden`,
      ...([how === 'hide-file' ? 'bytes' : 'entries', path, false] as const),
    ),
  );

/** What is tried in a folder that a jail shows. */
export const shownTrials = (path: string): readonly Trial[] => [
  trial(`${visible(path)} can be read`, 'list', path, true),
  trial(`${visible(path)} cannot be changed`, 'make', path, false),
  ...hiddenTrials(hiddenInShown(path).slice(0, MOST), visible),
];

/** What is tried of everything else: folders that no command may see, and a port of this machine. */
export const outsideTrials = (
  { home, own }: { readonly home: string; readonly own: readonly string[] },
  port: number,
): readonly Trial[] => [
  // The home folder itself may be there, as the way to the jail, with nothing else in it.
  ...[...own, ...OF_HOME.map((name) => join(home, name))]
    .filter((path) => existsSync(path))
    .map((at) => trial(`${visible(at)} cannot be seen`, 'list', at, false)),
  trial('ports of this machine cannot be reached', 'connect', String(port), false),
];

/** What to try, where, and whether it should work. */
const trial = (name: string, ...[how, at, works]: [Trial['how'], string, boolean]): Trial => ({
  name,
  how,
  at,
  works,
});

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
