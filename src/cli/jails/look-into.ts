import { relative } from 'node:path';
import type { JailSpec } from '../../domain/jail.ts';
import { findGuards } from '../../jail/guards.ts';
import { knowJails } from '../../jail/known-jails.ts';
import { hiddenInShown } from '../../jail/shown.ts';
import type { Cli } from '../cli.ts';
import { folderRules } from './folder.ts';

/** What a jail keeps from commands, as its folder is now: paths in it, absolute ones elsewhere. */
export interface Found {
  /** May be read, not changed. */
  readonly protected: readonly string[];
  /** May not even be read. */
  readonly hidden: readonly string[];
}

/** Looks into a jail's folder and those that it shows. Throws AtomError where it cannot be used. */
export function lookInto(cli: Cli, jail: JailSpec, all: readonly JailSpec[]): Found {
  const known = knowJails(folderRules(cli), all);
  const { path: folder } = known.open(jail.folder);
  const { git = 'guarded', unprotected = [] } = jail;
  const guards = findGuards(folder, jail.mode, { git, unprotected });
  const shown = (jail.shows ?? []).flatMap((path) => hiddenInShown(known.openShown(path).path));
  const here = guards.map(({ path, how }) => ({ path: relative(folder, path), how }));
  return {
    protected: here.filter(({ how }) => how === 'read-only').map(({ path }) => path),
    hidden: [...here.filter(({ how }) => how.startsWith('hide')), ...shown].map(({ path }) => path),
  };
}
