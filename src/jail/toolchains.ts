import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';

/** Where the owner's programs may be shown to jails, and where not. */
export interface ToolchainRules {
  /** Folders of programs, in the owner's order. */
  readonly path: readonly string[];
  readonly home: string;
  /** Folders that no toolchain may lie in or around: atom's own, and every jail. */
  readonly apart: readonly string[];
  readonly uid: number;
}

/** Each costs a mount at every start. */
const MOST = 8;

/**
 * One version of one language each, where its manager keeps it: nothing but programs and libraries lies
 * there. What other folders of a home hold besides is not known, so they are not shown.
 */
const SHAPES: readonly RegExp[] = [
  /\/\.nvm\/versions\/node\/[^/]+$/,
  /\/fnm\/node-versions\/[^/]+\/installation$/,
  /\/\.volta\/tools\/image\/(node|npm|pnpm|yarn)\/[^/]+$/,
  /\/n\/versions\/node\/[^/]+$/,
  /\/\.pyenv\/versions\/[^/]+$/,
  /\/\.rbenv\/versions\/[^/]+$/,
  /\/(\.asdf|mise)\/installs\/[^/]+\/[^/]+$/,
  /\/\.rustup\/toolchains\/[^/]+$/,
  /\/\.sdkman\/candidates\/[^/]+\/[^/]+$/,
];

/**
 * Install prefixes on the owner's PATH that jails may be shown, real paths, in the order of PATH: those of
 * version managers, that nobody else can change. Anything doubtful is left out.
 */
export function findToolchains({ path, home, apart, uid }: ToolchainRules): readonly string[] {
  const found = path
    .map(realOf)
    .flatMap((folder) => (folder?.endsWith('/bin') ? [dirname(folder)] : []))
    .filter((prefix) => SHAPES.some((shape) => shape.test(prefix)))
    .filter((prefix) => !isInside(prefix, home))
    .filter((prefix) => !apart.some((other) => isInside(other, prefix) || isInside(prefix, other)))
    .filter((prefix) => isOwn(prefix, uid));
  return [...new Set(found)].slice(0, MOST);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** True where only the owner and root can change it, or put another in its place. */
const isOwn = (prefix: string, uid: number): boolean =>
  [prefix, `${prefix}/bin`, ...above(prefix)].every((folder) => isTrusted(lstatSync(folder), uid));

const isTrusted = (stats: Stats, uid: number): boolean =>
  stats.isDirectory() &&
  (stats.uid === uid || stats.uid === 0) &&
  // In a folder such as /tmp only the owner of something can put it away.
  ((stats.mode & 0o022) === 0 || (stats.mode & 0o1000) !== 0);

const above = (path: string): readonly string[] =>
  path === '/' ? [] : [dirname(path), ...above(dirname(path))];
