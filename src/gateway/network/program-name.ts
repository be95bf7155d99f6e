import { basename } from 'node:path';
import { excerpt } from '../../base/excerpt.ts';
import { visible } from '../../base/visible.ts';

/** A process as `/proc/<pid>` shows it; empty where it does not. */
export interface ShownProcess {
  readonly comm: string;
  /** Its words, each ended by a NUL. */
  readonly cmdline: string;
  /** What its environment was at its start, each ended by a NUL; only its own user may read it. */
  readonly environ: string;
}

/** No name of a program is longer where it makes sense. */
const MOST = 60;

/** What a program is called: an atom with its profile, any other by its file, not by the thread that was asked. */
export function programName({ comm, cmdline, environ }: ShownProcess): string {
  const [first = '', ...rest] = cmdline.split('\0');
  const name = nameOf(first) || comm.trim();
  const at = rest.findIndex((word) => !word.startsWith('-'));
  if (!/^node(\.exe|\d*)$/.test(name) || !/^atom(\.js)?$/.test(basename(rest[at] ?? '')))
    return visible(excerpt(name, MOST));
  const profile = profileIn(rest.slice(at + 1), environ);
  return profile === undefined ? 'atom' : `atom of profile "${visible(excerpt(profile, MOST))}"`;
}

/** Some write what they do over their words: `nginx: master process`. */
const nameOf = (first: string): string =>
  first.startsWith('/') ? basename(first) : basename(first.split(/[\s:]/)[0] ?? '');

/** As `atom` itself reads it: what was typed outranks the environment. */
function profileIn(words: readonly string[], environ: string): string | undefined {
  const at = words.findIndex((word) => word === '-p' || word === '--profile');
  const typed =
    at < 0 ? words.find((word) => word.startsWith('--profile='))?.slice(10) : words[at + 1];
  if (typed !== undefined || environ === '') return typed;
  const set = environ.split('\0').find((line) => line.startsWith('ATOM_PROFILE='));
  return set?.slice('ATOM_PROFILE='.length).trim() || 'default';
}
