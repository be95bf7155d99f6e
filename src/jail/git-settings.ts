import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { systemCode } from '../base/errors.ts';

/** Who commits, and what a new repository's branch is called, where the owner said so. */
export interface GitOwner {
  readonly name?: string;
  readonly email?: string;
  readonly defaultBranch?: string;
}

/** A settings file that is larger is no settings file. */
const MOST_BYTES = 64 * 1024;

/**
 * What the owner's own settings of git say about them; of several files the last that says it counts.
 * Only these three values are taken. Nothing is run, and no `include` is followed.
 */
export const readGitOwner = (files: readonly string[]): GitOwner =>
  Object.assign({}, ...files.map((file) => gitOwnerIn(textOf(file))));

/** The same of the text of one file. What cannot be read with certainty is left out. */
export function gitOwnerIn(text: string): GitOwner {
  const found: { -readonly [Key in keyof GitOwner]: GitOwner[Key] } = {};
  let section = '';
  for (const line of text.replaceAll(/\\\r?\n/g, '').split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) section = HEADER.exec(line)?.[1]?.toLowerCase() ?? '';
    const [, name = '', rest = ''] = SETTING.exec(line) ?? [];
    const key = KEYS[`${section}.${name.toLowerCase()}`];
    const value = key && valueIn(rest);
    if (key && value !== undefined && FITS[key].test(value)) found[key] = value;
  }
  return found;
}

/**
 * Settings of git for every jail, the weakest there are: a repository's own win. The text says who
 * commits, and keeps git from failing at what a jail does not let it write.
 */
export const gitSettings = ({ name, email, defaultBranch }: GitOwner): string =>
  [
    '[user]',
    // An address of the owner without a name, or the other way round, would be nobody's.
    `\tname = ${quoted(name !== undefined && email !== undefined ? name : 'atom')}`,
    `\temail = ${quoted(name !== undefined && email !== undefined ? email : 'atom@localhost')}`,
    '[init]',
    `\tdefaultBranch = ${quoted(defaultBranch ?? 'main')}`,
    // Branches that follow another one are noted in .git/config, which commands may not change.
    '[branch]',
    '\tautoSetupMerge = false',
    '[advice]',
    '\tdetachedHead = false',
    // It would go on in the background, and die with the command.
    '[gc]',
    '\tauto = 0',
    '[maintenance]',
    '\tauto = false',
    // Writes below .git/info, which commands may not change.
    '[repack]',
    '\tupdateServerInfo = false',
    '',
  ].join('\n');

const HEADER = /^\s*\[([a-z0-9.-]+)\]\s*([#;].*)?$/i;
const SETTING = /^\s*([a-z][a-z0-9-]*)\s*=\s*(.*)$/i;

const KEYS: Readonly<Record<string, keyof GitOwner>> = {
  'user.name': 'name',
  'user.email': 'email',
  'init.defaultbranch': 'defaultBranch',
};

const FITS: Readonly<Record<keyof GitOwner, RegExp>> = {
  name: /^[^\p{Cc}\p{Cf}<>]{1,200}$/u,
  email: /^[^\s\p{Cc}\p{Cf}<>]{1,200}$/u,
  defaultBranch: /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
};

/** A value on one line, bare or all in quotes; undefined for what only git could make sense of. */
function valueIn(text: string): string | undefined {
  const all = /^"((?:[^"\\]|\\["\\])*)"\s*(?:[#;].*)?$/.exec(text);
  if (all) return all[1]?.replace(/\\(["\\])/g, '$1');
  const bare = text.replace(/\s*[#;].*$/, '').trim();
  return bare === '' || /["\\]/.test(bare) ? undefined : bare;
}

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

function textOf(file: string): string {
  try {
    // Owners keep their settings elsewhere and link to them.
    const real = realpathSync(file);
    const stats = lstatSync(real);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(real, 'utf8') : '';
  } catch (error) {
    if (systemCode(error) !== undefined) return '';
    throw error;
  }
}
