import { literal } from '../base/literal.ts';

/**
 * How far names are followed. `places`: to where only the name of a user or machine stands, as in a path or a
 * prompt, so that somebody called `mark` can still mark things. `everywhere`: to each word like it, in what
 * strangers will read.
 */
export type Reach = 'places' | 'everywhere';

/**
 * Names of accounts and machines that say nothing of anybody, and the words that stand for what was taken out:
 * to take them out would spoil what is read, and hide nothing.
 */
const COMMON: ReadonlySet<string> = new Set(
  (
    'root user users owner admin administrator guest nobody daemon service sudo wheel staff main atom agent bot ' +
    'node python app www www-data nginx mysql postgres docker podman vagrant ubuntu debian fedora alpine linux ' +
    'mac windows desktop laptop server localhost localdomain local raspberrypi pi home work workspace data ' +
    'default test tests demo dev build builder runner ci git jenkins deploy coder vscode ec2-user tmp var usr ' +
    'opt srv src lib bin etc run empty nonexistent profile machine secret person phone card iban mail id chat ' +
    'thread address'
  ).split(' '),
);

const LEAST_PLACED = 2;
const LEAST_WORD = 3;
/** So long, or with a digit or a sign in it, a name is no word of everybody's. */
const LEAST_OWN = 7;

/** True for a name that says nothing of anybody. */
export const isCommon = (name: string): boolean => COMMON.has(name.toLowerCase());

/** Where a name is looked for; `common` for nowhere. */
export function reachOf(name: string, reach: Reach): Reach | 'common' {
  if (name.length < LEAST_PLACED || isCommon(name) || /^\d+$/.test(name)) return 'common';
  if (name.length < LEAST_WORD) return 'places';
  const isOwn = name.length >= LEAST_OWN || /[^\p{L}]/u.test(name);
  return reach === 'everywhere' || isOwn ? 'everywhere' : 'places';
}

/** As the only thing on a line, as `whoami` and `hostname` print it. */
const alone = (name: string): string => `(?<=^[ \\t]{0,8})${name}(?=[ \\t]{0,8}\\r?$)`;

/** Where the name of a user stands, and hardly anything else. */
export function userPlaces(user: string): RegExp {
  const name = literal(user);
  return new RegExp(
    [
      alone(name),
      // A part of a path, `~name`, and a prompt or an address: name@machine.
      `(?<=[\\\\/~])${name}(?=[\\\\/]|$|[\\s"'\`:,;)\\]}>|])`,
      `(?<![\\w.@+-])${name}(?=@[\\w[])`,
      // `id`, `ls -l`, `ps`, `who` and the file of accounts.
      `(?<=\\b\\d{1,10}\\()${name}(?=\\))`,
      `(?<=[-bcdlps](?:[r-][w-][xsStT-]){3}[.+@]?[ \\t]{1,8}\\d{1,6}[ \\t]{1,8}(?:\\S{1,32}[ \\t]{1,8})?)${name}(?=[ \\t])`,
      `(?<=^)${name}(?=[ \\t]{1,16}(?:\\d|pts/|tty|console|:\\d)|:[x*]?:\\d)`,
      // As a setting, and for a command: `USER=name`, `chown name:name`, `sudo -u name`.
      `(?<=\\b(?:sudo_)?(?:user|username|login|logname|owner)["']?[ \\t]?[=:][ \\t]?["']?)${name}(?![\\p{L}\\p{N}])`,
      `(?<=\\b(?:chown|su|ssh -l|sudo -u|passwd|usermod|loginctl)(?:[ \\t]-{1,2}\\S{1,20})*[ \\t](?:\\S{1,32}:)?)${name}(?![\\p{L}\\p{N}])`,
    ].join('|'),
    'gimu',
  );
}

/** The same for a machine. */
export function machinePlaces(machine: string): RegExp {
  const name = literal(machine);
  return new RegExp(
    [
      alone(name),
      `(?<=@|//|\\\\\\\\)${name}(?![\\p{L}\\p{N}])`,
      `(?<![\\p{L}\\p{N}.-])${name}(?=\\.(?:local|lan|home|localdomain|internal|fritz\\.box)\\b)`,
      `(?<=\\b(?:host|hostname|computername|node name|machine|static hostname)["']?[ \\t]?[=:][ \\t]?["']?)${name}(?![\\p{L}\\p{N}])`,
      // `uname`, and the lines of the system's log.
      `(?<=\\b(?:Linux|Darwin|FreeBSD) )${name}(?= \\d)`,
      `(?<=\\d{2}:\\d{2}:\\d{2} |T\\S{8,32} )${name}(?= \\S{1,64}:)`,
    ].join('|'),
    'gimu',
  );
}
