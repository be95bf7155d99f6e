import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { shellWord } from '../base/shell-word.ts';
import { visible } from '../base/visible.ts';
import { nearest } from '../config/nearest.ts';
import { isInside } from '../domain/jail-choice.ts';
import { isProgram } from './has-program.ts';

/** Where it was looked for: the folders of bare names, those that the jail shows, and its name. */
interface Place {
  readonly path: readonly string[];
  readonly shown: readonly string[];
  readonly jail?: string;
}

/** A program that the jail does not have, and what this machine has of it. */
export interface MissingProgram {
  readonly place: Place;
  readonly name: string;
  /** Where it was looked for, in words. */
  readonly why: string;
  /** Where it is on this machine, where the one who looked knows that. */
  readonly host?: string;
  /** The owner's home folder, where programs may be that no jail shows. */
  readonly home: string | undefined;
}

/** An AtomError `not-found` that says where the program is, or which one was meant. */
export function missingProgram(missing: MissingProgram): AtomError {
  const { place, name, why } = missing;
  const host = missing.host ?? elsewhere(missing);
  const shown = host !== undefined && place.shown.some((folder) => isInside(folder, host));
  const words = [
    `There is no program ${visible(name)} for the jail: ${why}.`,
    ...(host === undefined || shown
      ? []
      : [`It is at ${visible(host)}, which the jail does not show.`]),
  ];
  return new AtomError('not-found', words.join(' '), { next: advice(missing, host, shown) });
}

function advice(
  { place, name }: MissingProgram,
  host: string | undefined,
  shown: boolean,
): readonly string[] {
  if (host !== undefined && shown) return [`Name it by its whole path: ${shellWord(host)}`];
  if (host !== undefined) return [showWords(place, host)];
  const meant = name.includes('/') ? undefined : nearMiss(place, name);
  return [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    'Where it is somewhere else that the jail shows, name it by its whole path.',
  ];
}

/** A program needs what lies beside its `bin`: its folder is shown from there. */
function showWords({ jail }: Place, host: string): string {
  const folder = dirname(host);
  const whole = /^\/(?:opt|home|root|Users)\/.+\/(?:s?bin|shims)$/.test(folder);
  const shown = whole ? dirname(folder) : folder;
  return `To let commands see it: atom jails set ${shellWord(jail ?? '<jail>')} --show ${shellWord(shown)}`;
}

const SYSTEM = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/games', '/snap/bin'];
const SYSTEM_ABOVE = ['/opt'];
const HOME = [
  ...['.local/bin', 'bin', '.pyenv/shims', '.rbenv/shims', '.asdf/shims', '.cargo/bin', 'go/bin'],
  ...['.local/share/mise/shims', '.deno/bin', '.bun/bin', '.volta/bin', '.nix-profile/bin'],
];
const HOME_ABOVE = ['.nvm/versions/node', '.sdkman/candidates/java'];

/** Where people's programs are that no jail shows, looked through in this order. */
function elsewhere({ name, home }: MissingProgram): string | undefined {
  if (name.includes('/') || name === '') return undefined;
  const own = home === undefined ? [] : HOME.map((path) => join(home, path));
  const ownAbove = home === undefined ? [] : HOME_ABOVE.map((path) => join(home, path));
  const versions = [...ownAbove, ...SYSTEM_ABOVE].flatMap((above) =>
    namesIn(above).flatMap((inner) => [join(above, inner, 'bin'), join(above, inner)]),
  );
  return [...own, ...versions, ...SYSTEM].map((folder) => join(folder, name)).find(isProgram);
}

/** What was meant by a word with one slip: a letter too many, missing, wrong, or two the wrong way round. */
function nearMiss({ path }: Place, name: string): string | undefined {
  if (name.length < 2 || name.length > 40) return undefined;
  const names = [...new Set(path.flatMap(namesIn))];
  return names.find((other) => isSwapped(name, other)) ?? oneOff(name, names);
}

function isSwapped(name: string, other: string): boolean {
  if (name.length !== other.length) return false;
  const at = Array.from(name).findIndex((char, i) => char !== other[i]);
  const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
  return at >= 0 && swapped === other;
}

/** Of two letters nearly everything is one slip away from something. */
const oneOff = (name: string, names: readonly string[]): string | undefined =>
  name.length < 4
    ? undefined
    : nearest(
        name,
        names.filter(
          (other) => other.startsWith(name.charAt(0)) && Math.abs(other.length - name.length) <= 1,
        ),
      );

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) !== undefined) return [];
    throw error;
  }
}
