import type { JailSpec } from './jail.ts';
import { limitNames, limitUnits, limitWords } from './jail-limits.ts';

/** What commands may change of a repository, from little to much. */
export const gitModes = ['read-only', 'guarded', 'open'] as const;

/** How a jail holds its repositories. */
export const gitOf = ({ git = 'guarded' }: Pick<JailSpec, 'git'>): (typeof gitModes)[number] => git;

/**
 * What a jail lets commands do, on one line: `work (read-write, no network)`. Two jails of one name and
 * folder with the same words let commands do the same, so that what was agreed to under these words
 * holds for no other.
 */
export const jailWords = (jail: JailSpec): string => `${jail.name} (${accessOf(jail).join(', ')})`;

const accessOf = (jail: JailSpec): readonly string[] => {
  const { mode, network = [], unprotected = [], shows = [] } = jail;
  return [
    mode,
    network.length === 0 ? 'no network' : `network: ${network.join(' ')}`,
    ...(gitOf(jail) === 'guarded' ? [] : [`git ${gitOf(jail)}`]),
    ...(unprotected.length === 0 ? [] : [`may change ${unprotected.join(' ')}`]),
    ...(shows.length === 0 ? [] : [`shows ${shows.join(' ')}`]),
    ...limitsOf(jail),
  ];
};

/** The limits that a jail sets itself, one an entry: `wall 120 s`. */
export const limitsOf = ({ limits = {} }: Pick<JailSpec, 'limits'>): readonly string[] =>
  limitNames.flatMap((name) => {
    const value = limits[name];
    return value === undefined ? [] : [`${limitUnits[name].option} ${limitWords(name, value)}`];
  });

/** The jail that commands run in when they name none, unless the settings name another. */
export const WORKSPACE = 'work';
